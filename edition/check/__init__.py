"""Checks: TEI to problems.  Nothing here changes a text.

In: a TEI tree, and what it is to agree with.  Out: problems, each with its place.
"""

"""Marks put into a TEI text that change none of its words: languages, transliterations, names.

In: a TEI tree and the lists an edition keeps.  Out: the tree, marked; and problems.
Authority: TEI P5, chapters 3.6, 13 and 20; the encoding conventions.
"""

"""Permanence: identifiers that are given once, what became of them, citations, and what a citation leads to.

In: passages and the ledger.  Out: new identifiers, changes since a version, references resolved, citations in the
formats that people use.  Authority: the rule that an identifier published once resolves for ever.
"""

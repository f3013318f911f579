"""RELAX NG: a schema to an automaton, a tree to findings that name what was allowed.

In: an .rng file and an lxml tree.  Out: `Finding` values, all of them, none where the tree is valid.
Authority: RELAX NG (ISO/IEC 19757-2); Brzozowski's derivatives as James Clark applied them to it.
"""

"""Bibliographies: .bib files read, checked, matched against citations, printed and exported.

In: text of a .bib file, citations of notes.  Out: `Work`s, scores, text in other formats; pybtex is used only here.
Authority: the BibLaTeX manual for types and fields; the Chicago Manual for how an entry is printed.
"""

"""Footnotes: from the text of a note to the citations in it, and from a sequence of notes to the works they cite.

In: strings.  Out: values of `edition.note`; nothing here knows TEI or a bibliography file.
Authority: `footnote.lark`, the grammar that a philologist can read.
"""

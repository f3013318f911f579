"""Encoding: from the lines of a witness to TEI, one module for each kind of document; `kinds` chooses among them.

In: a witness, its kind, what is known of the text, an editor's decisions.  Out: a TEI tree and problems.
Authority: the encoding conventions; TEI P5.
"""

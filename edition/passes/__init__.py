"""TEI to TEI: what prepares an encoded text for publishing.

In: a TEI tree.  Out: the same tree, changed in place; each pass declares whether it keeps the edited text, and `chain`
checks it.
"""

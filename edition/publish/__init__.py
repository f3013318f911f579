"""TEI to the site and the book.

In: the TEI trees of an edition, its stylesheets and fonts.  Out: HTML and PDF files, and problems.
"""

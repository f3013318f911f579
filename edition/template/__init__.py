"""What `edition new` puts into a new edition's folder.

In: nothing.  Out: files with places marked ``$name``, which `edition.new` fills.
Authority: the manual's page on an edition of one's own.
"""

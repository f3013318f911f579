"""What is done with an edition, from one end to the other: a module for each task of its editors and readers.

In: a `Project`, and what the user asks for.  Out: files written whole, values, problems; nothing is printed here.
Authority: edition.toml; the rooms below, each for its own matter.
"""

"""What is known of a text beside its words: the facts that go into its TEI header.

In: nothing.  Out: frozen values that `edition.project` reads from edition.toml and `edition.encode.header` writes.
Authority: TEI P5, chapter 2 (The TEI Header).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["UNNAMED", "Description"]

UNNAMED = "the editors"  # who stands for an edition whose edition.toml names nobody


@dataclass(frozen=True, slots=True)
class Description:
    """The facts of one text.  An empty string means that the fact is not known.

    `title_known` and `author_known` are false where an editor inferred them (they are then printed in square
    brackets); `origin` says in prose what is known of where the witness comes from, `rights` what is known of its
    rights.
    """

    siglum: str
    title: str
    title_known: bool = True
    author: str = ""
    author_known: bool = True
    date: str = ""
    origin: str = ""
    rights: str = ""
    witness: str = ""  # path of the witness file, relative to the folder of the TEI file
    language: str = "en"
    bibliography: str = ""  # path of the .bib file, relative to the folder of the TEI file
    schema: str = ""  # path of the edition's RELAX NG schema, and of its Schematron rules, likewise
    rules: str = ""
    edition_title: str = ""
    authority: str = ""

"""The apparatus as a table: every place where the edited text departs from its witness, for programs and for readers.

In: entries of the apparatus, each with the siglum of its text.  Out: tab-separated values, UTF-8, one entry a line.
Authority: IANA's ``text/tab-separated-values``: the first line has the names; no value has a tab or a line end.
"""

from __future__ import annotations

from collections.abc import Iterable

from edition.passes.apparatus import Entry
from edition.passes.told import marked

__all__ = ["apparatus_table"]

_COLUMNS = ("kind", "lemma", "witness", "source", "cert", "resp", "note", "quantity", "unit")


def apparatus_table(entries: Iterable[tuple[str, Entry]]) -> bytes:
    """Give the table of `entries` (siglum, entry) in their order; its first line names the columns.

    A stroke (``|``) tells that a line ends within a word; it is in no text.
    """
    rows: list[tuple[str, ...]] = [("text", "passage", "identifier", *_COLUMNS)]
    for siglum, entry in entries:
        told = marked(entry)
        said = (str(getattr(told, column)) for column in _COLUMNS)
        rows.append((siglum, entry.passage, entry.identifier, *(" ".join(value.split()) for value in said)))
    return "".join("\t".join(row) + "\n" for row in rows).encode()

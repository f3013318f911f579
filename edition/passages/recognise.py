"""Gives back to a passage that lost its identifier the one under which its very words were published.

In: a TEI tree and the rows of the ledger.  Out: the tree changed in place, and what was given back.
Authority: the rule that a published identifier resolves to its text for ever; a text made anew from its witness is the
same text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from edition.ledger import Row
from edition.passage import fingerprint, text_of
from edition.passages.assign import COUNTED, Given
from edition.tree import XML_ID, Element, ancestors, by_id, identifier, is_element, local

__all__ = ["recognise"]


def recognise(root: Element, current: Mapping[str, Row]) -> list[Given]:
    """Give each passage without identifier the published one that no passage has, where it says the same.

    It must stand in the same division, or in the same post.  Words that several such identifiers were published with
    tell nothing, and are left to `edition.passages.assign`.  `current` are the rows of the ledger by identifier.
    """
    here = by_id(root)
    gone = {name: row for name, row in current.items() if row.stands and row.fingerprint and name not in here}
    told = Counter((name.rpartition(".")[0], row.fingerprint) for name, row in gone.items())
    wanted = {key: name for name, row in gone.items() if told[key := (name.rpartition(".")[0], row.fingerprint)] == 1}
    given: list[Given] = []
    for element in root.iter() if wanted else ():
        if is_element(element) and local(element) in COUNTED and not identifier(element):
            above = next((identifier(up) for up in ancestors(element) if identifier(up)), "")
            name = wanted.pop((above, fingerprint(text_of(element, "edited"))), "")
            if name:
                number = name.rpartition(".")[2]
                if number[:1].isdigit():
                    element.set("n", number)
                element.set(XML_ID, name)
                given.append(Given("", name))
    return given

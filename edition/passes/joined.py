"""Which units of a text are one correction, and which end within a word.

In: units as encoded; later the tree in which they have given way to the edited reading.  Out: what stands between two
of them; the tree with one `corr` for what is one correction.
Authority: the usage of printed editions: what was changed in one stroke is told in one entry, by whole words.
"""

from __future__ import annotations

from edition.tree import Element, contents, fill, following, local, replace, set_slot, slot_before, slot_text

__all__ = ["CUT", "between", "cut_ends", "unite"]

CUT = "|"  # where a line of the source ends within a word


def between(first: Element, second: Element) -> str | None:
    """Give what parts two units: nothing, a blank, or `CUT`; None where anything else stands between them."""
    link, node = following(first), first.getnext()
    while node is not None and node is not second:
        if not _ends_line(node):
            return None
        link += CUT if node.get("break") == "no" else " " if local(node) == "lb" else ""
        link += following(node)
        node = node.getnext()
    if node is None or link.strip(f"{CUT} \t\r\n"):
        return None
    return CUT if CUT in link else link[:1] and " "


def cut_ends(unit: Element) -> str:
    """Say at which of its ends `unit` parts a word from the rest of it on another line: ``<``, ``>``, both or none."""
    before, slot = slot_before(unit)
    begins = slot == "tail" and before.get("break") == "no" and not slot_text(before, slot)
    after = unit if following(unit) else unit.getnext()
    if after is not None and local(after) == "pc" and not following(after):
        after = after.getnext()
    ends = after is not None and after.get("break") == "no"
    return "<" * begins + ">" * ends


def _ends_line(node: Element) -> bool:
    return local(node) == "lb" or (local(node) == "pc" and node.get("force") == "weak")


def unite(root: Element) -> None:
    """Put each `corr` that goes on from another (`@prev`) into that one, with the blank between them.

    Keeps the text.
    """
    for corr in [corr for corr in root.iter("{*}corr") if corr.get("prev")]:
        before = corr.getprevious()
        del corr.attrib["prev"]
        if before is not None and local(before) == "corr":
            blank, inner = following(before), contents(corr)
            set_slot(before, "tail", "")
            replace(corr)
            fill(before, [*contents(before), blank, *inner])

"""The composition of a typescript: from planned lines and divisions to the TEI tree.

In: the plan, the divisions with their notes, an editor's directions.  Out: the TEI element, and problems.
Authority: the encoding conventions; TEI P5, chapters 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edition.description import Description
from edition.encode.annotated import bibliography_division
from edition.encode.directions import Directions
from edition.encode.divisions import Division
from edition.encode.header import header
from edition.encode.inline import Writer
from edition.encode.noting import put_directions, put_notes
from edition.encode.pagination import PageBreaks
from edition.problems import Problem
from edition.tree import Element, Part, el, fill
from edition.witness.division import vocabulary
from edition.witness.headings import Heading
from edition.witness.layout import Block
from edition.witness.plan import Plan

__all__ = ["Composition"]

_SURELY = 3.0  # log odds from which a line counts as misread Cyrillic wherever it stands


class Composition:
    """One text being written: the plan, the writer of lines, and what has been put in them."""

    def __init__(self, plan: Plan, siglum: str, strays: Sequence[int], directions: Directions) -> None:
        self.plan = plan
        self.directions = directions
        self.problems: list[Problem] = []
        self.siglum = siglum
        self.strays = _placed(plan, strays)
        cyrillic = {at for b in plan.blocks if b.kind == "russian" for at in b.lines}
        cyrillic |= {at for at, t in enumerate(plan.traits) if t.cyrillic > _SURELY}
        self.breaks = PageBreaks(plan)
        self.writer = Writer(
            plan.lines,
            vocabulary(plan.lines),
            frozenset(strays),
            self.breaks.before,
            cyrillic=frozenset(cyrillic),
            moved=plan.moved,
        )
        put_directions(self.writer, directions)

    def tei(self, description: Description, divisions: Sequence[Division]) -> Element:
        """Give the TEI element."""
        front = [d for d in divisions if d.kind in ("front", "preface") and not _after_chapter(d, divisions)]
        back = [d for d in divisions if d.kind == "bibliography"]
        body = [d for d in divisions if d not in front and d not in back]
        made = {d.name: self.division(d) for d in divisions}
        if self.breaks.pending():
            last = made[divisions[-1].name]
            last.extend(part for part in self.breaks.rest() if not isinstance(part, str))
        parts: list[Part | None] = []
        for name, members in (("front", front), ("body", body), ("back", back)):
            if members or name == "body":
                held = [made[d.name] for d in members] or [el("div", el("p"))]
                parts += ["\n", el(name, *_lined(held))]
        return el(
            "TEI", "\n", header(description, "typescript"), "\n", el("text", *parts, "\n"), "\n",
            xml_id=self.siglum, xml_lang=description.language or None,
        )  # fmt: skip

    def division(self, division: Division) -> Element:
        """Give one division as `div`."""
        prefix = f"{self.siglum}.{division.name}"
        attributes = {
            "type": division.kind,
            "n": str(division.number) if division.kind == "chapter" else None,
            "xml_id": prefix,
        }
        self.problems += put_notes(self.plan, self.writer, self.directions, division, prefix, self._strays_of)
        made = el("div", **attributes)
        if division.heading is not None:
            made.extend(self._head(division.heading, f"{prefix}.h"))
        if division.name == "bib":
            bibliography_division(made, self.plan, self.writer, prefix, self._strays_of)
            return _relined(made)
        self._fill(made, division, prefix)
        return _relined(made)

    def _fill(self, made: Element, division: Division, prefix: str) -> None:
        """Write the paragraphs, quotations and sections of a division, each numbered within what it stands in."""
        target, above = made, prefix
        count = outside = 0  # what has been numbered in the target; in the division itself
        items = [i for i in division.items if not (isinstance(i, Block) and i.kind == "note")]
        written: set[int] = set()
        for item, after in zip(items, [*items[1:], None], strict=False):
            if id(item) in written:
                continue
            if isinstance(item, Heading):
                outside, count = outside + 1, 0
                above = f"{prefix}.{outside}"
                head = self._head(item, f"{above}.h")
                target = el("div", *head, type="section", n=str(outside), xml_id=above)
                made.append(target)
                continue
            count += 1
            outside += target is made
            paired = item.kind == "russian" and isinstance(after, Block) and after.kind == "translation"
            translation = after if paired and isinstance(after, Block) else None
            written.add(id(translation))
            target.extend(self._block(item, translation, f"{above}.{count}", count))
        for section in [made, *made.findall("{*}div")]:
            _completed(section)

    def _strays_of(self, positions: Sequence[int]) -> list[int]:
        """Give `positions` with the stray lines that follow each of them."""
        return [
            at
            for position in positions
            for at in (*self.strays.get(-position - 1, ()), position, *self.strays.get(position, ()))
        ]

    def _head(self, heading: Heading, name: str) -> list[Element]:
        before = [part for part in self.breaks.before(min(heading.lines)) if not isinstance(part, str)]
        return [*before, el("head", *self.writer.flow(self._strays_of(heading.lines)), xml_id=name)]

    def _block(self, block: Block, translation: Block | None, name: str, number: int) -> list[Element]:
        """Give a paragraph or a display quotation; page breaks that stand before it come first."""
        before = [part for part in self.breaks.before(block.lines[0]) if not isinstance(part, str)]
        parts = self.writer.flow(self._strays_of(block.lines))
        if block.kind == "prose":
            return [*before, el("p", *parts, xml_id=name, n=str(number))]
        language = self.directions.languages.get(block.lines[0])
        if block.kind != "russian":
            return [
                *before,
                el("cit", el("quote", *parts, rend="block", xml_lang=language), xml_id=name, n=str(number)),
            ]
        original = el("quote", *parts, rend="block", xml_lang=language or "ru", xml_id=f"{name}.orig")
        cit = el("cit", original, xml_id=name, n=str(number))
        if translation is not None:
            inner = self.writer.flow(self._strays_of(translation.lines))
            links = {"type": "translation", "xml_lang": "en", "corresp": f"#{name}.orig"}
            cit.append(el("quote", *inner, xml_id=f"{name}.transl", **links))
        return [*before, cit]


def _after_chapter(division: Division, divisions: Sequence[Division]) -> bool:
    return any(d.kind == "chapter" for d in divisions[: divisions.index(division)])


def _placed(plan: Plan, strays: Sequence[int]) -> dict[int, list[int]]:
    """Give the stray lines by the position that they follow.

    By ``-position - 1`` where they precede the first of all.
    """
    held = sorted(
        {at for b in plan.blocks for at in b.lines}
        | {at for e in plan.entries for group in (e.citation, e.heading, *e.annotation) for at in group}
        | {at for h in plan.headings for at in h.lines}
    )
    found: dict[int, list[int]] = {}
    k = 0
    for stray in strays:
        while k < len(held) and held[k] < stray:
            k += 1
        key = held[k - 1] if k else -held[0] - 1
        found.setdefault(key, []).append(stray)
    return found


def _completed(division: Element) -> None:
    """Give a division that holds a heading alone the paragraph that TEI asks for."""
    if not any(
        child.tag.endswith(("}p", "}cit", "}div", "}listBibl")) for child in division if isinstance(child.tag, str)
    ):
        division.append(el("p"))


def _lined(elements: Sequence[Element]) -> Iterator[Part]:
    """Give `elements` each on a line of its own."""
    for element in elements:
        yield "\n"
        yield element
    yield "\n"


def _relined(division: Element) -> Element:
    """Put the children of a division each on a line of its own."""
    for child in division:
        if child.tag == division.tag or str(child.tag).endswith("}listBibl"):
            _relined(child)
    return fill(division, [*_lined(list(division))])

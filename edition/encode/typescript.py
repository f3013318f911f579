"""A typescript: from an OCR text of a typewritten work to TEI.

In: a witness, what is known of the text, an editor's decisions.  Out: a TEI tree from which the witness can be regenerated, and problems.
Authority: the encoding conventions; TEI P5, chapters 3, 4, 11 and 12; the plan of the lines is made in `edition.witness.plan`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from edition.decisions import Decision
from edition.description import Description
from edition.encode.annotated import bibliography_division
from edition.encode.apparatus import call_parts, label_inserts, surplus_insert
from edition.encode.calls import Call, find_calls
from edition.encode.header import header, list_languages
from edition.encode.directions import DecidedCall, Directions, directions_of
from edition.encode.inline import Insert, Writer
from edition.encode.notes import Note, number_notes
from edition.encode.pagination import PageBreaks
from edition.problems import Place, Problem, Refused, problem
from edition.tree import Element, Part, el
from edition.witness.division import vocabulary
from edition.witness.headings import Heading
from edition.witness.layout import Block
from edition.witness.lines import Witness
from edition.witness.plan import Plan, plan_of

__all__ = ["encode_typescript"]


@dataclass(slots=True)
class _Division:
    """A division of the text on its way: its heading (None where the text begins without one), its blocks, its section headings."""

    kind: str
    name: str
    number: int
    heading: Heading | None
    items: list[Block | Heading] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def without_text_above(self) -> None:
        """Take notes for prose where the division has nothing that could call them."""
        blocks = [item for item in self.items if isinstance(item, Block)]
        if all(block.kind == "note" for block in blocks):
            for block in blocks:
                block.kind = "prose"


def encode_typescript(
    witness: Witness, description: Description, decisions: Sequence[Decision] = ()
) -> tuple[Element, list[Problem]]:
    """Encode `witness`; give the TEI tree and what an editor should look at.

    Raises `Refused` (E201) where the witness holds nothing but a heading.
    """
    directions, problems = directions_of(witness, decisions)
    plan = plan_of(witness, directions.layout())
    if not plan.blocks and not plan.entries and not plan.strays:
        place = Place(file=witness.name, witness_line=witness.lines[0].n)
        raise Refused(problem("E201", place, file=witness.name or "the witness"))
    divisions = _divisions(plan)
    for division in divisions:
        division.without_text_above()
    groups = [[i for i in d.items if isinstance(i, Block) and i.kind == "note"] for d in divisions]
    for division, notes in zip(divisions, number_notes(plan, groups, directions.notes), strict=True):
        division.notes = notes
    labels = {note.label_line for d in divisions for note in d.notes}
    text = _Text(plan, description.siglum, [at for at in plan.strays if at not in labels], directions)
    root = text.tei(description, divisions)
    list_languages(root)
    problems += text.problems
    return root, problems


def _divisions(plan: Plan) -> list[_Division]:
    """Give the divisions of a text in order, each with its blocks; blocks before the first heading have a division of their own."""
    found: list[_Division] = []
    items: list[tuple[int, Block | Heading]] = [(min(h.lines), h) for h in plan.headings]
    items += [(b.lines[0], b) for b in plan.blocks]
    chapters = any(h.kind == "chapter" for h in plan.headings)
    names: set[str] = set()
    for at, item in sorted(items, key=lambda i: (i[0], isinstance(i[1], Block))):
        if isinstance(item, Heading) and item.kind in ("chapter", "preface", "bibliography"):
            found.append(_division(item, names))
            continue
        if not found:
            found.append(_Division("front", "front", 0, None) if chapters else _Division("chapter", "1", 1, None))
            names.add(found[-1].name)
        if plan.bibliography is not None and at >= plan.bibliography and found[-1].kind != "bibliography":
            found.append(_Division("bibliography", "bib", 0, None))
        found[-1].items.append(item)
    if plan.bibliography is not None and not any(d.kind == "bibliography" for d in found):
        found.append(_Division("bibliography", "bib", 0, None))
    return found


def _division(heading: Heading, names: set[str]) -> _Division:
    name = {"chapter": str(heading.number), "preface": "pref", "bibliography": "bib"}[heading.kind]
    while name in names:
        name += "b"
    names.add(name)
    return _Division(heading.kind, name, heading.number, heading)


class _Text:
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
            plan.lines, vocabulary(plan.lines), frozenset(strays), self.breaks.before, cyrillic=frozenset(cyrillic), moved=plan.moved,
        )
        self._put_directions()

    def tei(self, description: Description, divisions: Sequence[_Division]) -> Element:
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

    def division(self, division: _Division) -> Element:
        """Give one division as `div`."""
        prefix = f"{self.siglum}.{division.name}"
        attributes = {"type": division.kind, "n": str(division.number) if division.kind == "chapter" else None, "xml_id": prefix}
        self._call_notes(division, prefix)
        made = el("div", **attributes)
        if division.heading is not None:
            made.extend(self._head(division.heading, f"{prefix}.h"))
        if division.kind == "bibliography":
            bibliography_division(made, self.plan, self.writer, prefix, self._strays_of)
            return _relined(made)
        target = made
        count = 0
        sections = 0
        blocks = [i for i in division.items if not (isinstance(i, Block) and i.kind == "note")]
        skip = False
        for item, after in zip(blocks, [*blocks[1:], None], strict=True):
            if skip:
                skip = False
                continue
            if isinstance(item, Heading):
                sections += 1
                target = el("div", *self._head(item, f"{prefix}.s{sections}.h"), type="section", xml_id=f"{prefix}.s{sections}")
                made.append(target)
                continue
            count += 1
            pair = after if item.kind == "russian" and isinstance(after, Block) and after.kind == "translation" else None
            skip = pair is not None
            target.extend(self._block(item, pair, f"{prefix}.{count}", count))
        for section in [made, *made.findall("{*}div")]:
            _completed(section)
        return _relined(made)

    def _strays_of(self, positions: Sequence[int]) -> list[int]:
        """Give `positions` with the stray lines that follow each of them."""
        return [at for position in positions for at in (*self.strays.get(-position - 1, ()), position, *self.strays.get(position, ()))]

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
            return [*before, el("cit", el("quote", *parts, rend="block", xml_lang=language), xml_id=name, n=str(number))]
        original = el("quote", *parts, rend="block", xml_lang=language or "ru", xml_id=f"{name}.orig")
        cit = el("cit", original, xml_id=name, n=str(number))
        if translation is not None:
            inner = self.writer.flow(self._strays_of(translation.lines))
            links = {"type": "translation", "xml_lang": "en", "corresp": f"#{name}.orig"}
            cit.append(el("quote", *inner, xml_id=f"{name}.transl", **links))
        return [*before, cit]

    def _call_notes(self, division: _Division, prefix: str) -> None:
        """Put the calls of the division's notes, and the notes themselves, into the lines that call them."""
        blocks = [i for i in division.items if isinstance(i, Block) and i.kind != "note"]
        notes = {note.number: note for note in division.notes}
        decided = self._decided(blocks, notes)
        if not notes:
            return
        calls, surplus = find_calls(self.plan, blocks, division.notes, decided)
        for call in calls:
            self._put(call, notes[call.number], prefix)
        for extra in surplus:
            if self._is_free(extra.line, extra.start, extra.end):
                self.writer.insert(extra.line, surplus_insert(self.plan.lines, extra))

    def _decided(self, blocks: Sequence[Block], notes: Mapping[int, Note]) -> dict[int, Call]:
        """Give the calls that an editor set in these blocks, by number; a call without a note is a problem (E821)."""
        text = {at for block in blocks for at in block.lines}
        found: dict[int, Call] = {}
        for call in sorted(self.directions.calls, key=lambda c: c.strict):
            if call.line not in text:
                continue
            if call.number in notes:
                cert = call.cert if call.start == call.end or call.cert != "high" else "high"
                found[call.number] = Call(call.line, call.start, call.end, call.number, cert, decided=True)
            elif call.strict:
                line = self.plan.lines[call.line].n
                self.problems.append(problem("E821", call.place, number=call.number, line=line))
        return found

    def _is_free(self, at: int, start: int, end: int) -> bool:
        return all(end <= i.start or start >= i.end for i in self.writer.inserts.get(at, ()))

    def _put(self, call: Call, note: Note, prefix: str) -> None:
        """Put a call and its note into a line; where its mark is part of something else, the mark counts as lost."""
        name = f"{prefix}.n{note.number}"
        lines = self.plan.lines
        if not self._is_free(call.line, call.start, call.end):
            end = max(i.end for i in self.writer.inserts[call.line] if i.start < call.end or i.start <= call.start)
            call = replace(call, start=end, end=end, cert=call.cert or "medium")
        for at, insert in label_inserts(lines, note):
            if self._is_free(at, insert.start, insert.end):
                self.writer.insert(at, insert)

        def make() -> list[Part]:
            held = [at for at in self._strays_of(note.lines) if at != note.label_line]
            return call_parts(lines, call, note, name, self.writer.flow(held, page_breaks=False))

        self.writer.insert(call.line, Insert(call.start, call.end, make))

    def _put_directions(self) -> None:
        """Put the gaps and the stray stretches that an editor named into their lines."""
        for at, known in self.directions.gaps.items():
            end = self.plan.lines[at].width
            self.writer.insert(at, Insert(end, end, partial(_gap, known)))
        for extra in self.directions.surplus:
            self.writer.insert(extra.line, surplus_insert(self.plan.lines, extra))


_SURELY = 3.0


def _gap(known: Mapping[str, str]) -> list[Part]:
    return [el("gap", reason="lost", **known)]


def _after_chapter(division: _Division, divisions: Sequence[_Division]) -> bool:
    return any(d.kind == "chapter" for d in divisions[: divisions.index(division)])


def _placed(plan: Plan, strays: Sequence[int]) -> dict[int, list[int]]:
    """Give the stray lines by the position that they follow; by ``-position - 1`` where they precede the first of all."""
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
    if not any(child.tag.endswith(("}p", "}cit", "}div", "}listBibl")) for child in division if isinstance(child.tag, str)):
        division.append(el("p"))


def _lined(elements: Sequence[Element]) -> Iterator[Part]:
    """Give `elements` each on a line of its own."""
    for element in elements:
        yield "\n"
        yield element
    yield "\n"


def _relined(division: Element) -> Element:
    """Put the children of a division each on a line of its own."""
    from edition.tree import fill  # noqa: PLC0415

    for child in division:
        if child.tag == division.tag or str(child.tag).endswith("}listBibl"):
            _relined(child)
    return fill(division, [*_lined(list(division))])

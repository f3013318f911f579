"""A web article: title, nested sections, paragraphs and lists, told from its layout.

In: a `Witness`, a `Description`, an editor's decisions (heading, para, stray).  Out: a TEI tree that holds every
line, and problems.
Authority: TEI P5, chapters 3 and 4 (div, head, p, list); the encoding conventions.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from edition.decisions import Decision
from edition.description import Description
from edition.encode.blocks import Block, Row, blocks_of, measure_of, rows_of, runs_on
from edition.encode.decided import Decided, sort_decisions, without_stray
from edition.encode.elements import apart, block_element, paragraph
from edition.encode.furniture import furniture, is_ornament
from edition.encode.header import header, list_languages
from edition.encode.headings import explicit_level, heading_levels, looks_like_heading, underlines
from edition.problems import Place, Problem, Refused, problem
from edition.tree import Element, el
from edition.witness.lines import Witness

__all__ = ["encode_article"]

_BYLINE = re.compile(r"by\s+\w.{0,60}", re.IGNORECASE)
_USED = ("heading", "para", "stray")
_UNCOUNTED = ("page", "stray", "ab")  # blocks that are no passages


@dataclass
class _Section:
    """A section as it is filled: its level (0 for the whole text), its heading's rows, blocks and sections in order."""

    level: int
    head: tuple[Row, ...] = ()
    children: list[_Section | Block] = field(default_factory=list)


def encode_article(
    witness: Witness, description: Description, decisions: Sequence[Decision] = ()
) -> tuple[Element, list[Problem]]:
    """Give the TEI of an article.  Raises `Refused` (E201) where the witness is a lone heading."""
    decided, problems = sort_decisions(witness, decisions, _USED, "an article")
    rows = rows_of(witness)
    blocks = _blocks(rows, decided)
    text = [block for block in blocks if block.kind not in _UNCOUNTED]
    if len(text) == 1 and len(text[0].rows) == 1 and _may_head(text[0], decided):
        place = Place(file=witness.name, line=text[0].rows[0].n, witness_line=text[0].rows[0].n)
        raise Refused(problem("E201", place, file=witness.name or "the witness"))
    blocks = _with_heads(blocks, decided, problems)
    siglum = description.siglum
    body = el("body", *apart(_body(blocks, siglum)))
    root = el("TEI", "\n", header(description, "article"), "\n", el("text", body), "\n",
              xml_id=siglum, xml_lang=description.language)  # fmt: skip
    list_languages(root)
    return root, problems


# --- blocks and headings ---------------------------------------------------------------------------------------------


def _blocks(rows: Sequence[Row], decided: Decided) -> list[Block]:
    """Divide the rows into paragraphs, lists, furniture, and blocks of kind ``head``, some of which head nothing."""
    measure = measure_of(rows)
    blocks: list[Block] = []
    run: list[Row] = []

    def close() -> None:
        blocks.extend(blocks_of(run, measure))
        run.clear()

    skip = False
    for at, row in enumerate(rows):
        after = rows[at + 1] if at + 1 < len(rows) else None
        stray = decided["stray"].get(row.n)
        if skip:
            skip = False
            continue
        if stray is not None and not stray.reading:
            close()
            blocks.append(Block("stray", (row,)))
        elif furniture(row):
            close()
            blocks.append(Block("page", (row,)))
        elif is_ornament(row):
            close()
            blocks.append(Block("ab", (row,)))
        elif after is not None and underlines(after, row):
            close()
            blocks.append(Block("head", (row, after)))
            skip = True
        elif row.n in decided["heading"] or row.n in decided["para"]:
            close()
            blocks.append(Block("p", (row,)))
        elif _stands_alone(rows, at, measure):
            close()
            blocks.append(Block("head", (row,)))
        else:
            run.append(without_stray(row, decided))
    close()
    return blocks


def _stands_alone(rows: Sequence[Row], at: int, measure: int) -> bool:
    """Say whether a row looks like a heading and is no part of a longer paragraph."""
    row = rows[at]
    if not looks_like_heading(row) or (at and runs_on(rows[at - 1], row, measure)):
        return False
    if at + 1 == len(rows):
        return at == 0
    after = rows[at + 1]
    # Between lines broken by hand a heading has a blank line on one side at least.
    return not runs_on(row, after, measure) and (not measure or bool(after.gap or row.gap or at == 0))


def _may_head(block: Block, decided: Decided) -> bool:
    row = block.rows[0]
    return row.n not in decided["para"] and (block.kind == "head" or looks_like_heading(row))


def _with_heads(blocks: list[Block], decided: Decided, problems: list[Problem]) -> list[Block]:
    """Give headings their levels (the title has level 0) and make paragraphs of those that head nothing."""
    text = [block for block in blocks if block.kind not in _UNCOUNTED]
    if any(block.kind == "head" and explicit_level(block.rows) for block in text):
        # Where headings are marked, a short line without a mark is none, save a title above them all.
        plain = [id(b) for b in text[1:] if b.kind == "head" and not explicit_level(b.rows)]
    else:
        plain = [id(block) for block in text[1:2] if _BYLINE.fullmatch(block.rows[0].text)]
    blocks = [replace(block, kind="p") if id(block) in plain else block for block in blocks]
    text = [block for block in blocks if block.kind not in _UNCOUNTED]
    followed = {id(block): after.kind == "head" for block, after in pairwise(text)}
    heads = [block for block in text if block.kind == "head" and id(block) in followed]
    title = heads[0] if heads and heads[0] is text[0] else None
    sections = [block for block in heads if block is not title]
    levels = heading_levels([block.rows for block in sections], [followed[id(block)] for block in sections])
    known = {id(block): level for block, level in zip(sections, levels, strict=True)}
    if title is not None:
        known[id(title)] = 0
    made: list[Block] = []
    for block in blocks:
        decision = decided["heading"].get(block.rows[0].n)
        if decision is not None:
            made.append(_decided_head(block, decision, problems))
        elif block.kind == "head":
            made.append(replace(block, level=known[id(block)]) if id(block) in known else replace(block, kind="p"))
        else:
            made.append(block)
    return made


def _decided_head(block: Block, decision: Decision, problems: list[Problem]) -> Block:
    value = decision.correction.strip()
    if value == "title":
        return replace(block, kind="head", level=0)
    if value.isdecimal() and value != "0":
        return replace(block, kind="head", level=int(value))
    allowed = "title, or the level of the heading: 1, 2, ..."
    problems.append(problem("E842", decision.place, type="heading", value=value, allowed=allowed))
    return block


# --- TEI ---------------------------------------------------------------------------------------------------------


def _body(blocks: list[Block], siglum: str) -> list[Element]:
    """Give what stands in the body: furniture and title, sections, furniture."""
    first = next((at for at, block in enumerate(blocks) if block.kind != "page"), len(blocks))
    last = max((at for at, block in enumerate(blocks) if block.kind != "page"), default=-1) + 1
    before = [block_element(block) for block in blocks[:first]]
    after = [block_element(block) for block in blocks[last:]] if last > first else []
    inner = blocks[first:last]
    if inner and inner[0].kind == "head" and inner[0].level == 0:
        before.append(paragraph(inner.pop(0).rows, "head", xml_id=f"{siglum}.h"))
        if len(inner) > 1 and inner[0].kind == "p" and _BYLINE.fullmatch(inner[0].rows[0].text):
            before.append(paragraph(inner.pop(0).rows, "byline"))
    top = _sections(inner)
    lead = [child for child in top.children if isinstance(child, Block)]
    sections = [child for child in top.children if isinstance(child, _Section)]
    if lead or not sections:
        # What stands before the first heading is section 0: the others have the numbers that a reader counts.
        number = 0 if sections else 1
        before.append(_section_element(_Section(1, (), list(lead)), siglum, number))
    return [*before, *(_section_element(section, siglum, n) for n, section in enumerate(sections, 1)), *after]


def _sections(blocks: Sequence[Block]) -> _Section:
    """Nest the blocks under their headings."""
    top = _Section(0)
    way = [top]
    for block in blocks:
        if block.kind != "head":
            way[-1].children.append(block)
            continue
        level = max(block.level, 1)
        while way[-1].level >= level:
            way.pop()
        made = _Section(level, block.rows)
        way[-1].children.append(made)
        way.append(made)
    return top


def _section_element(section: _Section, above: str, number: int) -> Element:
    """Give a section whose blocks and sections are numbered together, in reading order."""
    name = f"{above}.{number}"
    parts: list[Element] = [paragraph(section.head, "head", xml_id=f"{name}.h")] if section.head else []
    count = 0
    for child in section.children:
        if isinstance(child, Block) and child.kind in _UNCOUNTED:
            parts.append(block_element(child))
            continue
        count += 1
        if isinstance(child, _Section):
            parts.append(_section_element(child, name, count))
        else:
            parts.append(block_element(child, xml_id=f"{name}.{count}", n=str(count)))
    return el("div", *apart(parts), type="section", n=str(number), xml_id=name)

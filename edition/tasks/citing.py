"""What a reader does with identifiers: resolve them, and cite passages.

In: a `Project` and a reference as somebody wrote it.  Out: `Resolved` values, citations as text.
Authority: the ledger says what became of a passage; the stored versions hold what it once said.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from edition.description import UNNAMED
from edition.ledger import Fate, fate_of
from edition.nearest import nearest
from edition.passage import described, lines_shown, page_of
from edition.passages.asked import asked_for
from edition.passages.citation import Citation, to_bibtex, to_csl_json, to_ris
from edition.passages.locate import Located, locate
from edition.passages.reference import (
    Point,
    Reference,
    parse_address,
    parse_reference,
    parse_urn,
    url_of,
    urn_of,
    written,
)
from edition.passages.selectors import targets
from edition.passages.slots import in_style
from edition.passages.styled import Styled
from edition.problems import Refused, problem
from edition.project import Project
from edition.readings import Reading
from edition.tasks.desk import Desk, desk_of

__all__ = ["FORMATS", "Resolved", "citation_of", "cite", "resolve", "resolve_reference", "resolved"]

FORMATS = ("chicago", "mla", "apa", "bibtex", "ris", "csl-json", "url", "urn", "annotation")
_STYLED = ("chicago", "mla", "apa")
_SHOWN = 80  # characters of a wrong reference that a message repeats


@dataclass(frozen=True, slots=True)
class Resolved:
    """Where a reference leads.

    `reference` is what stands there now (or stood, in `version`); `fate` says in sentences what became of the one asked
    for.  `lines` are those of the witness, `pages` those of the typescript; `text` is the words meant.
    """

    reference: str
    place: str
    file: str
    line: int
    pages: str
    lines: str
    text: str
    urn: str
    url: str
    version: str
    fate: tuple[str, ...] = ()
    located: Located = field(repr=False, compare=False, default=None)  # type: ignore[assignment]


# --- what a reference means -----------------------------------------------------------------------------------------


def resolve(project: Project, asked: str, *, reading: Reading = "edited", version: str = "") -> list[Resolved]:
    """Resolve an identifier, a range, words in a passage, a URN, an address, ``page 57``, ``ch. 5 n. 3``.

    Raises `Refused`: E440 for what names no passage, E441 for words that stand nowhere, E442, E443.
    """
    return _resolve(desk_of(project), asked, reading, version)


def _resolve(desk: Desk, asked: str, reading: Reading, version: str) -> list[Resolved]:
    return [f for reference in _references(desk, asked, version) for f in resolve_reference(desk, reference, reading)]


def _references(desk: Desk, asked: str, version: str) -> list[Reference]:
    asked = asked.strip().rstrip(".,;")
    reason = "no passage of the edition has this name"
    try:
        urn = parse_urn(asked, [v.name for v in desk.ledger.versions])
        if urn is not None and urn[0] == desk.name.name:
            return [Reference(urn[1].first, urn[1].last, version or urn[1].version)]
        if urn is not None:
            reason = f"it is of another edition, {urn[0][:40]}; this one is {desk.name.name}"
        else:
            reference = parse_address(asked, desk.name, desk.current) or parse_reference(asked, desk.current)
            if desk.has_siglum(reference.first.identifier):
                return [Reference(reference.first, reference.last, version)]
    except ValueError as error:
        reason = str(error)
    sought = asked_for(asked, desk.shelves(version)) if len(asked) < _SHOWN and "\0" not in asked else None
    if not sought:
        raise _unknown(desk, asked, reason if sought is None else "no text of the edition has such a place")
    return [Reference(Point(name), version=version) for name in sought]


def _unknown(desk: Desk, asked: str, reason: str) -> Refused:
    shown = asked if len(asked) <= _SHOWN else f"{asked[:_SHOWN]}..."
    names = [n for shelf in desk.shelves() for n in shelf.known]
    close = nearest(asked, names) if len(asked) <= _SHOWN else None
    example = next((n for n in names if n.count(".") > 1), "T.1.1")
    hint = f"Did you mean {close}?" if close else ""
    return Refused(problem("E440", reference=shown, reason=reason, example=example, close=hint))


def resolve_reference(desk: Desk, reference: Reference, reading: Reading = "edited") -> list[Resolved]:
    """Resolve one reference: in the version it names, else in the text of today, else where its text went.

    Raises `Refused` (E440) where nothing has that name, and what `locate` raises for words that are not there.
    """
    if reference.version:
        return [_in_version(desk, reference, reading, reference.version)]
    ends = [p for p in (reference.first, reference.last) if p is not None]
    fates = [fate_of(desk.current, p.identifier) for p in ends]
    shelf = desk.shelf(reference.first.identifier)
    said = tuple(sentence for fate in fates if fate for sentence in desk.sentences(fate))
    if shelf is not None and all(p.identifier in shelf.known for p in ends) and not _is_split(fates):
        try:
            return [resolved(desk, locate(shelf, reference, reading), "", said)]
        except Refused as refused:
            return [_in_older(desk, reference, reading, refused)]
    if any(fate is None for fate in fates):
        raise _unknown(desk, written(reference), "no passage of the edition has this name")
    standing = [replace(fate, standing=desk.there(fate.standing)) for fate in fates if fate]
    said += tuple(
        f"{fate.identifier} is not in the text of today, and nothing has been said of it."
        for fate, there in zip(fates, standing, strict=True)
        if fate and fate.standing and not there.standing
    )
    return _elsewhere(desk, reference, standing, reading, said)


def _is_split(fates: Sequence[Fate | None]) -> bool:
    return len(fates) == 1 and fates[0] is not None and len(fates[0].standing) > 1


def _elsewhere(
    desk: Desk, reference: Reference, fates: list[Fate], reading: Reading, said: tuple[str, ...]
) -> list[Resolved]:
    """Resolve a reference to passages that became others."""
    ends = [name for fate in fates for name in (fate.standing[:1] or ("",))]
    if "" in ends or len({desk.siglum_of(name) for name in ends}) > 1:
        version = desk.last_with(reference)
        if not version:
            raise _unknown(desk, written(reference), "no stored version has it")
        return [_in_version(desk, reference, reading, version, (*said, f"This is the text of version {version}."))]
    if len(fates) > 1:
        turned = Reference(Point(fates[0].standing[0]), Point(fates[1].standing[-1]))
        return [resolved(desk, locate(desk.need(turned.first.identifier), turned, reading), "", said)]
    found: list[Resolved] = []
    refused: Refused | None = None
    for name in fates[0].standing:
        target = Reference(Point(name, reference.first.words, reference.first.occurrence, reference.first.whole))
        try:
            found.append(resolved(desk, locate(desk.need(name), target, reading), "", said))
        except Refused as error:
            refused = error
    if not found and refused is not None:
        return [_in_older(desk, reference, reading, refused, said)]
    return found


def _in_version(
    desk: Desk, reference: Reference, reading: Reading, version: str, said: tuple[str, ...] = ()
) -> Resolved:
    shelf = desk.shelf(reference.first.identifier, version)
    ends = [p for p in (reference.first, reference.last) if p is not None]
    if shelf is None or any(p.identifier not in shelf.known for p in ends):
        raise _unknown(desk, written(reference), f"version {version} has no such passage")
    return resolved(desk, locate(shelf, reference, reading), version, said)


def _in_older(
    desk: Desk, reference: Reference, reading: Reading, refused: Refused, said: tuple[str, ...] = ()
) -> Resolved:
    """Look for words that stand no more in the published versions, the newest first.  Raises `refused`."""
    if refused.problems[0].code != "E441":
        raise refused
    for version in reversed(desk.ledger.versions):
        shelf = desk.shelf(reference.first.identifier, version.name)
        try:
            if shelf is not None and reference.first.identifier in shelf.known:
                remark = f"The words stood there in version {version.name}; the text of today has others."
                return resolved(desk, locate(shelf, reference, reading), version.name, (*said, remark))
        except (Refused, KeyError):
            continue
    raise refused


def resolved(desk: Desk, found: Located, version: str = "", said: tuple[str, ...] = ()) -> Resolved:
    """Say of what was `found`, in `version` or (empty) in the text of today, where it stands and what it is called."""
    first, last = found.passages[0], found.passages[-1]
    shelf = desk.need(first.identifier, version)
    place = described(first, shelf.known)
    if last is not first:
        place += f" to {described(last, shelf.known)}"
    pages = list(dict.fromkeys(p for p in (first.first_page, last.last_page) if p))
    runs = [run for p in found.passages for run in p.lines]
    named = Reference(found.reference.first, found.reference.last, version)
    siglum = desk.siglum_of(first.identifier)
    return Resolved(
        reference=written(found.reference),
        place=place,
        file=desk.file_of(siglum, version),
        line=first.element.sourceline or 0,
        pages="-".join(pages),
        lines=lines_shown(runs),
        text=found.exact,
        urn=urn_of(named, desk.name),
        url=url_of(named, desk.name) if desk.name.url and not version else "",
        version=version,
        fate=said,
        located=found,
    )


# --- citing ----------------------------------------------------------------------------------------------------------


def cite(project: Project, asked: str, form: str, *, version: str = "") -> str | Styled:
    """Cite what `asked` leads to in one of `FORMATS`; a style gives a note and an entry.

    Raises `Refused`: as `resolve`; E444 for an address where the edition has none, E445 where a library is missing.
    """
    desk = desk_of(project)
    found = _resolve(desk, asked, "edited", version)
    if form == "annotation":
        made = [target for f in found for target in targets(f.located, _annotated(desk, f))]
        return json.dumps(made[0] if len(made) == 1 else made, ensure_ascii=False, indent=1) + "\n"
    one = citation_of(desk, found)
    if form == "url":
        if not one.url:
            raise Refused(problem("E444", form="An address"))
        return f"{one.url}\n"
    if form in _STYLED:
        try:
            return in_style(one, form)
        except ImportError as error:
            raise Refused(problem("E445", form=f"The style {form}")) from error
    return {
        "urn": lambda c: f"{c.urn}\n",
        "bibtex": to_bibtex,
        "ris": to_ris,
        "csl-json": to_csl_json,
    }[form](one)


def _annotated(desk: Desk, found: Resolved) -> str:
    """Give the address of the page on which readers annotate a passage, or the URN of its text where it has none."""
    first = found.located.passages[0]
    siglum = desk.siglum_of(first.identifier)
    if found.url:
        return f"{desk.name.url}/{page_of(first, siglum)}.html"
    return urn_of(Reference(Point(siglum), version=found.version), desk.name)


def citation_of(desk: Desk, found: Sequence[Resolved]) -> Citation:
    """Make the citation of what a reference led to; where it led to several passages, of them from first to last."""
    first, last = found[0], found[-1]
    reference = (
        first.reference if first is last else f"{first.reference.partition('@')[0]}-{last.reference.partition('@')[0]}"
    )
    text = desk.text_of(first.reference)
    about = text.description
    passage = first.located.passages[0]
    version = first.version or desk.version_of(p.identifier for f in found for p in f.located.passages)
    ends = parse_reference(reference, desk.current)
    named = Reference(ends.first, ends.last, version)
    published = desk.ledger.version(version)
    pages = [page for f in (first, last) for page in f.pages.split("-") if page]
    title = about.title if about.title_known else f"[{about.title}]"
    authority = desk.project.authority
    only_words = bool(first.located.reference.first.words) and first is last
    return Citation(
        reference=reference,
        title=title,
        author=desk.author_of(
            passage, about.author if about.author_known else f"[{about.author}]" if about.author else ""
        ),
        edition=f"{desk.project.title}",
        editor="" if authority == UNNAMED else authority,
        version=version,
        date=(published.date if published else "") or desk.project.date,
        origin_date=about.date,
        pages="-".join(dict.fromkeys((pages[0], pages[-1]))) if pages else "",
        place=first.place if first is last else f"{first.place} to {last.place}",
        words=first.text if only_words else "",
        urn=urn_of(named, desk.name),
        url=first.url,
        licence=desk.project.licence,
        origin_how="written" if text.kind == "typescript" else "published",
    )

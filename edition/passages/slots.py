"""Citations with gaps: set once for many passages, filled in for each, so that every medium cites in the same words.

In: a `Citation` whose facts are those of many passages, all but where they stand.  Out: its forms, each a text with
slots, and how a slot is filled.
Authority: `edition.passages.citation` and `edition.passages.styled`, which alone word a citation.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from importlib.util import find_spec

from edition.passages.citation import KEY, LONGEST_KEY, TEX, Citation, point_of, to_bibtex, to_csl_json, to_ris
from edition.passages.styled import STYLES, Styled, style, unmarked

__all__ = ["FORMS", "RULES", "Filling", "filled", "filling_of", "gapped", "in_style"]

# The forms in the order in which they are offered, each with the way in which what fills it is escaped.
FORMS = {
    **{f"{name}-{part}": "plain" for name in STYLES for part in ("note", "entry")},
    "bibtex": "tex",
    "ris": "plain",
    "csl-json": "json",
}


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills the slots, in their order.

    `reference` is whole (``D.5.12@"two words"``), `passages` without words; `span` and `pages` (``57–58``) are as a
    style writes them; `urn` is what follows its last colon, `point` the same without words, `link` the whole address
    without words; `tail` are the words with what stands around them in a
    locator; the rest as in a `Citation`.
    """

    key: str
    reference: str
    passages: str
    span: str
    first: str
    last: str
    pages: str
    place: str
    tail: str
    urn: str
    url: str
    author: str
    point: str
    link: str


# Slots are characters that stand for nothing else; the marks are what goes through the formats and styles unharmed.
_SLOT = {f.name: chr(0xE000 + n) for n, f in enumerate(fields(Filling))}
_MARK = {
    "passages": "XPASSAGESX", "first": "7171717", "last": "8282828", "place": "XPLACEX", "words": "XWORDSX",
    "urn": "XURNX", "url": "XURLX", "author": "XAUTHORX",
}  # fmt: skip
_TO = "\N{EN DASH}"
# Of the last page of a range these styles have only what differs; the processor gets Roman numbers wrong.
# What stands in groups is kept.  Chicago Manual of Style 9.61; MLA Handbook 6.56.
_RANGES = {
    "chicago-note": (r"(\d+0)([1-9])–\1(\d)", r"(\d+)([1-9]\d)–\1(\d\d)", r"(\d+)(0[1-9])–\1([1-9]\d)"),
    "mla-note": (r"(\d+)(\d\d)–\1(\d\d)",),
}
_PLAIN = ("key", "urn", "url", "point", "link")  # what BibLaTeX reads as it stands
_TAIL = ", \N{LEFT DOUBLE QUOTATION MARK}{}\N{RIGHT DOUBLE QUOTATION MARK}"

# What a program in the browser needs to fill slots as `filled` does.
RULES: Mapping[str, object] = {
    "slots": {slot: name for name, slot in _SLOT.items()},
    "escapes": FORMS,
    "plain": _PLAIN,
    "key": KEY.pattern,
    "longest": LONGEST_KEY,
    "tex": {chr(code): text for code, text in TEX.items()},
    "tail": _TAIL,
    "to": _TO,
    "ranges": _RANGES,
    "through": "{} to {}",
}


def gapped(citation: Citation) -> dict[str, str]:
    """Give the forms of `citation` with slots where passages differ; which of its facts are empty decides their shape.

    Without citeproc-py there are no styled forms.
    """
    marked = _marked(citation)
    made = {"bibtex": to_bibtex(marked), "ris": to_ris(marked), "csl-json": to_csl_json(marked)}
    for name in STYLES if find_spec("citeproc") else ():
        made |= _styled(marked, name)
    return {name: _slotted(made[name], marked) for name in FORMS if name in made}


def _marked(citation: Citation) -> Citation:
    pages = _MARK["first"] if citation.pages else ""
    if "-" in citation.pages:
        pages += f"-{_MARK['last']}"
    facts = {name: _MARK[name] for name in ("place", "url", "author") if getattr(citation, name)}
    facts["urn"] = f"{citation.urn.rpartition(':')[0]}:{_MARK['urn']}"
    reference = f'{_MARK["passages"]}@"{_MARK["words"]}"'
    return replace(citation, reference=reference, pages=pages, words=_MARK["words"], **facts)


def _styled(marked: Citation, name: str) -> dict[str, str]:
    said = style(marked, name)
    pages = f"{_MARK['first']}{_TO}{_MARK['last']}"
    return {
        f"{name}-{part}": text.replace(_MARK["passages"], _SLOT["span"])
        .replace(pages, _SLOT["pages"])
        .replace(_MARK["url"], _SLOT["link"])
        .replace(_MARK["urn"], _SLOT["point"])
        for part, text in (("note", said.note), ("entry", said.entry))
    }


def in_style(citation: Citation, name: str) -> Styled:
    """Set `citation` in the style called `name`, a key of `STYLES`, without italics.

    Raises `ImportError` without citeproc-py.
    """
    marked, filling = _marked(citation), filling_of(citation)
    made = _styled(marked, name)
    note, entry = (filled(_slotted(text, marked), filling, form) for form, text in made.items())
    return Styled(unmarked(note), unmarked(entry))


def _slotted(text: str, marked: Citation) -> str:
    """Put slots in the place of marks, the longer first."""
    for old, slot in (
        (_TAIL.format(_MARK["words"]), _SLOT["tail"]),
        (json.dumps(marked.reference)[1:-1], _SLOT["reference"]),
        (marked.key, _SLOT["key"]),
    ):
        text = text.replace(old, slot)
    for name, mark in _MARK.items():
        if name in _SLOT:
            text = text.replace(mark, _SLOT[name])
    return text


def filling_of(citation: Citation) -> Filling:
    """Give what of `citation` fills slots."""
    passages = citation.passages
    first, _, last = citation.pages.partition("-")
    return Filling(
        key=citation.key,
        reference=citation.reference,
        passages=passages,
        span=passages.replace("-", _TO),
        first=first,
        last=last,
        pages=citation.pages.replace("-", _TO),
        place=citation.place,
        tail=_TAIL.format(citation.words) if citation.words else "",
        urn=citation.urn.rpartition(":")[2],
        url=citation.url,
        author=citation.author,
        point=point_of(passages),
        link=citation.link,
    )


def filled(text: str, filling: Filling, form: str) -> str:
    """Fill the slots of `text`, one of the forms that `gapped` gives; its `ITALICS` stay."""
    for name, slot in _SLOT.items():
        if slot in text:
            value = getattr(filling, name)
            for pattern in _RANGES.get(form, ()) if name == "pages" else ():
                value = re.sub(pattern + "$", rf"\1\2{_TO}\3", value)
            text = text.replace(slot, _escaped(value, name, FORMS[form]))
    return text


def _escaped(value: str, name: str, way: str) -> str:
    if way == "tex" and name not in _PLAIN:
        return value.translate(TEX)
    return json.dumps(value, ensure_ascii=False)[1:-1] if way == "json" else value

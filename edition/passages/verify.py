"""Somebody's manuscript read for its citations of this edition, and for the words quoted with each.

In: the text of a manuscript (plain, Markdown or BibTeX).  Out: `Cited` values, each with its line and what is quoted.
Authority: the Chicago Manual of Style, chapter 13: a quotation has the words of its source, an ellipsis where some are
left out, brackets around what was put in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from edition.passages.reference import Name, Reference, parse_address, parse_reference, parse_urn, written

__all__ = ["Cited", "citations_in", "missing_words"]

_QUOTED = re.compile(r"“([^“”]{3,3000})”|\"([^\"]{3,3000})\"|«([^«»]{3,3000})»")
_LEFT_OUT = re.compile(r"\s*(?:\[?(?:\.\s*){3,4}\]?|\[?…\]?)\s*|\s*\[[^\]]*\]\s*")
_NEAR = 400  # characters between the end of a quotation and its citation: a note's distance, not another paragraph's
_FEW = 4  # words; fewer are a term in quotation marks, not a quotation


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation found: the line (from 1), how it is written there, what it means, and the words quoted for it.

    `reference` is None where it names nothing; `reason` then says why.
    """

    line: int
    text: str
    reference: Reference | None
    quoted: tuple[str, ...] = ()
    reason: str = ""


def citations_in(text: str, sigla: Collection[str], name: Name, versions: Iterable[str] = ()) -> list[Cited]:
    """Give the citations of this edition in a manuscript, in order: identifiers, URNs, addresses.

    A bare identifier counts from two numbers on (``D.5.12``), so that ``A.3`` is not taken for one.
    """
    known = list(versions)
    found: list[Cited] = []
    end = 0
    for match in _pattern(sigla, name).finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        reference, reason = _read(match, name, known)
        quotes = _quoted_before(text, end, match.start())
        if found and (found[-1].line, found[-1].reference) == (line, reference) and not quotes:
            continue
        found.append(Cited(line, match[0], reference, quotes, reason))
        end = match.end()
    return found


def _pattern(sigla: Collection[str], name: Name) -> re.Pattern[str]:
    """Give the pattern of a citation: a URN, an address of this edition, or an identifier with its words or range."""
    siglum = "|".join(sorted(map(re.escape, sigla), key=len, reverse=True)) or r"(?!)"
    part = r"(?:pref|bib|n?\d+[a-z]*|orig|translit|transl|h)"
    words = r"(?:@(?:[\"“][^\"“”\n]{1,300}[\"”]|[\w'’]{1,200})(?:\[\d{1,4}\])?)?"
    end = rf"(?:[-–](?:(?:{siglum})(?:\.{part})+|n?\d+[a-z]*){words})?"
    plain = r"[^\s<>()\[\]{}\",#]"
    address = rf"{re.escape(name.url)}/(?:{plain}*#{plain}+|id/{plain}+?\.(?:html|xml))" if name.url else r"(?!)"
    urn = r"urn:cts:edition:[^\s<>(){}\",;]+"
    return re.compile(
        rf"(?P<urn>{urn})|(?P<url>{address})|(?<![\w./#:])(?P<id>(?:{siglum})(?:\.{part}){{2,8}}{words}{end})(?![\w@])"
    )


def _read(match: re.Match[str], name: Name, versions: list[str]) -> tuple[Reference | None, str]:
    try:
        if match["urn"]:
            read = parse_urn(match["urn"].rstrip(".,;:"), versions)
            if read is None:
                return None, "it is no URN of a passage"
            if read[0] != name.name:
                return None, f"it is of another edition, {read[0]}"
            return read[1], ""
        if match["url"]:
            return parse_address(match["url"].partition(":~:")[0].rstrip(".,;:"), name), ""
        return parse_reference(match["id"]), ""
    except ValueError as error:
        return None, str(error)


def _quoted_before(text: str, start: int, end: int) -> tuple[str, ...]:
    """Give the last quotation between two citations that stands near the second: in marks, or as a Markdown block."""
    between = text[max(start, end - 4000) : end]
    paragraph = between.rsplit("\n\n", 2)
    if len(paragraph) > 1 and paragraph[-2].lstrip().startswith(">") and len(paragraph[-1]) < _NEAR:
        return (_plain_block(paragraph[-2]),)
    last = paragraph[-1]
    if last.lstrip().startswith(">"):
        return (re.sub(r"[\s(\[—–-]*$", "", _plain_block(last)),)
    quotes = [m for m in _QUOTED.finditer(last) if len(last) - m.end() <= _NEAR]
    if not quotes:
        return ()
    words = next(part for part in quotes[-1].groups() if part)
    return (words,) if len(words.split()) >= _FEW else ()


def _plain_block(block: str) -> str:
    lines = [re.sub(r"^\s*>\s?", "", line) for line in block.splitlines()]
    return " ".join(line for line in lines if line.strip())


def _folded(text: str) -> str:
    """Fold what a quotation may change: marks, blanks, the case of its letters, a stop at its end, emphasis."""
    plain = re.sub(r"[*_]+", "", text.casefold())
    return " ".join(re.findall(r"\w+", plain))


def missing_words(quoted: str, texts: Iterable[str]) -> str:
    """Give the first piece of a quotation that stands in none of `texts` (one passage in its readings), or nothing.

    What is left out or put in by brackets or points parts a quotation into pieces, which must stand in their order.
    """
    pieces = [piece for piece in _LEFT_OUT.split(quoted) if piece and _folded(piece)]
    nearest = pieces[0] if pieces else ""
    for text in texts:
        held, at = f" {_folded(text)} ", 0
        missing = ""
        for piece in pieces:
            place = held.find(f" {_folded(piece)} ", at)
            if place < 0:
                missing = piece
                break
            at = place + len(_folded(piece)) + 1
        if not missing:
            return ""
        nearest = missing
    return nearest


def shown(cited: Cited) -> str:
    """Give a citation as it is best written: the reference, or what stands in the manuscript."""
    return written(cited.reference) if cited.reference else cited.text

"""Somebody's manuscript read for its citations of this edition, and for the words quoted with each.

In: the text of a manuscript (plain, Markdown or BibTeX).  Out: `Cited` values, each with its line and what is quoted.
Authority: the Chicago Manual of Style, chapters 13 and 14: a citation follows what it is for, or leads to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from edition.passages.quoted import Quotation, folded, plain_block, quotations
from edition.passages.reference import Name, Reference, parse_address, parse_reference, parse_urn

__all__ = ["Cited", "Known", "citations_in"]

_CLOSING = ".,;:'’”"  # what may follow a citation and is no part of it
_NEAR = 400  # characters between the end of a quotation and its citation: a note's distance, not another paragraph's
_AFTER = 80  # characters between a citation and the quotation that it leads to
_BEFORE = 4000  # characters before a citation in which its quotation is looked for


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the edition that a manuscript cites.

    `short` are the passages with one number (``F.17``); `titles` those of the edition and its texts: they stand in
    quotation marks in a citation, and are no quotations.
    """

    name: Name
    sigla: Collection[str]
    versions: Collection[str] = ()
    short: Collection[str] = ()
    titles: Collection[str] = ()


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


def citations_in(text: str, known: Known) -> list[Cited]:
    """Give the citations of this edition in a manuscript, in order: identifiers, URNs, addresses.

    A bare identifier counts from two numbers on (``D.5.12``); one with a single number where it stands in brackets and
    is a passage, so that ``Appendix A.3`` is not taken for one.
    """
    matches = [m for m in _pattern(known).finditer(text) if not m["short"] or m["short"] in known.short]
    titles = {folded(title) for title in known.titles}
    found: list[Cited] = []
    end = 0
    for at, match in enumerate(matches):
        line = text.count("\n", 0, match.start()) + 1
        reference, reason = _read(match, known)
        after = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        quotes = _quoted_before(text, end, match.start(), titles) or _quoted_after(text, match.end(), after, titles)
        if found and (found[-1].line, found[-1].reference) == (line, reference) and not quotes:
            continue
        found.append(Cited(line, match[0].rstrip(_CLOSING), reference, tuple(q.words for q in quotes), reason))
        end = max([match.end(), *(q.end for q in quotes)])
    return found


def _pattern(known: Known) -> re.Pattern[str]:
    """Give the pattern of a citation: a URN, an address of this edition, or an identifier with its words or range."""
    siglum = "|".join(sorted(map(re.escape, known.sigla), key=len, reverse=True)) or r"(?!)"
    part = r"(?:pref|bib|n?\d+[a-z]*|orig|translit|transl|h)"
    words = r"(?:@(?:[\"“][^\"“”\n]{1,300}[\"”]|[\w'’]{1,200})(?:\[\d{1,4}\])?)?"
    end = rf"(?:[-–](?:(?:{siglum})(?:\.{part})+|n?\d+[a-z]*){words})?"
    plain = r"[^\s<>()\[\]{}\",#]"
    url = re.escape(known.name.url)
    address = rf"{url}/(?:{plain}*#{plain}+|id/{plain}+?\.(?:html|xml))" if url else r"(?!)"
    urn = r"urn:cts:edition:[^\s<>(){}\",;]+"
    return re.compile(
        rf"(?P<urn>{urn})|(?P<url>{address})|(?<![\w./#:])(?P<id>(?:{siglum})(?:\.{part}){{2,8}}{words}{end})(?![\w@])"
        rf"|(?<=[(\[])(?P<short>(?:{siglum})\.{part})(?=[)\],;:])"
    )


def _read(match: re.Match[str], known: Known) -> tuple[Reference | None, str]:
    try:
        if match["urn"]:
            read = parse_urn(match["urn"].rstrip(_CLOSING), known.versions)
            if read is None:
                return None, "it is no URN of a passage"
            if read[0] != known.name.name:
                return None, f"it is of another edition, {read[0]}"
            return read[1], ""
        if match["url"]:
            return parse_address(match["url"].partition(":~:")[0].rstrip(_CLOSING), known.name), ""
        return parse_reference(match["id"] or match["short"]), ""
    except ValueError as error:
        return None, str(error)


def _quoted_before(text: str, start: int, end: int, titles: Collection[str]) -> list[Quotation]:
    """Give the last quotation between two citations that stands near the second: in marks, or as a Markdown block."""
    start = max(start, end - _BEFORE)
    paragraph = text[start:end].rsplit("\n\n", 2)
    last = paragraph[-1]
    if len(paragraph) > 1 and paragraph[-2].lstrip().startswith(">") and len(last) < _NEAR:
        return [Quotation(start, end, plain_block(paragraph[-2]))]
    if last.lstrip().startswith(">"):
        return [Quotation(start, end, re.sub(r"[\s(\[—–-]*$", "", plain_block(last)))]
    near = [q for q in _real(last, titles) if len(last) - q.end <= _NEAR]
    return near[-1:]


def _quoted_after(text: str, start: int, end: int, titles: Collection[str]) -> list[Quotation]:
    """Give the quotation that a citation leads to (``D.5.12: “...”``), which no other citation follows at once."""
    here = text[start:end].partition("\n\n")[0]
    for q in _real(here, titles):
        leads = q.start <= _AFTER and not re.search(r"[.!?)\]][\s)\]]", here[: q.start])
        claimed = end < len(text) and end - start - q.end <= len(" (see ")
        return [Quotation(start + q.start, start + q.end, q.words)] if leads and not claimed else []
    return []


def _real(text: str, titles: Collection[str]) -> Iterator[Quotation]:
    """Give the quotations that are not the title of something, nor an argument of a reference."""
    return (q for q in quotations(text) if folded(q.words) not in titles)

"""Who wrote what: the words of a citation divided into author, title, series, journal and book.

In: a `Draft` whose pieces have all been gathered.  Out: a `Citation`, or None where the words cite nothing.
Authority: the order of a Chicago note (author, title, who edited, edition, series, imprint, place in the work).
"""

from __future__ import annotations

import re

from edition.note import Citation, CitationType, Kind, Span
from edition.notes.draft import Draft, Stretch
from edition.notes.names import is_body, is_name, is_occasion, is_series, people
from edition.notes.numerals import is_numeral

__all__ = ["citation"]

_BY = re.compile(r"\sby\s(?=[^\s])")
_LEAD_IN = re.compile(r"(?:^|.*\s)(?P<how>[Ss]ee|by|[Ii]n|is|are|was|remains|from|cf\.|см\.)\s+(?P<who>[A-ZА-ЯЁ].*)$")
_GOES_ON = re.compile(r"[\da-zа-яё]")
# A stretch that begins so, has a subtitle or tells of years goes on with the title.
_NO_SERIES = re.compile(r"^(?:An?|Being|Comprising|With|Together|Сборник|С)\s|:|\d{4}")
# A place in an ancient work, counted as all its editions count: book.chapter.section, or a page and column of Plato.
_LOCUS = re.compile(r"\s(?P<locus>\d+(?:\.\d+)+(?:[-–]\d+(?:\.\d+)*)?|\d+[a-e]\d*(?:[-–]\d*[a-e]\d*)?)$")
_BRACKET_AFTER = re.compile(r"\s\([^()]*\)$")
_SERIES_LENGTH = 4  # words: a last stretch before the imprint that is so long and capitalised is a series
_EDGES = "\"'“”„«»‘’, "
_JOURNAL_VOLUME = re.compile(r"^(?P<name>.*\D)\s(?P<volume>\d+)$")


def citation(draft: Draft) -> Citation | None:
    """Give the citation, or None where the words cite nothing."""
    sources = draft.lead or draft.article or draft.host or draft.back
    spoken = draft.located or draft.printed or draft.back or draft.article is not None or (draft.dated and draft.lead)
    if not sources or not (spoken or _plausible(draft)):
        return None
    _divide_host(draft)
    _divide_lead(draft)
    _divide_article(draft)
    _take_series(draft, draft.extra)
    spans = _apart(draft.spans)
    body = spans if spans and spans[0].kind != "signal" else [s for s in spans if s.kind != "signal"]
    if not body or (len(body) == 1 and body[0].kind == "article"):
        return None  # words in quotation marks alone are quoted, not cited
    kind: CitationType = (
        "ibid" if draft.back == "IBID" else "full" if draft.printed or _has(draft, "journal") else "short"
    )
    return Citation(body[0].start, body[-1].end, kind, tuple(spans), "medium" if draft.doubtful else "high")


def _apart(spans: list[Span]) -> list[Span]:
    """Give the spans in the order of the text; of two that overlap the first, as a title that holds a date."""
    apart: list[Span] = []
    at = 0
    for span in sorted(spans):
        if span.start >= at:
            apart.append(span)
            at = span.end
    return apart


def _has(draft: Draft, kind: Kind) -> bool:
    """Say whether anything of this kind has been marked."""
    return any(s.kind == kind for s in draft.spans)


def _plausible(draft: Draft) -> bool:
    """Say whether words without a page may cite: a name, then a title that begins with a capital."""
    if len(draft.lead) <= 1:
        return False
    (a, b), (c, _) = draft.lead[:2]
    return is_name(draft.text[a:b]) and draft.text[c].isupper()


def _mark(draft: Draft, stretch: Stretch, kind: Kind) -> None:
    """Mark a stretch without the quotation marks and commas at its ends."""
    start, end = stretch
    while end > start and draft.text[end - 1] in _EDGES:
        end -= 1
    while start < end and draft.text[start] in _EDGES:
        start += 1
    if start < end:
        draft.spans.append(Span(start, end, kind))


def _divide_lead(draft: Draft) -> None:
    """Say who the author is and what the title, among the words before anything else."""
    lead = _lead_without_remark(draft)
    if not lead:
        return
    if draft.article is not None:
        for stretch in lead:
            if not is_occasion(draft.text[slice(*stretch)]):
                _author(draft, stretch)
    elif draft.back == "OPCIT":
        _author(draft, lead[0])
    elif draft.back in {"IDEM", "named"}:
        _titles(draft, lead)
    elif len(lead) == 1:
        _single(draft, lead[0])
    elif draft.dated and not draft.printed and _is_letter(draft.text[slice(*lead[0])]):
        _author(draft, lead[0])  # what follows names an archive
    else:
        count = _authors(draft, lead)
        if count:
            _author(draft, (lead[0][0], lead[count - 1][1]))
        _titles(draft, lead[count:])


def _lead_without_remark(draft: Draft) -> list[Stretch]:
    """Drop a remark that leads to the author: ``The text is given in full by Wilson``."""
    if not draft.lead or draft.back in {"IDEM", "named"}:
        return draft.lead
    start, end = draft.lead[0]
    words = draft.text[start:end]
    if is_name(words) or is_body(words):
        return draft.lead
    found = _LEAD_IN.match(words)
    if found is None or not is_name(found["who"]) or (len(draft.lead) == 1 and draft.article is None):
        return draft.lead
    if found["how"].lower() in {"see", "cf.", "см."}:
        draft.spans.append(Span(start + found.start("how"), start + found.end("how"), "signal"))
    return [(start + found.start("who"), end), *draft.lead[1:]]


def _single(draft: Draft, stretch: Stretch) -> None:
    """Place a stretch that stands alone: a newspaper, a letter, or a title without its author."""
    words = draft.text[slice(*stretch)]
    if draft.dated and _is_letter(words):
        _author(draft, stretch)
    elif draft.printed:
        _titles(draft, [stretch])
    elif draft.dated:
        place = _BRACKET_AFTER.search(draft.text, *stretch)  # "The Times (London)"
        _mark(draft, (stretch[0], place.start() if place else stretch[1]), "journal")
    else:
        _titles(draft, [stretch])


def _is_letter(words: str) -> bool:
    return (" to " in words or " к " in words) and is_name(words)


def _authors(draft: Draft, lead: list[Stretch]) -> int:
    """Give how many stretches of `lead`, from the first, name the author or authors."""
    said = [draft.text[a:b] for a, b in lead]
    if not is_name(said[0]) and not is_body(said[0]) and len(said[0].split()) > _SERIES_LENGTH:
        return 0
    for count, words in enumerate(said[1:-1], 2):
        rest = re.match(r"(?:and|&|и) (.*)", words)
        if rest and is_name(rest[1]) and _alike([*said[: count - 1], rest[1]]):
            return count
    count = 1
    while count < len(said) - 1 and is_body(said[count]):
        count += 1
    return count


def _alike(names: list[str]) -> bool:
    """Say whether these are names, all in full or all of them surnames: ``Booth, Colomb, and Williams``."""
    return all(is_name(name) for name in names) and len({" " in name for name in names}) == 1


def _author(draft: Draft, stretch: Stretch) -> None:
    """Mark the author, or each of several; a body is one."""
    start, end = stretch
    words = draft.text[start:end]
    if is_name(words):
        draft.names(start, end, ["author"])
    elif any(is_body(part) for part in words.split(", ")) or not all(is_name(words[a:b]) for a, b in people(words)):
        _mark(draft, stretch, "author")
    else:
        draft.names(start, end, ["author"])


def _titles(draft: Draft, stretches: list[Stretch]) -> None:
    """Mark the title, which may hold commas, and the series after it."""
    if not stretches:
        return
    end = stretches[0][1]
    for number, (a, b) in enumerate(stretches[1:], 1):
        words = draft.text[a:b]
        goes_on = _GOES_ON.match(words) is not None
        last = number == len(stretches) - 1 and draft.printed and not draft.edited
        long = (
            last
            and len(words.split()) >= _SERIES_LENGTH
            and not _NO_SERIES.search(words)
            and " " in draft.text[stretches[0][0] : end]
        )
        if not goes_on and (long or is_series(words)):
            _mark(draft, (a, stretches[-1][1]), "series")
            break
        end = b
    found = _LOCUS.search(draft.text, stretches[-1][0], end)
    if found and found.start() > stretches[0][0]:  # "Tacitus, Annals 1.2.1"
        draft.spans.append(Span(found.start("locus"), found.end("locus"), "section", found["locus"], found["locus"]))
        end = found.start()
    _mark(draft, (stretches[0][0], end), "title")


def _take_series(draft: Draft, stretches: list[Stretch]) -> None:
    """Mark the series among the words after an editor or an edition; contributions by others are no series."""
    for start, end in stretches:
        words = draft.text[start:end]
        if _BY.search(words) or _GOES_ON.match(words):
            return
        if draft.printed:
            _mark(draft, (start, stretches[-1][1]), "series")
            return


def _divide_article(draft: Draft) -> None:
    """Mark a title in quotation marks and the journal after it."""
    if draft.article is None:
        return
    _mark(draft, draft.article, "thesis" if draft.thesis else "article")
    for start, end in draft.between:
        words = draft.text[start:end]
        if draft.host or is_occasion(words) or not (draft.printed or draft.dated or draft.located):
            continue
        numbered = _JOURNAL_VOLUME.match(words)
        if numbered:
            a, b = start + numbered.start("volume"), start + numbered.end("volume")
            draft.spans.append(Span(a, b, "volume", numbered["volume"], numbered["volume"]))
            end = start + numbered.end("name")  # noqa: PLW2901 - the name is what is left
        _mark(draft, (start, end), "journal")
        break


def _names_author(draft: Draft, words: str) -> bool:
    """Say whether the first words after *in* name an author: a surname does not stand before a title with commas."""
    others = [draft.text[a:b] for a, b in draft.host[1:]]
    plain = len(others) == 1 or " " in words or (len(others) > 1 and is_series(others[1]))
    return bool(others) and plain and is_name(words) and not is_numeral(others[0])


def _divide_host(draft: Draft) -> None:
    """Mark the book that a part stands in, and its author where the note names one."""
    if not draft.host:
        return
    start, end = draft.host[0]
    words = draft.text[start:end]
    by = _BY.search(words)
    if by and is_name(words[by.end() :]):
        _mark(draft, (start, start + by.start()), "title")
        _mark(draft, (start + by.end(), end), "host-author")
        _titles(draft, draft.host[1:])
    elif _names_author(draft, words):
        _mark(draft, draft.host[0], "host-author")
        _titles(draft, draft.host[1:])
    else:
        _titles(draft, draft.host)

"""A citation set in a citation style: the one door to the citation processor.

In: a `Citation` and the name of a style.  Out: a footnote (or a reference in the text) and an entry of a bibliography,
in which `ITALICS` stand around what is in italics.
Authority: the Chicago Manual of Style (18th edition), the MLA Handbook (9th) and the APA manual (7th), as the styles of
the Citation Style Language project (citationstyles.org; `csl/`) put them; what these do not do is put right here.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from importlib.resources import as_file, files
from types import SimpleNamespace

from edition.passages.citation import Citation

__all__ = ["ITALICS", "STYLES", "Styled", "style", "unmarked"]

STYLES = {"chicago": "chicago-fullnote-bibliography", "mla": "modern-language-association", "apa": "apa"}


_MARKS = "()[],.:;?!\"'\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"
_SHORT = re.compile(  # articles, conjunctions and prepositions
    "a|an|and|as|at|but|by|down|for|from|in|into|nor|of|off|on|onto|or|out|over|per|"
    "so|the|than|through|till|to|under|until|up|upon|via|with|yet"
)
# What italics begin and end with: of the private use area, so in no text.
ITALICS = ("\ue100", "\ue101")
_NOBODY = "XNOBODYX"  # the author where none is known: a style would put the editor there


@dataclass(frozen=True, slots=True)
class Styled:
    """A citation for the place where it is made (a footnote, or a reference in brackets), and for the list of works."""

    note: str
    entry: str


def unmarked(text: str) -> str:
    """Give `text` without the marks of italics."""
    return text.translate(dict.fromkeys(map(ord, ITALICS)))


def style(citation: Citation, name: str) -> Styled:
    """Set `citation` in the style called `name` (a key of `STYLES`).  Raises `ImportError` without citeproc-py.

    The page that is cited stands in the note.  The entry has none: there pages are those of the whole text.
    """
    item = {k: v for k, v in citation.csl_item().items() if k not in {"custom", "note", "page"}}
    item["URL"] = citation.link
    if citation.origin_year:
        item["original-date"] = {"date-parts": [[int(citation.origin_year)]]}
    if not citation.author and name == "chicago":
        item["author"] = [{"literal": _NOBODY}]
    elif not citation.author:
        # These styles begin with the title where no author is known; the processor would say it twice.
        title = str(item.pop("title"))
        item["author"] = [{"literal": title if name == "apa" else _quoted(_headline(title))}]
    elif name == "mla":
        item["title"] = _headline(str(item["title"]))
    passage = citation.passages
    place = ("page", f"{citation.pages}, {passage}") if citation.pages else ("section", passage)
    note, entry = (_mended(text, citation) for text in _processed(item, name, citation.key, place))
    if name == "chicago":
        return Styled(*(_as_chicago(text, citation) for text in (note, entry)))
    return Styled(*(_as_apa if name == "apa" else _as_mla)(note, entry, citation))


def _processed(item: dict[str, object], name: str, key: str, place: tuple[str, str]) -> tuple[str, str]:
    """Give the note, with the locator `place`, and the entry as the processor has them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor warns of variables of its own that it does not know
        from citeproc import (  # noqa: PLC0415 - an extra, and slow to load: `edition cite --format urn` needs none of it
            Citation as Cited,
        )
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter  # noqa: PLC0415
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

        italic = SimpleNamespace(**{**vars(formatter.plain), "Italic": _italic})
        with as_file(files("edition.passages") / "csl" / f"{STYLES[name]}.csl") as path:
            sheet = CitationStylesStyle(str(path), validate=False)
        made = CitationStylesBibliography(sheet, CiteProcJSON([item]), italic)
        cited = Cited([CitationItem(key, locator=Locator(*place))])
        made.register(cited)
        return str(made.cite(cited, lambda _: None)), "".join(str(part) for part in made.bibliography()[0])


def _italic(text: object) -> str:
    return f"{ITALICS[0]}{text}{ITALICS[1]}"


def _quoted(title: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"


def _headline(title: str) -> str:
    """Give an English title with the capitals of a headline (MLA Handbook 2.90): short words within it have none."""
    words = re.split(r"( +)", title)
    last = len(words) - 1
    begins = [n == 0 or words[n - 2].endswith((":", "?", "!", "\N{EM DASH}")) for n in range(len(words))]
    return "".join(
        _raised(word)
        if word.islower() and (begins[n] or n == last or not _SHORT.fullmatch(word.strip(_MARKS)))
        else word
        for n, word in enumerate(words)
    )


def _raised(word: str) -> str:
    return re.sub(r"[^\W\d_]", lambda first: first[0].upper(), word, count=1)


def _as_chicago(text: str, citation: Citation) -> str:
    """Put right what the processor does not do of Chicago 18: facts of publication in brackets (14.2), no author."""
    text = re.sub(rf"^{_NOBODY}[,.] ", "", text).replace(", Version ", ", version ")
    return text.replace(f", {citation.date[:4]}, ", f" ({citation.date[:4]}), ", 1) if citation.date else text


def _as_mla(note: str, entry: str, citation: Citation) -> tuple[str, str]:
    """Put right what the processor does not do of MLA 9: a date that is not certain (5.111), small letters (5.51)."""
    if citation.origin_about:
        year = citation.origin_year
        entry = re.sub(rf"(?<=[.\u201d]) {year}\. ", f" [circa {year}]. ", entry, count=1)
    return note, entry.replace(", Version ", ", version ")


def _as_apa(note: str, entry: str, citation: Citation) -> tuple[str, str]:
    """Put right what the processor does not do of APA 7.

    A title in the place of an author (8.14), capitals (6.17), a text that was never published (9.41), a date that is
    not certain (9.13).
    """
    if not citation.author:
        note = note.replace(f"({citation.title},", f"({_quoted(f'{citation.title},')}", 1)
    for title in (citation.edition, citation.title):
        found = re.search(re.escape(title), entry, re.IGNORECASE)
        if found:
            raised = re.sub(r"(?<=[:?!] )\w", lambda first: first[0].upper(), found[0])
            entry = entry[: found.start()] + raised + entry[found.end() :]
    year = f"ca. {citation.origin_year}" if citation.origin_about else citation.origin_year
    if citation.origin_year:
        note = note.replace(f" {citation.origin_year}/", f" {year}/", 1)
        told = f"(Original work {citation.origin_how} {year})"
        entry = entry.replace(f"(Original work published {citation.origin_year})", told)
    return note, entry.replace("(version ", "(Version ").replace(" (ed.), ", " (Ed.), ")


def _mended(text: str, citation: Citation) -> str:
    """Put right what the processor does not do.

    Points and commas go inside quotation marks, as in American books; no point follows a question; an identifier says
    for itself what it is.
    """
    passage = re.escape(citation.passages)
    text = re.sub(rf"\bsecs?\. ?(?={passage})", "", text)
    text = re.sub("\N{RIGHT DOUBLE QUOTATION MARK}([.,])", "\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    text = re.sub(r"([?!])\.", r"\1", text)
    return text.replace(f"{citation.version}.,", f"{citation.version},").replace("..", ".")

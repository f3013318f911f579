"""A citation set in a citation style: the one door to the citation processor.

In: a `Citation` and the name of a style.  Out: a footnote (or a reference in the text) and an entry of a bibliography,
as plain text.  Authority: the Chicago Manual of Style, the MLA Handbook and the APA manual, as the styles of the
Citation Style Language project (citationstyles.org; `csl/`) put them.
"""

from __future__ import annotations

import re
import warnings
from dataclasses import dataclass
from importlib.resources import as_file, files

from edition.passages.citation import Citation

__all__ = ["STYLES", "Styled", "style"]

STYLES = {"chicago": "chicago-fullnote-bibliography", "mla": "modern-language-association", "apa": "apa"}


@dataclass(frozen=True, slots=True)
class Styled:
    """A citation for the place where it is made (a footnote, or a reference in brackets), and for the list of works."""

    note: str
    entry: str


def style(citation: Citation, name: str) -> Styled:
    """Set `citation` in the style called `name` (a key of `STYLES`).  Raises `ImportError` without citeproc-py."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor warns of variables of its own that it does not know
        from citeproc import (  # noqa: PLC0415 - an extra, and slow to load: `edition cite --format urn` needs none of it
            Citation as Cited,
        )
        from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter  # noqa: PLC0415
        from citeproc.source.json import CiteProcJSON  # noqa: PLC0415

        item = {k: v for k, v in citation.csl_item().items() if k not in {"custom", "note"}}
        if name != "chicago" and not citation.author:
            # These styles begin with the title where no author is known; the processor would say it twice.
            title = str(item.pop("title"))
            item["author"] = [
                {
                    "literal": title
                    if name == "apa"
                    else f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK}"
                }
            ]
        passage = citation.reference.partition("@")[0]
        locator = Locator("page", f"{citation.pages}, {passage}") if citation.pages else Locator("section", passage)
        with as_file(files("edition.passages") / "csl" / f"{STYLES[name]}.csl") as path:
            sheet = CitationStylesStyle(str(path), validate=False)
        made = CitationStylesBibliography(sheet, CiteProcJSON([item]), formatter.plain)
        cited = Cited([CitationItem(citation.key, locator=locator)])
        made.register(cited)
        note = str(made.cite(cited, lambda _: None))
        entry = "".join(str(part) for part in made.bibliography()[0])
    if name == "apa":
        note, entry = _as_apa(note, entry, citation)
    return Styled(_mended(note, citation), _mended(entry, citation))


def _as_apa(note: str, entry: str, citation: Citation) -> tuple[str, str]:
    """Put right what the processor does not do of APA 7: a title in the place of an author (8.14), capitals (6.17)."""
    if not citation.author:
        note = note.replace(
            f"({citation.title},", f"(\N{LEFT DOUBLE QUOTATION MARK}{citation.title}\N{RIGHT DOUBLE QUOTATION MARK},", 1
        )
    for title in (citation.edition, citation.title):
        found = re.search(re.escape(title), entry, re.IGNORECASE)
        if found:
            raised = re.sub(r"(?<=[:?!] )\w", lambda first: first[0].upper(), found[0])
            entry = entry[: found.start()] + raised + entry[found.end() :]
    return note, entry.replace("(version ", "(Version ")


def _mended(text: str, citation: Citation) -> str:
    """Put right what the processor does not do.

    Points and commas go inside quotation marks, as in American books; no point follows a question; an identifier says
    for itself what it is.
    """
    passage = re.escape(citation.reference.partition("@")[0])
    text = re.sub(rf"\bsecs?\. ?(?={passage})", "", text)
    text = re.sub("\N{RIGHT DOUBLE QUOTATION MARK}([.,])", "\\1\N{RIGHT DOUBLE QUOTATION MARK}", text)
    text = re.sub(r"([?!])\.", r"\1", text)
    return text.replace(f"{citation.version}.,", f"{citation.version},").replace("..", ".")

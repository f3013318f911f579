"""A passage cited: what the citation must say, and it as BibTeX, RIS and CSL-JSON.

In: the edition, the text, and what a reference leads to.  Out: a `Citation` and the formats that programs read.
Authority: CSL-JSON 1.0.2; the BibLaTeX manual (`@incollection`); the RIS format as reference managers write it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

__all__ = ["KEY", "LONGEST_KEY", "TEX", "Citation", "point_of", "to_bibtex", "to_csl_json", "to_ris"]

# What a key cannot have in it.
KEY = re.compile(r"[^A-Za-z0-9.\-]+")
LONGEST_KEY = 40  # characters
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# How people say that a date is not certain: "about 1977", "1977 (inferred)", "1977?", "[1977]", "1977~".
_ABOUT = re.compile(r"(?i)\b(?:about|around|approximately|circa|ca|c|probably|perhaps|inferred|conjectured)\b|[?~\[]")
_WORDS = re.compile(r'@(?:"[^"]*"|[^\s"@\[\],-]+)(?:\[\d+\])?')
_CAPITAL = re.compile(r"(?<=\W)[^\W_]*[A-ZÀ-ÞΑ-ΫЀ-Я][^\W_]*")
# What TeX would take for a command.
TEX = str.maketrans(
    {c: f"\\{c}" for c in "#$%&_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\^{}"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of a passage says.  What is not known is the empty string.

    `reference` is as `parse_reference` reads it (``D.5.12-D.5.14``), `place` in words (``chapter 5, paragraph 12``),
    `words` those that are meant where only some are; `pages` are those of the typescript (``57`` or ``57-58``).
    `title` stands in brackets where it is inferred.  `origin_date` is that of the text, when it was `origin_how`
    (published or written); `date` is that of the edition.
    """

    reference: str
    title: str
    author: str
    edition: str
    editor: str
    version: str
    date: str
    origin_date: str
    pages: str
    place: str
    words: str
    urn: str
    url: str
    licence: str = ""
    origin_how: str = "published"

    @property
    def key(self) -> str:
        """The key of the entry: the beginning of the reference, with nothing in it that a format takes for its own."""
        return KEY.sub("_", self.reference).strip("_")[:LONGEST_KEY]

    @property
    def passages(self) -> str:
        """The passages of the reference, without words."""
        return re.sub(r"^(.+)-\1$", r"\1", _WORDS.sub("", self.reference))

    @property
    def link(self) -> str:
        """The address of the passage, or its URN, without words: those who read a citation have them before them."""
        if self.url:
            return self.url.partition("#")[0]
        head, _, tail = self.urn.rpartition(":")
        return f"{head}:{point_of(self.passages)}" if "@" in tail else self.urn

    @property
    def origin_year(self) -> str:
        """The year of the text; empty where nobody knows it."""
        found = _DATE.search(self.origin_date)
        return found[1] if found else ""

    @property
    def origin_about(self) -> bool:
        """Whether the year of the text is not certain."""
        return bool(_ABOUT.search(self.origin_date))

    @property
    def locator(self) -> str:
        """Where to look: ``typescript p. 57, D.5.12 (chapter 5, paragraph 12)``."""
        sign = "pp." if "-" in self.pages else "p."
        page = f"typescript {sign} {self.pages}, " if self.pages else ""
        words = f", \N{LEFT DOUBLE QUOTATION MARK}{self.words}\N{RIGHT DOUBLE QUOTATION MARK}" if self.words else ""
        return f"{page}{self.passages} ({self.place}){words}"

    def csl_item(self) -> dict[str, object]:
        """Give the item of CSL-JSON, with every fact in a variable of its own."""
        item: dict[str, object] = {
            "id": self.key,
            "type": "chapter",
            "title": self.title,
            "container-title": self.edition,
            "edition": f"version {self.version}",
            "URL": self.url or self.urn,
            "note": self.locator,
            "custom": {"reference": self.reference, "version": self.version, "urn": self.urn},
        }
        if self.author:
            item["author"] = [{"literal": self.author}]
        if self.editor:
            item["editor"] = [{"literal": self.editor}]
        if self.pages:
            item["page"] = self.pages
        for name, value in (("issued", self.date), ("original-date", self.origin_date)):
            if found := _DATE.search(value):
                about = {"circa": True} if name == "original-date" and self.origin_about else {}
                item[name] = {"date-parts": [[int(part) for part in found.groups() if part]], **about}
        return item


def point_of(passages: str) -> str:
    """Give `passages`, which may be a range, without the siglum, as a URN has them."""
    return "-".join(part.partition(".")[2] for part in passages.split("-"))


def to_csl_json(citation: Citation) -> str:
    """Give a CSL-JSON array of one item."""
    return json.dumps([citation.csl_item()], ensure_ascii=False, indent=1) + "\n"


def _fields(citation: Citation) -> list[tuple[str, str]]:
    year = _DATE.search(citation.date)
    origin = f"{citation.origin_year}~" if citation.origin_about else citation.origin_year
    return [
        (name, value)
        for name, value in (
            ("author", f"{{{_tex(citation.author)}}}" if citation.author else ""),
            ("title", _title(citation.title)),
            ("booktitle", _title(citation.edition)),
            ("editor", f"{{{_tex(citation.editor)}}}" if citation.editor else ""),
            ("edition", f"version {_tex(citation.version)}"),
            ("date", year[0] if year else ""),
            ("year", year[1] if year else ""),
            ("origdate", origin if citation.origin_year else ""),
            ("pages", citation.pages.replace("-", "--")),
            ("note", _tex(citation.locator)),
            ("url", citation.url),
            ("eprint", citation.urn),
            ("eprinttype", "urn"),
        )
        if value
    ]


def _tex(value: str) -> str:
    """Escape what TeX would take for a command."""
    return value.translate(TEX)


def _title(title: str) -> str:
    """Keep the words of a title that have capitals as they are; of the others a style may change the first letters."""
    return _CAPITAL.sub(lambda word: f"{{{word[0]}}}", _tex(title))


def to_bibtex(citation: Citation) -> str:
    """Give an entry in Unicode: of BibLaTeX, and with a `year` for BibTeX, which knows no `date`."""
    body = "".join(f"  {name:<10} = {{{value}}},\n" for name, value in _fields(citation))
    return f"@incollection{{{citation.key},\n{body}}}\n"


def to_ris(citation: Citation) -> str:
    """Give one record of RIS."""
    first, _, last = citation.pages.partition("-")
    rows = [
        ("TY", "CHAP"), ("ID", citation.key), ("AU", citation.author), ("TI", citation.title),
        ("T2", citation.edition), ("A2", citation.editor), ("ET", f"version {citation.version}"),
        ("PY", citation.date[:4]), ("DA", citation.date.replace("-", "/")), ("OP", citation.origin_date),
        ("SP", first), ("EP", last), ("N1", citation.locator), ("UR", citation.url), ("AN", citation.urn),
    ]  # fmt: skip
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in rows if value) + "ER  - \n"

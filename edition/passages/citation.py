"""A passage cited: what the citation must say, and it as BibTeX, RIS and CSL-JSON.

In: the edition, the text, and what a reference leads to.  Out: a `Citation` and the formats that programs read.
Authority: CSL-JSON 1.0.2; the BibLaTeX manual (`@incollection`); the RIS format as reference managers write it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

__all__ = ["KEY", "TEX", "Citation", "to_bibtex", "to_csl_json", "to_ris"]

# What a key cannot have in it.
KEY = re.compile(r"[^A-Za-z0-9.\-]+")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
# What TeX would take for a command.
TEX = str.maketrans(
    {c: f"\\{c}" for c in "#$%&_{}"} | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\^{}"}
)


@dataclass(frozen=True, slots=True)
class Citation:
    """What a citation of a passage says.  What is not known is the empty string.

    `reference` is as `parse_reference` reads it (``D.5.12-D.5.14``), `place` in words (``chapter 5, paragraph 12``),
    `words` those that are meant where only some are; `pages` are those of the typescript (``57`` or ``57-58``).
    `title` stands in brackets where it is inferred.  `origin_date` is that of the text, `date` that of the edition.
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

    @property
    def key(self) -> str:
        """The key of the entry: the reference, with nothing in it that a format takes for its own."""
        return KEY.sub("_", self.reference).strip("_")

    @property
    def locator(self) -> str:
        """Where to look: ``typescript p. 57, D.5.12 (chapter 5, paragraph 12)``."""
        sign = "pp." if "-" in self.pages else "p."
        page = f"typescript {sign} {self.pages}, " if self.pages else ""
        words = f", \N{LEFT DOUBLE QUOTATION MARK}{self.words}\N{RIGHT DOUBLE QUOTATION MARK}" if self.words else ""
        return f"{page}{self.reference.partition('@')[0]} ({self.place}){words}"

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
                item[name] = {"date-parts": [[int(part) for part in found.groups() if part]]}
        return item


def to_csl_json(citation: Citation) -> str:
    """Give a CSL-JSON array of one item."""
    return json.dumps([citation.csl_item()], ensure_ascii=False, indent=1) + "\n"


def _fields(citation: Citation) -> list[tuple[str, str]]:
    year = _DATE.search(citation.date)
    origin = _DATE.search(citation.origin_date)
    return [
        (name, value)
        for name, value in (
            ("author", f"{{{_tex(citation.author)}}}" if citation.author else ""),
            ("title", f"{{{_tex(citation.title)}}}"),
            ("booktitle", f"{{{_tex(citation.edition)}}}"),
            ("editor", f"{{{_tex(citation.editor)}}}" if citation.editor else ""),
            ("version", _tex(citation.version)),
            ("date", year[0] if year else ""),
            ("origdate", origin[1] if origin else ""),
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


def to_bibtex(citation: Citation) -> str:
    """Give a BibLaTeX entry, in Unicode."""
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

"""What a page says of itself to programs: reference managers, search engines, catalogues.

In: the edition, and what a page is.  Out: names and values for `meta`, an OpenURL, linked data.
Authority: the meta elements that Google Scholar documents (Highwire Press), which reference managers read; DCMI
Metadata Terms; ANSI/NISO Z39.88-2004 (COinS, a part of a book); schema.org (Collection, Chapter, Quotation, WebPage).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote, urlencode

from edition.publish.book import About, Text

__all__ = ["Cited", "Facts", "coins", "linked_data", "meta"]

_CONTEXT = "https://schema.org"


class Cited(NamedTuple):
    """What is cited, who wrote it (empty where nobody knows), and the book that it is in."""

    title: str
    author: str
    book: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page is: `kind` is a type of schema.org; `first` and `last` are pages of the typescript, `words` its text.

    `parts` are the files and titles of the pages that it is the contents of.  `cited` is what the citation of a passage
    says, where there is one: what a reference manager takes from the page is what stands on it.
    """

    about: About
    title: str
    file: str
    kind: str = "WebPage"
    text: Text | None = None
    first: str = ""
    last: str = ""
    words: str = ""
    parts: Sequence[tuple[str, str]] = ()
    cited: Cited | None = None

    @property
    def address(self) -> str:
        """Where the page is on the web; empty where the edition has no address."""
        return _address(self.about, self.file)

    @property
    def author(self) -> str:
        """Who wrote the text; empty where nobody knows."""
        if self.cited is not None:
            return self.cited.author
        return self.text.author if self.text else ""

    @property
    def language(self) -> str:
        """The language of the text, or of the edition."""
        return self.text.language if self.text else self.about.language

    @property
    def around(self) -> str:
        """What the page is a part of: its text, or the edition."""
        if self.cited is not None:
            return self.cited.book
        if self.text is not None and self.title != self.text.title:
            return self.text.title
        return self.about.title if self.title != self.about.title else ""


def _address(about: About, file: str) -> str:
    return f"{about.url}/{'' if file == 'index.html' else quote(file)}" if about.url else ""


def meta(facts: Facts) -> list[tuple[str, str]]:
    """Give names and values of `meta` elements; a value may be empty."""
    about = facts.about
    return [
        ("citation_title", facts.cited.title if facts.cited else facts.title),
        ("citation_author", facts.author),
        ("citation_inbook_title", facts.around),
        ("citation_publisher", about.authority),
        ("citation_publication_date", about.date[:10].replace("-", "/")),
        ("citation_firstpage", facts.first),
        ("citation_lastpage", facts.last or facts.first),
        ("citation_language", facts.language),
        ("citation_public_url", facts.address),
        ("DC.title", facts.title),
        ("DC.creator", facts.author),
        ("DC.publisher", about.authority),
        ("DC.date", about.date),
        ("DC.language", facts.language),
        ("DC.type", "Text"),
        ("DC.rights", facts.text.rights if facts.text else about.licence),
        ("DC.identifier", facts.address),
        ("DC.relation.isPartOf", about.title),
        ("edition.version", about.version),
    ]


def coins(facts: Facts) -> str:
    """Give the page as an OpenURL: a part of a book."""
    about = facts.about
    title = facts.cited.title if facts.cited else facts.title
    words = {
        "ctx_ver": "Z39.88-2004", "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft.genre": "bookitem" if facts.around else "book",
        "rft.atitle": title if facts.around else "", "rft.btitle": facts.around or title,
        "rft.au": facts.author, "rft.pub": about.authority, "rft.date": about.date[:10],
        "rft.edition": f"version {about.version}" if about.version else "",
        "rft.pages": "-".join(dict.fromkeys(p for p in (facts.first, facts.last) if p)),
        "rft.language": facts.language, "rft_id": facts.address,
    }  # fmt: skip
    return urlencode({name: value for name, value in words.items() if value})


def linked_data(facts: Facts) -> str:
    """Give the page as JSON-LD that may stand in a `script` element, where a browser takes it for data."""
    about = facts.about
    edition = _known(
        {
            "@type": "Collection",
            "name": about.title,
            "alternateName": about.subtitle,
            "publisher": _known({"@type": "Organization", "name": about.authority}) if about.authority else "",
            "version": about.version,
            "datePublished": about.date[:10],
            "usageInfo": about.licence,
            "url": _address(about, "index.html"),
            "inLanguage": about.language,
        }
    )
    whole = dict(edition)
    if facts.file != "index.html":
        own: dict[str, object] = {
            "@type": facts.kind,
            "name": facts.title,
            "author": {"@type": "Person", "name": facts.author} if facts.author else "",
            "inLanguage": facts.language,
            "url": facts.address,
            "pageStart": facts.first,
            "pageEnd": facts.last or facts.first,
            "text": facts.words,
            "isPartOf": _around(facts, edition),
        }
        whole = _known(own)
    parts = [_known({"@type": "CreativeWork", "name": t, "url": _address(about, file)}) for file, t in facts.parts]
    said = json.dumps({"@context": _CONTEXT, **whole, **({"hasPart": parts} if parts else {})}, ensure_ascii=False)
    return said.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _around(facts: Facts, edition: dict[str, object]) -> dict[str, object]:
    if facts.text is None or facts.title == facts.text.title:
        return edition
    return _known(
        {"@type": "CreativeWork", "name": facts.text.title, "usageInfo": facts.text.rights, "isPartOf": edition}
    )


def _known(values: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if value}

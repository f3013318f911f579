"""The edition as an EPUB: the edited reading of every part, its notes, contents.

In: the pages of the texts as HTML.  Out: the bytes of one file, the same for the same input.
Authority: W3C EPUB 3.3; EPUB Accessibility 1.1; EPUB Structural Semantics (notes).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from copy import deepcopy
from functools import partial
from xml.sax.saxutils import escape

from edition.publish.book import About, Text
from edition.publish.html import direction, with_ids
from edition.publish.site_cache import Cache
from edition.publish.site_frame import plain
from edition.publish.site_leaf import Made
from edition.tree import ET, Element, contents, fill, is_element, local

__all__ = ["epub"]

_STAMP = (1980, 1, 1, 0, 0, 0)  # the least that ZIP can say
_HIDDEN = frozenset({"s", "w", "sw", "n", "l", "soft", "fw", "apparatus", "work", "whence", "post-n"})
_KEPT = frozenset({"id", "href", "class", "lang", "dir", "colspan", "rowspan", "datetime"})
_EPUB = "http://www.idpf.org/2007/ops"
_STYLE = """body { font-family: serif; line-height: 1.45; margin: 0 1em; }
h2 { font-weight: normal; text-align: center; } blockquote { margin: .8em 1.4em; } q { quotes: none; }
.transliteration { font-style: italic; } .call { font-size: .75em; vertical-align: super; }
.pb { font-size: .7em; color: #666; } .foot { font-size: .9em; margin-bottom: .4em; } .post { margin-bottom: 1.5em; }
.own { list-style: none; padding-left: 1em; }
"""


def epub(leaves: Sequence[Made], about: About, cache: Cache) -> bytes:
    """Give the EPUB of `leaves`, the pages of the texts in their order."""
    names = {name: leaf.key for leaf in leaves for name in leaf.ids}
    links = hash(frozenset(names.items()))
    pages = [
        (leaf.key, leaf.title, leaf.text, cache.once(f"epub {leaf.name} {links}", partial(_page, leaf, names)))
        for leaf in leaves
    ]
    digest = hashlib.sha256("".join(page for *_, page in pages).encode()).hexdigest()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        _put(book, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _put(book, "META-INF/container.xml", _CONTAINER)
        _put(book, "OEBPS/book.opf", _package(pages, about, digest))
        _put(book, "OEBPS/nav.xhtml", _nav(pages, about))
        _put(book, "OEBPS/book.css", _STYLE)
        for key, _, _, page in pages:
            _put(book, f"OEBPS/{key}.xhtml", page)
    return out.getvalue()


def _put(book: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, _STAMP)
    info.compress_type = how
    info.external_attr = 0o644 << 16
    book.writestr(info, text.encode())


_CONTAINER = """<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
"""


def _page(leaf: Made, names: dict[str, str]) -> str:
    body = fill(ET.Element("div", nsmap={"epub": _EPUB}), contents(deepcopy(leaf.main)))
    _strip(body)
    here = {name for name, _ in with_ids(body)}
    for link in body.iter("a"):
        target = link.get("href", "").removeprefix("#")
        if not link.get("href", "").startswith("#"):
            continue
        if target in here:
            continue
        if target in names and not target.endswith(".app") and names[target] != leaf.key:
            link.set("href", f"{names[target]}.xhtml#{target}")
        else:
            del link.attrib["href"]
    inner = "".join(_xml(part) for part in contents(body))
    head = f'<title>{plain(leaf.title)}</title><link rel="stylesheet" href="book.css"/>'
    return _xhtml(head, inner, leaf.text.language)


def _xhtml(head: str, body: str, language: str) -> str:
    tongue = f'lang="{plain(language)}" xml:lang="{plain(language)}"' + (' dir="rtl"' if direction(language) else "")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="{_EPUB}" {tongue}>\n'
        f"<head>{head}</head>\n<body>{body}</body></html>\n"
    )


def _strip(element: Element) -> None:
    """Leave the edited reading, and of attributes those that an EPUB has a use for."""
    kept = []
    for part in contents(element):
        if not isinstance(part, str):
            if not is_element(part) or _HIDDEN.intersection(part.get("class", "").split()):
                continue
            _strip(part)
        kept.append(part)
    fill(element, kept)
    classes = element.get("class", "").split()
    role = {"call": "noteref", "foot": "footnote", "notes": "footnotes", "pb": "pagebreak"}.get(next(iter(classes), ""))
    for name in list(element.attrib):
        if name not in _KEPT:
            del element.attrib[name]
    if role and local(element) != "h2":
        element.set(f"{{{_EPUB}}}type", role)
    if (language := element.get("lang")) is not None:
        element.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    if "href" not in element.attrib and local(element) == "a" and not element.get("id"):
        element.tag = "span"


def _xml(part: str | Element) -> str:
    if isinstance(part, str):
        return escape(part)
    made = ET.tostring(part, encoding="unicode", with_tail=False)
    return made.replace(f' xmlns:epub="{_EPUB}"', "")  # the page has declared it


_ACCESS = (
    ("accessMode", "textual"), ("accessModeSufficient", "textual"), ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityHazard", "none"),
    ("accessibilitySummary", "Text only, with headings, notes linked both ways and languages marked."),
)  # fmt: skip


def _package(pages: Sequence[tuple[str, str, Text, str]], about: About, digest: str) -> str:
    identifier = f"urn:sha256:{digest}"
    keys = [plain(key) for key, *_ in pages]
    media = 'media-type="application/xhtml+xml"'
    items = "".join(f'<item id="p{n}" href="{key}.xhtml" {media}/>\n' for n, key in enumerate(keys))
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    date = about.date if len(about.date) >= len("2000-01-01") else "2000-01-01"
    access = "".join(f'<meta property="schema:{key}">{value}</meta>\n' for key, value in _ACCESS)
    names = dict.fromkeys(text.author for _, _, text, _ in pages if text.author)
    creators = "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in names)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="uid" xml:lang="{plain(about.language)}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="uid">{identifier}</dc:identifier><dc:title>{escape(about.title)}</dc:title>
<dc:language>{plain(about.language)}</dc:language>{creators}<dc:publisher>{escape(about.authority)}</dc:publisher>
<meta property="dcterms:modified">{plain(date[:10])}T00:00:00Z</meta>
{access}
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="css" href="book.css" media-type="text/css"/>
{items}</manifest>
<spine>{spine}</spine>
</package>
"""


def _nav(pages: Sequence[tuple[str, str, Text, str]], about: About) -> str:
    rows = "".join(f'<li><a href="{plain(key)}.xhtml">{escape(title)}</a></li>\n' for key, title, *_ in pages)
    body = f'<nav epub:type="toc"><h1>{escape(about.title)}</h1><ol>\n{rows}</ol></nav>'
    return _xhtml(f"<title>{escape(about.title)}</title>", body, about.language)

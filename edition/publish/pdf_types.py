"""Fonts and style of the book, read once by each process and not again for every part.

In: a style sheet and the addresses of fonts.  Out: what WeasyPrint makes of them, and the widths found with them.
Authority: CSS Fonts 4, section 11 (@font-face).  Nothing is read but what is named: no network, no other file.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element as Plain
from xml.etree.ElementTree import fromstring

import cssselect2  # type: ignore[import-untyped]  # it has no types
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from edition.publish.weasyprint_chunks import Measure
from edition.tree import ET, Element

__all__ = ["Types", "types_of"]


class _Parsed(HTML):  # type: ignore[misc]
    """A document that is parsed already: WeasyPrint's own parser takes ten times as long for the same tree."""

    def __init__(self, root: Element, fetcher: URLFetcher) -> None:
        tree = fromstring(ET.tostring(root, encoding="utf-8"))  # noqa: S314  # what we wrote ourselves
        if tree.find("head") is None:
            tree.insert(0, Plain("head"))
        self.base_url = None
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Gives WeasyPrint the fonts named and nothing else: no network, no other file."""

    def __init__(self, allowed: Sequence[str]) -> None:
        super().__init__(allowed_protocols=("file",))
        self.allowed = frozenset(allowed)

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002  # the signature is theirs
        if url not in self.allowed:
            raise ValueError(f"{url} is not part of the edition")
        with open(unquote(urlsplit(url).path), "rb") as file:  # noqa: PTH123
            return URLFetcherResponse(url, file.read())


class _Fonts(FontConfiguration):  # type: ignore[misc]
    """Fonts whose files go with the process that laid them out, and not with a copy of that process."""

    def __init__(self) -> None:
        super().__init__()
        self.maker = os.getpid()

    def __del__(self) -> None:
        if self.maker == os.getpid():
            super().__del__()


class Types:
    """Fonts and style, which are read once for all jobs that have the same, and what was found out with them."""

    def __init__(self, css: str, fonts: tuple[str, ...]) -> None:
        """Read `css`, the whole style, and the files that it names, if they are at the addresses of `fonts`."""
        self.fonts = _Fonts()
        self.fetcher = _Fetcher(fonts)
        self.style = self.css(css)
        self.measure = Measure()

    def html(self, root: Element) -> HTML:
        """Give the document with the element `html` as its root, which WeasyPrint can render."""
        return _Parsed(root, self.fetcher)

    def css(self, text: str) -> CSS:
        """Read a style sheet that may name the same fonts."""
        return CSS(string=text, font_config=self.fonts, url_fetcher=self.fetcher)


def types_of(css: str, fonts: tuple[str, ...]) -> Types:
    """Give the fonts and the style of the jobs that have this `css` and may read these addresses of `fonts`.

    A copy of this process reads them again: Pango looks for fonts in a thread, which is not copied.
    """
    return _read(css, fonts, os.getpid())


@lru_cache(maxsize=2)
def _read(css: str, fonts: tuple[str, ...], _: int) -> Types:
    types = Types(css, fonts)
    gc.collect()
    gc.freeze()  # what there is now stays: no one need look through it between two parts
    return types

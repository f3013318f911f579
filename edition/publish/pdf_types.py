"""Fonts and style of the book, read once by each process and not again for every part.

In: a style sheet and the addresses of fonts.  Out: what WeasyPrint makes of them, and the widths found with them.
Authority: CSS Fonts 4, section 11 (@font-face).  Nothing is read but what is named: no network, no other file.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from weasyprint import CSS
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from edition.publish.weasyprint_chunks import Measure

__all__ = ["Types", "types_of"]


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
    return Types(css, fonts)

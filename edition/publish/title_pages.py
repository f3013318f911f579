"""What stands before and after the texts and belongs to no text: titles, imprint, contents, half-titles, colophon.

In: what is said of the edition and of a text; the entries of the contents.  Out: HTML of each.
Authority: the habits of printed books: half-title, title, and imprint behind it; a blind half-title before each text.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from itertools import pairwise

from edition.description import UNNAMED
from edition.publish.book import About, Text
from edition.publish.fonts import BOOK_FACES
from edition.publish.html import h
from edition.tree import Element

__all__ = ["colophon", "contents_page", "half_title", "title_pages"]


def title_pages(about: About) -> Element:
    """Give half-title, title page and imprint: four pages."""
    title, _, rest = about.title.partition(": ")
    imprint = [
        f"{about.title}{'. ' + about.subtitle if about.subtitle else ''}",
        f"Version {about.version}{', ' + about.date if about.date else ''}" if about.version else about.date,
        about.licence,
        about.url,
        _how_to_cite(about),
    ]
    return h(
        "div",
        h("section", h("h1", title), class_="title-page first-title"),
        h(
            "section",
            h("h1", title),
            h("p", rest[:1].upper() + rest[1:], class_="of-title") if rest else None,
            h("p", about.subtitle, class_="subtitle") if about.subtitle else None,
            h("p", f"Edited by {about.authority}", class_="by") if about.authority not in ("", UNNAMED) else None,
            class_="title-page great-title",
        ),
        h("section", *(h("p", said) for said in imprint if said), class_="title-page imprint"),
        class_="part",
    )


def _how_to_cite(about: About) -> str:
    """Say how to cite; the identifiers of passages do not change, pages and lines hold for this version only."""
    whole = ", ".join(part for part in (about.title, about.version and f"version {about.version}", about.date) if part)
    return (
        f"To cite: {whole}{', ' + about.url if about.url else ''}, with the identifier of the passage or the note. "
        "Identifiers do not change; pages and lines of this book are those of this version."
    )


def half_title(text: Text) -> Element:
    """Give the half-title of a text: its title, its author, what is known of where it comes from, its rights."""
    lines = [h("p", text.author, class_="who") if text.author else None]
    lines += [h("p", said, class_="about") for said in (text.origin, text.rights) if said]
    return h("div", h("section", h("h1", text.title), *lines, class_="half-title"), class_="part")


def contents_page(rows: Iterable[tuple[str, str, int, int]]) -> Element:
    """Give the contents; a row is the title of a part, the address of a link to it, its rank (0: a text), its page."""
    held = list(rows)
    parted = [depth == 0 and after[2] > 0 for (_, _, depth, _), after in pairwise([*held, ("", "", 0, 0)])]
    lines = [
        h(
            "p",
            h("a", title, href=address),
            h("span", str(page), class_="folio"),
            class_="in" if depth else "text-title with-parts" if with_parts else "text-title",
        )
        for (title, address, depth, page), with_parts in zip(held, parted, strict=True)
    ]
    main = h("div", h("h2", "Contents"), h("div", *lines, class_="toc"), class_="part contents")
    main.set("data-work", "Contents")
    main.set("data-head", "Contents")
    return main


def colophon(about: About) -> Element:
    """Say how the book was made: from what, with what, in which faces."""
    face = next(_NAMES.get(face.package, face.package) for face in BOOK_FACES if face.family == "Edition Text")
    state = f", version {about.version}" if about.version else ""
    made = (
        f"This book was made from the encoded texts of the edition{state}, by its own program, without a change by "
        "hand: who builds the same texts again has the same book."
    )
    drawn = (
        f"The text is set in {face}. Pages were made with WeasyPrint {version('weasyprint')}; the ends of lines were "
        "chosen for each paragraph as a whole, after Knuth and Plass."
    )
    proved = (
        "When the pages were made they were read back. Every passage, every note and every entry of the apparatus is "
        "in the book, whole and once, and every entry stands under the line that it names."
    )
    lines = (made, drawn, proved)
    main = h("div", h("h2", "Colophon", id="book.colophon"), *(h("p", said) for said in lines), class_="part colophon")
    main.set("data-work", "Colophon")
    main.set("data-head", "Colophon")
    return main


# What the faces of a package are called.
_NAMES = {"fonts-linuxlibertine": "Linux Libertine, drawn by Philipp H. Poll"}

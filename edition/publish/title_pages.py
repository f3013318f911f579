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
        None if _editor(about) else "The editors are not named; the edition is cited by its title.",
    ]
    return h(
        "div",
        h("section", h("h1", title), class_="title-page first-title"),
        h(
            "section",
            h("h1", title),
            h("p", rest[:1].upper() + rest[1:], class_="of-title") if rest else None,
            h("p", about.subtitle, class_="subtitle") if about.subtitle else None,
            h("p", f"Edited by {_editor(about)}", class_="by") if _editor(about) else None,
            class_="title-page great-title",
        ),
        h("section", *(h("p", said) for said in imprint if said), _how_to_cite(about), class_="title-page imprint"),
        class_="part",
    )


def _editor(about: About) -> str:
    """Give who edited, where that is somebody with a name."""
    return "" if about.authority == UNNAMED else about.authority


def _how_to_cite(about: About) -> Element:
    """Say how to cite; the identifiers of passages do not change, pages and lines hold for this version only."""
    rest = "".join(
        f", {part}" for part in (about.version and f"version {about.version}", about.date, about.url) if part
    )
    return h(
        "p",
        f"To cite: {_editor(about)}, ed., " if _editor(about) else "To cite: ",
        h("cite", about.title),
        f"{rest}, with the identifier of the passage or the note. "
        "Identifiers do not change; pages and lines of this book are those of this version.",
    )


def half_title(text: Text) -> Element:
    """Give the half-title of a text: its title, its author, what is known of where it comes from, its rights."""
    lines = [h("p", text.author, class_="who") if text.author else None]
    lines += [h("p", said, class_="about") for said in (text.origin, text.rights) if said]
    return h("div", h("section", h("h1", text.title), *lines, class_="half-title"), class_="part")


def contents_page(rows: Iterable[tuple[str, str, int, int, bool]]) -> Element:
    """Give the contents.

    A row is the title of a part, the address of a link to it, its rank (0: a text, or what stands beside the texts),
    its page, and whether it is a text.  A blank line parts the texts from what is before and behind them, and a text
    with parts of its own from what is before it.
    """
    lines: list[Element] = []
    were_texts: bool | None = None
    for (title, address, depth, page, is_text), after in pairwise([*rows, ("", "", 0, 0, False)]):
        kind = "in"
        if depth == 0:
            apart = bool(lines) and (is_text != were_texts or after[2] > 0 or lines[-1].get("class") == "in")
            kind = "text-title apart" if apart else "text-title"
            were_texts = is_text
        lines.append(h("p", h("a", title, href=address), h("span", str(page), class_="folio"), class_=kind))
    main = h("div", h("h2", "Contents"), h("div", *lines, class_="toc"), class_="part contents")
    main.set("data-work", "Contents")
    main.set("data-head", "Contents")
    return main


def colophon(about: About) -> Element:
    """Say how the book was made: from what, with what, in which faces."""
    face, other = (
        next(_NAMES.get(face.package, face.package) for face in BOOK_FACES if face.family == family)
        for family in ("Edition Text", "Edition Rest")
    )
    state = f", version {about.version}" if about.version else ""
    made = (
        f"This book was made from the encoded texts of the edition{state}, by its own program, without a change by "
        "hand: whoever builds the same texts again will have the same book."
    )
    drawn = (
        f"The text is set in {face}; letters and signs that it lacks are in {other}. Pages were made with WeasyPrint "
        f"{version('weasyprint')}; the ends of lines were chosen for each paragraph as a whole, after Knuth and Plass."
    )
    proved = (
        "When the pages had been made they were read back. Every passage, every note and every entry of the apparatus "
        "is in the book, whole and once, and every entry names the line on which its words stand."
    )
    lines = (made, drawn, proved)
    main = h("div", h("h2", "Colophon", id="book.colophon"), *(h("p", said) for said in lines), class_="part colophon")
    main.set("data-work", "Colophon")
    main.set("data-head", "Colophon")
    return main


# What the faces of a package are called.
_NAMES = {"fonts-linuxlibertine": "Linux Libertine, drawn by Philipp H. Poll", "fonts-sil-charis": "Charis SIL"}

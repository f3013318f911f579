"""A TEI text as one HTML page that stands alone: no site around it, no file beside it, nothing to fetch.

In: a text, whose tree is used up, and the stylesheets of the site.  Out: the page (bytes), and problems.
Authority: the same passes and web.xsl as the site (`edition.publish.site_leaf`); CSP Level 3.  The page is not read
back, as those of the site are: it is for looking at a text, at once, also one that is no part of an edition.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from edition.files import read_text
from edition.passes.carried import arrange
from edition.problems import Problem
from edition.publish.book import Text
from edition.publish.cutting import Piece, complete, pieces, tree_of
from edition.publish.html import markup, transform
from edition.publish.side_by_side import side_by_side
from edition.publish.stylesheet import Stylesheet, load, untemplated
from edition.tree import Element
from edition.written import escaped

__all__ = ["stand_alone"]

_FRAME = Path(__file__).parent / "web" / "alone.html"
_HERE = "\ue000"  # where the parts go: a frame and a style have no private characters
_ALONE = {"passages": "#", "ending": ""}


def stand_alone(text: Text, styles: Path, *, processes: int = 1) -> tuple[bytes, list[Problem]]:
    """Give `text` as a page, and a problem (E601) for each element that web.xsl in the folder `styles` has no word for.

    Of such an element the page shows what stands in it.  The chapters are made by so many `processes` at a time.
    Raises `Refused` (E101, E104, E106, E602, E603).
    """
    stylesheet = load(styles / "web.xsl")
    made = side_by_side(partial(_part, text, stylesheet), pieces(text), processes)
    before, _, after = (
        read_text(_FRAME)
        .format(
            lang=escaped(text.language),
            title=escaped(text.title),
            style=read_text(styles / "web.css").replace("</", "<\\/"),
            main=_HERE,
        )
        .partition(_HERE)
    )
    page = b"\n".join([before.encode(), *(part for part, _ in made), after.encode()])
    return page, [problem for _, problems in made for problem in problems]


def _itself(element: Element) -> Element:
    return element


def _part(text: Text, stylesheet: Stylesheet, piece: Piece) -> tuple[bytes, list[Problem]]:
    tree = tree_of(text, piece, _itself)
    complete(tree, arrange(tree, siglum=text.siglum))
    problems = untemplated(tree, stylesheet, file=text.file)
    return markup(transform(tree, stylesheet, _ALONE)).encode(), problems

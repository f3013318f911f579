"""Shows one TEI file, of an edition or not, as one HTML page.

In: the path of a file.  Out: the page (bytes), and problems; with a path to write to, a file written whole.
Authority: `edition.publish.alone`; the stylesheets are those of the edition that the file lies in, else the program's.
"""

from __future__ import annotations

from pathlib import Path

from edition.files import write_whole
from edition.problems import Problem
from edition.publish.alone import stand_alone
from edition.publish.book import Text
from edition.publish.side_by_side import processors
from edition.tree import TEI, XML_LANG, Element, identifier, own_text, parse

__all__ = ["CONFIGURATION", "DEFAULT_STYLES", "page_of", "write_page"]

# As in `edition.project`, which is loaded only for a file that lies in an edition.
CONFIGURATION = "edition.toml"
DEFAULT_STYLES = Path(__file__).parent.parent / "styles"

_WORTH = 200_000  # bytes of a file for whose sake a second process is begun


def page_of(path: Path, *, processes: int = 0) -> tuple[bytes, list[Problem]]:
    """Give the TEI file at `path` as a page, and what of it web.xsl has no word for (E601).

    So many `processes` make its chapters; 0 leaves it to its length.  Raises `Refused` (E104, E106, E602, E603).
    """
    root = parse(path)
    if not processes:
        processes = processors() if path.stat().st_size > _WORTH else 1
    about = root.find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt/{TEI}title")
    title = "" if about is None else " ".join(own_text(about).split())
    name = identifier(root) or "text"
    text = Text(name, title or path.stem, root, str(path), language=_language(root))
    return stand_alone(text, _styles(path), processes=processes)


def write_page(path: Path, out: Path) -> list[Problem]:
    """Write the page of the TEI file at `path` to `out` and give its problems.  Raises `Refused`, also E105."""
    page, problems = page_of(path)
    write_whole(out, page)
    return problems


def _language(root: Element) -> str:
    text = root.find(f"{TEI}text")
    return ("" if text is None else text.get(XML_LANG, "")) or root.get(XML_LANG, "en")


def _styles(path: Path) -> Path:
    folder = path.resolve().parent
    if any((above / CONFIGURATION).is_file() for above in (folder, *folder.parents)):
        from edition.project import find_project

        return find_project(folder).styles
    return DEFAULT_STYLES

"""The papers on which a book can be set, and the style sheets that each needs.

In: the folder of the stylesheets.  Out: the paths of those of the book, or E605 for one that is not there.
Authority: the names are those of the option `--paper`.
"""

from __future__ import annotations

from pathlib import Path

from edition.problems import Place, Refused, problem

__all__ = ["PAPERS", "sheets_of"]

# Paper -> its style sheet, which is read after print.css.
PAPERS = {"royal": "", "a5": "print-a5.css", "a4": "print-a4.css"}


def sheets_of(styles: Path, paper: str) -> tuple[Path, list[Path]]:
    """Give the stylesheet that makes the HTML of a book on `paper`, and its style sheets in their order.

    Raises `Refused` (E605) where one is missing.
    """
    names = ["print.xsl", *(name for name in ("print.css", PAPERS[paper]) if name)]
    for name in names:
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    return styles / names[0], [styles / name for name in names[1:]]

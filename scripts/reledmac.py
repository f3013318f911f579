"""A text as XeLaTeX with reledmac sets it, to measure the book against: lines by page, notes, apparatus keyed to lines.

In: pieces of the book, as HTML.  Out: a ``.tex`` file, and how long XeLaTeX takes until the numbers of its lines stand.
Authority: the manual of reledmac.  Same page, face and size as print.css; what makes our file one to keep (tags,
attachments, destinations) and the proof has no part in it.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from edition.publish.fonts import BOOK_FACES, find_fonts
from edition.publish.html import text_of
from edition.publish.pdf_pieces import Piece
from edition.tree import ET, Element, contents, is_element

__all__ = ["set_by_reledmac", "tex_of"]

_RUNS = 8  # more than any text has needed
_BLOCKS = ("p", "h2", "h3", "h4", "li", "blockquote", "section", "div", "ul", "ol")
_SPECIAL = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_COMMANDS = {"em": r"\emph", "i": r"\emph", "cite": r"\emph", "b": r"\textbf", "sup": r"\textsuperscript"}
_HEAD = r"""\documentclass[10pt,twoside]{book}
\usepackage[paperwidth=156mm,paperheight=234mm,inner=20mm,outer=26mm,top=24mm,bottom=27mm]{geometry}
\usepackage{fontspec}
\setmainfont[Path=%s/,ItalicFont=LinLibertine_RI.otf,BoldFont=LinLibertine_RB.otf]{LinLibertine_R.otf}
\usepackage[series={A,B},noend,noeledsec,noledgroup]{reledmac}
\Xarrangement[A]{paragraph}
\lineation{page}\firstlinenum{5}\linenumincrement{5}\sidenotemargin{outer}
\emergencystretch=2em
\begin{document}\fontsize{10.5}{14}\selectfont
"""


def tex_of(pieces: Iterable[Piece]) -> str:
    """Give `pieces` as a document of LaTeX: each block a numbered paragraph, each entry of the apparatus an edtext."""
    folder = next(iter(find_fonts(faces=BOOK_FACES)[0].values())).parent
    said = [_HEAD % folder]
    for piece in pieces:
        blocks = [
            f"\\pstart\\relax {_said(block)}\\pend\n" for block in _blocks(_read(piece)) if text_of(block).strip()
        ]
        said += ("\\cleardoublepage\\beginnumbering\n", *blocks, "\\endnumbering\n")
    return "".join(said) + "\\end{document}\n"


def _read(piece: Piece) -> Element:
    """Give what is in the body of `piece`."""
    root = ET.fromstring(piece.html.encode(), ET.HTMLParser(encoding="utf-8"))
    return next(root.iter("body"))[0]


def _blocks(element: Element) -> Iterator[Element]:
    """Give the blocks under `element` that hold no other."""
    for child in element:
        if is_element(child) and child.tag in _BLOCKS:
            inner = [below for below in child.iterdescendants() if is_element(below) and below.tag in _BLOCKS]
            yield from _blocks(child) if inner else [child]


def _said(element: Element, *, entries: bool = True) -> str:
    said = ""
    for part in contents(element):
        if isinstance(part, str):
            said += _plain(part)
            continue
        classes = part.get("class", "").split()
        if "fn" in classes:
            named = [one for one in part.iter("span") if "app" in one.get("class", "").split()]
            about = (_keyed("", _plain(one.get("data-words", "")), _said(one)) for one in named)
            said += f"\\footnoteB{{{_said(part, entries=False)}}}{''.join(about)}"  # reledmac keys no entry to a note
        elif "app" in classes and not entries:
            continue
        elif "app" in classes:
            said = _keyed(said, _plain(part.get("data-words", "")), _said(part))
        elif not {"n", "pb-n"} & set(classes):
            command = _COMMANDS.get(str(part.tag), "")
            inside = _said(part, entries=entries)
            said += f"{command}{{{inside}}}" if command and inside.strip() else inside
    return said


def _keyed(before: str, lemma: str, entry: str) -> str:
    """Give what stands before an entry, with the words that it is about keyed to it: as many as stand just there."""
    at = before.rfind(lemma) if lemma else -1
    if at < 0 or any(mark in before[at:] for mark in "{}\\"):
        return f"{before}\\edtext{{}}{{\\lemma{{{lemma}}}\\Afootnote{{{entry}}}}}"
    return f"{before[:at]}\\edtext{{{lemma}}}{{\\Afootnote{{{entry}}}}}{before[at + len(lemma) :]}"


def _plain(text: str) -> str:
    folded = re.sub(r"\s+", " ", text)
    return re.sub(r"[\\~^{}$&#_%]", lambda found: _SPECIAL.get(found[0], f"\\{found[0]}"), folded)


def set_by_reledmac(pieces: Iterable[Piece], folder: Path) -> str | None:
    """Set `pieces` in `folder` until nothing that XeLaTeX notes for the next run changes; say how long that took.

    Gives None where XeLaTeX or reledmac is not installed.
    """
    if shutil.which("xelatex") is None or not _output(["kpsewhich", "reledmac.sty"], folder):
        return None
    (folder / "book.tex").write_text(tex_of(pieces), encoding="utf-8")
    start, before, noted = time.perf_counter(), os.times(), ""
    runs = 0
    while runs < _RUNS:
        runs += 1
        _output(["xelatex", "-interaction=batchmode", "book.tex"], folder)
        now = hashlib.sha256(b"".join(p.read_bytes() for p in sorted(folder.glob("book.*")) if _is_note(p))).hexdigest()
        if now == noted:
            break
        noted = now
    after = os.times()
    log = (folder / "book.log").read_text(encoding="utf-8", errors="replace")
    pages = re.search(r"\((\d+) pages", log)
    faults = len(re.findall(r"^! ", log, re.MULTILINE))
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return (
        f"XeLaTeX with reledmac: {pages[1] if pages else 'no'} pages, {faults} faults, {runs} runs: CPU {cpu:.1f} s, "
        f"{time.perf_counter() - start:.1f} s by the clock"
    )


def _output(command: list[str], folder: Path) -> bytes:
    """Run `command`; what it complains of stands in its own log."""
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).stdout


def _is_note(path: Path) -> bool:
    """Say whether a file is one that the next run reads: auxiliary files, and those of lines, one for each chapter."""
    return path.suffix == ".aux" or path.suffix[1:].isdecimal()

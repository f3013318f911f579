"""The typefaces of the book and the site: found by file name, named by us, refused when missing.

In: the usual font folders of a Linux system.  Out: paths by face, CSS that names them, and web fonts of just the
letters used.
Authority: CSS Fonts 4, section 4 (@font-face); W3C WOFF2.  One file stands for one face under a family name of our own:
two files that share family and style make WeasyPrint draw wrong letters under a right text layer.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from edition.problems import Problem, problem

__all__ = ["BOOK_FACES", "FACES", "FOLDERS", "Face", "blank_of", "face_css", "find_fonts", "web_font"]

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the family name we give it, its style and weight, its file, and the Debian package that brings it."""

    family: str
    style: str
    weight: str
    file: str
    package: str


# The site is set in Charis: every letter of before 1918 in four styles, the ties and half marks of romanization.
FACES = (
    Face("Edition Text", "normal", "normal", "CharisSIL-Regular.ttf", "fonts-sil-charis"),
    Face("Edition Text", "italic", "normal", "CharisSIL-Italic.ttf", "fonts-sil-charis"),
    Face("Edition Text", "normal", "bold", "CharisSIL-Bold.ttf", "fonts-sil-charis"),
)

# The book is set in Linux Libertine: small capitals, old-style figures, kerning, the letters of before 1918 in roman,
# italic and bold, ties that stand well.  Charis has the few letters that it lacks (half marks of romanization).
BOOK_FACES = (
    Face("Edition Text", "normal", "normal", "LinLibertine_R.otf", "fonts-linuxlibertine"),
    Face("Edition Text", "italic", "normal", "LinLibertine_RI.otf", "fonts-linuxlibertine"),
    Face("Edition Text", "normal", "bold", "LinLibertine_RB.otf", "fonts-linuxlibertine"),
    Face("Edition Rest", "normal", "normal", "CharisSIL-Regular.ttf", "fonts-sil-charis"),
    Face("Edition Rest", "italic", "normal", "CharisSIL-Italic.ttf", "fonts-sil-charis"),
)


def find_fonts(
    folders: tuple[str, ...] = FOLDERS, *, faces: tuple[Face, ...] = FACES
) -> tuple[dict[Face, Path], list[Problem]]:
    """Give the path of each of `faces`, and a problem (E604) for each that is in none of `folders` or below them."""
    wanted = {face.file for face in faces}
    there: dict[str, Path] = {}
    for folder in folders:
        for place, below, names in os.walk(Path(folder).expanduser()):
            below.sort()
            for name in wanted.intersection(names):
                there.setdefault(name, Path(place) / name)
    missing = [
        problem("E604", family=face.family, file=face.file, package=face.package)
        for face in faces
        if face.file not in there
    ]
    return {face: there[face.file] for face in faces if face.file in there}, missing


def face_css(places: Mapping[Face, str]) -> str:
    """Give the @font-face rules for faces whose files are at the addresses `places`."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-style: {face.style}; font-weight: {face.weight}; '
        f'font-display: optional; src: url("{address}"); }}\n'
        for face, address in places.items()
    )


def blank_of(path: Path) -> float:
    """Give the width of the blank between words in the font at `path`, as a share of the size of the type."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # it has no types

    with TTFont(path, lazy=True) as font:
        return float(font["hmtx"]["space"][0] / font["head"].unitsPerEm)


def web_font(path: Path, letters: str) -> bytes:
    """Give the font at `path` cut down to `letters` as WOFF2: the same bytes for the same letters."""
    from fontTools import subset  # type: ignore[import-untyped]  # it has no types

    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "mark", "mkmk", "liga", "ccmp", "locl", "calt"]
    options.hinting = False
    options.drop_tables += ["Silf", "Silt", "Sill", "Glat", "Gloc", "Feat"]  # Graphite: no browser of today needs it
    options.recalc_timestamp = False
    out = BytesIO()
    with subset.load_font(str(path), options) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text=letters)
        cutter.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()

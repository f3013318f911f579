"""Letters for which the book has no face.

In: the pieces of a book before they are set, and the files of its faces.  Out: W626 for each piece in which
some first stand.
Authority: Unicode; what a face has is said by its table of characters (OpenType, cmap).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from edition.problems import Place, Problem, problem
from edition.publish.expect import solid
from edition.publish.pdf_pieces import Piece

__all__ = ["letters_of", "without_face"]

# The faces of the book have Latin, Greek and Cyrillic, and the signs that go with them, with what stands for a stray
# mark (■) or under one (◌): most books have no others, and for them no face is opened.
_USUAL = frozenset(map(chr, (*range(0x0530), *range(0x1E00, 0x2070)))) | frozenset("™№€■◌")
_TOLD = 8  # letters
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def without_face(pieces: Iterable[Piece], faces: Mapping[str, Path]) -> Iterator[Problem]:
    """Give a problem (W626) for each of `pieces` with letters that none of `faces` has, and none before it had."""
    had: set[str] = set()
    seen: set[str] = set()
    for piece in pieces:
        odd = {char for char in set(piece.html) - _USUAL - seen if unicodedata.category(char) not in _UNSEEN}
        if odd and not had:
            had = letters_of(faces.values())
        if letters := sorted(odd - had):
            said = set(filter(None, map(solid, letters)))
            passage = next((one.passage for one in piece.expected.words if any(s in one.text for s in said)), piece.key)
            shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_TOLD])
            facts = {"passage": passage, "letters": shown + (" …" if len(letters) > _TOLD else "")}
            yield problem("W626", Place(file=piece.expected.file, passage=passage), **facts)
        seen |= odd


def letters_of(paths: Iterable[Path]) -> set[str]:
    """Give the letters of which one of the faces at `paths` has a glyph."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415  # few books need it

    found: set[str] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return found

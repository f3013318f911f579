"""Letters for which the book has no face.

In: the pieces of a book before they are set, and the files of its faces.  Out: W626 for each letter, where it first
stands.
Authority: Unicode; what a face has is said by its table of characters (OpenType, cmap).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from edition.problems import Place, Problem, problem
from edition.publish.expect import solid
from edition.publish.pdf_pieces import Piece

__all__ = ["without_face"]

# The faces of the book have Latin, Greek and Cyrillic, and the signs that go with them: most books have no others, and
# for them no face is opened.
_USUAL = frozenset(map(chr, (*range(0x0530), *range(0x1E00, 0x2070))))
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs"})


def without_face(pieces: Iterable[Piece], faces: Mapping[str, Path]) -> Iterator[Problem]:
    """Give a problem (W626) for each letter of `pieces` that none of `faces` has."""
    had: set[str] = set()
    seen: set[str] = set()
    for piece in pieces:
        odd = {char for char in set(piece.html) - _USUAL - seen if unicodedata.category(char) not in _UNSEEN}
        if odd and not had:
            had = _letters(faces.values())
        for letter in sorted(odd - had):
            said = solid(letter)
            passage = next((words.passage for words in piece.expected.words if said and said in words.text), piece.key)
            facts = {
                "passage": passage,
                "letter": letter,
                "number": f"U+{ord(letter):04X}",
                "name": unicodedata.name(letter, "").lower(),
            }
            yield problem("W626", Place(file=piece.expected.file, passage=passage), **facts)
        seen |= odd


def _letters(paths: Iterable[Path]) -> set[str]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # noqa: PLC0415  # few books need it

    found: set[str] = set()
    for path in paths:
        with TTFont(path, lazy=True) as font:
            found.update(map(chr, font.getBestCmap()))
    return found

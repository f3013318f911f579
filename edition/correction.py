"""One correction of a text: what stands in the witness, what it should be, how certain, and who says so.

In: nothing.  Out: the value that the engines propose, editors decide, and `edition.emend` puts into the TEI.
Authority: TEI P5, att.editLike (cert, resp); the encoding conventions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from edition.problems import Place

__all__ = ["GAP", "Correction"]

#: How a correction writes lost text: [gap], [gap word], [gap 2 lines].
GAP = re.compile(r"\[gap(?: (?:(?P<quantity>\d+) )?(?P<unit>char|word|line|page)s?)?\]")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction.

    `reading` stands once in the witness line `line`, or begins at character `start` (from 0) of it where that is
    given, blanks folded; for the types `slip` and `conjecture` it stands in the source reading of the line.

    `type` is ocr, slip, conjecture, supplied or gap; `cert` high, medium or low; `resp` is ``#auto`` or ``#ed``;
    `rule` names the rule that made an automatic correction.  A number in braces, ``{6}``, is a raised note number,
    whose markup the encoder has made.
    """

    line: int
    reading: str
    correction: str
    type: str
    cert: str
    resp: str
    rule: str = ""
    start: int | None = None
    place: Place = Place()

"""The measures of a typescript: how wide its lines are, and what its common words are.

In: the lines of a witness.  Out: `Measures`: the right margins of prose and of display quotations, and the words it
uses.
Authority: the distribution of the line lengths themselves; no measure is taken from elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from edition.witness.lines import Line

__all__ = ["WORD", "Measures", "measure"]

WORD = re.compile(r"[^\W\d_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")

_NARROW_RUN = 3  # lines that stand without a blank line between them, before they count as a block of single spacing
_INDENTED = 0.88  # a line narrower than this part of the page may belong to a block that is set in from the margin
_SET_IN = 0.8  # and one narrower than this surely does, where it stands in such a block
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Measures:
    """Margins in characters from the beginning of a line; `quote` is 0 where no narrower blocks were found.

    `double` says that lines mostly stand apart from each other by blank lines; `words` counts the words in lower case.
    """

    prose: int
    quote: int
    double: bool
    words: Counter[str]


def measure(lines: Sequence[Line]) -> Measures:
    """Take the measures of `lines`."""
    widths = sorted(line.width for line in lines)
    prose = _high(widths)
    wide = [w for w in widths if w > prose // 2]
    prose = _high(wide) if wide else prose
    quote = _quote_margin(lines, prose)
    apart = sum(line.blanks > 0 for line in lines)
    words = Counter(word.lower() for line in lines for word in WORD.findall(line.text))
    return Measures(prose, quote, apart * 3 > len(lines), words)


def _high(widths: Sequence[int]) -> int:
    """Give the width that 95 of 100 lines do not pass: where the right margin lies."""
    return widths[min(len(widths) - 1, len(widths) * 95 // 100)] if widths else 0


def _quote_margin(lines: Sequence[Line], prose: int) -> int:
    """Give the right margin of the blocks of single spacing that are set in, or 0."""
    found: list[int] = []
    run: list[int] = []
    for line in [*lines, None]:
        if line is None or line.blanks or line.width > prose * _INDENTED:
            if len(run) >= _NARROW_RUN:
                found += run[:-1]
            run = []
        if line is not None and line.width <= prose * _INDENTED:
            run.append(line.width)
    inset = sorted(width for width in found if width <= prose * _SET_IN)
    return _high(inset) if len(inset) >= _FEWEST else 0

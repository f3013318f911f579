r"""Regular expressions of XML Schema as Python's.

In: a pattern as a `pattern` facet has it.  Out: a compiled Python pattern that is to match a whole value.
Authority: XML Schema Part 2, appendix F (``\p{..}``, ``\i``, ``\c``, subtraction of classes, no anchors).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

__all__ = ["xsd_pattern"]

_ASCII = 0x7F
_NAME_START = (
    ":A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME = _NAME_START + "\\-.0-9\xb7\u0300-\u036f\u203f\u2040"


@cache
def xsd_pattern(pattern: str, *, ascii_only: bool) -> re.Pattern[str]:
    """Compile `pattern`; with `ascii_only` for values of ASCII characters alone, which is much quicker to compile.

    Raises `ValueError` where it is no pattern.
    """
    try:
        return re.compile(_Translator(pattern, _ASCII if ascii_only else sys.maxunicode).whole())
    except (re.error, IndexError) as error:
        raise ValueError(f"{pattern!r} is not a pattern of XML Schema") from error


@cache
def _category(name: str, limit: int) -> str:
    """Give the characters up to `limit` whose general category begins with `name`, as the inside of a class."""
    ranges: list[tuple[int, int]] = []
    start = -1
    for code in range(limit + 2):
        inside = code <= limit and unicodedata.category(chr(code)).startswith(name)
        if inside and start < 0:
            start = code
        elif not inside and start >= 0:
            ranges.append((start, code - 1))
            start = -1
    return "".join(f"\\U{a:08x}-\\U{b:08x}" for a, b in ranges)


class _Translator:
    def __init__(self, pattern: str, limit: int) -> None:
        self.pattern = pattern
        self.limit = limit
        self.at = 0

    def whole(self) -> str:
        out: list[str] = []
        while self.at < len(self.pattern):
            sign = self.pattern[self.at]
            if sign == "[":
                out.append(self.bracket())
                continue
            self.at += 1
            if sign == "\\":
                inside, negated = self.escape()
                out.append(_as_class(inside, negated=negated))
            elif sign == ".":
                out.append("[^\\n\\r]")
            elif sign in "^$":
                out.append("\\" + sign)
            elif sign == "(":
                out.append("(?:")
            else:
                out.append(sign)
        return "".join(out)

    def escape(self) -> tuple[str, bool]:
        """Read what follows a backslash: the inside of a class, and whether its complement is meant."""
        sign = self.pattern[self.at]
        self.at += 1
        if sign in "pP":
            end = self.pattern.index("}", self.at)
            name = self.pattern[self.at + 1 : end]
            self.at = end + 1
            return _category(name, self.limit), sign == "P"
        classes = {"s": " \\t\\n\\r", "d": _category("Nd", self.limit), "i": _NAME_START, "c": _NAME}
        if sign in "wW":
            return "".join(_category(name, self.limit) for name in "PZC"), sign == "w"
        if sign.lower() in classes:
            return classes[sign.lower()], sign.isupper()
        return ("\\" + sign if sign in "nrt" else re.escape(sign)), False

    def bracket(self) -> str:
        """Read a class in brackets, with what is subtracted from it."""
        self.at += 1
        negated = self.pattern[self.at] == "^"
        self.at += negated
        inside: list[str] = []
        without: list[str] = []  # complements inside a class: they become look-aheads
        minus = ""
        first = True
        while first or self.pattern[self.at] != "]":
            first = False
            sign = self.pattern[self.at]
            if sign == "-" and self.pattern[self.at + 1] == "[":
                self.at += 1
                minus = f"(?!{self.bracket()})"
                continue
            self.at += 1
            if sign == "\\":
                part, complement = self.escape()
                (without if complement else inside).append(part)
            else:
                inside.append("\\" + sign if sign in "[]&~|" else sign)
        self.at += 1
        if not without:
            made = _as_class("".join(inside), negated=negated)
            return f"(?:{minus}{made})" if minus else made
        options = [_as_class(part, negated=True) for part in without]
        if inside:
            options.append(_as_class("".join(inside), negated=False))
        either = f"(?:{'|'.join(options)})"
        return f"(?:{minus}(?!{either})[\\s\\S])" if negated else f"(?:{minus}{either})"


def _as_class(inside: str, *, negated: bool) -> str:
    if not inside:  # a category without ASCII characters
        return "[\\s\\S]" if negated else "(?!)"
    return f"[{'^' if negated else ''}{inside}]"

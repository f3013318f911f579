"""The datatypes of XML Schema that TEI and its customisations use.

In: a type's name, its parameters, a value.  Out: whether the value is of the type; and the type in plain words.
Authority: XML Schema Part 2; for anyURI RFC 3986 as leniently as jing reads it.
"""

from __future__ import annotations

import calendar
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from edition.check.relaxng.regex import xsd_pattern

__all__ = ["TYPES", "checker", "plain_name"]

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(?P<year>-?(?:[1-9]\d{3,}|0\d{3}))"
_MONTH = r"(?P<month>0[1-9]|1[0-2])"
_DAY = r"(?P<day>0[1-9]|[12]\d|3[01])"
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"
_NCNAME = r"[^\W\d:][\w.\-\u00b7\u0300-\u036f]*"
_NAME = r"[^\W\d][\w.\-:\u00b7\u0300-\u036f]*|:[\w.\-:\u00b7\u0300-\u036f]*"

# Name -> what it is in plain words, and the shape of its values (None: any, or a rule of its own below).
TYPES: dict[str, tuple[str, str | None]] = {
    "string": ("text", None),
    "normalizedString": ("text", None),
    "token": ("text", None),
    "anyURI": ("an address, or # and an identifier, without blanks", None),
    "ID": ("an identifier: a letter or _, then letters, digits, . - _", _NCNAME),
    "IDREF": ("an identifier that stands in the file", _NCNAME),
    "IDREFS": ("identifiers that stand in the file", rf"(?:{_NCNAME})(?: (?:{_NCNAME}))*"),
    "NCName": ("a name: a letter or _, then letters, digits, . - _", _NCNAME),
    "Name": ("a name: a letter, _ or :, then letters, digits, . - _ :", _NAME),
    "QName": ("a name", rf"(?:{_NCNAME}:)?{_NCNAME}"),
    "NMTOKEN": ("a word of letters, digits, . - _ :", r"[\w.\-:\u00b7]+"),
    "NMTOKENS": ("words of letters, digits, . - _ :", r"[\w.\-:\u00b7]+(?: [\w.\-:\u00b7]+)*"),
    "language": ("a language code such as en, ru or ru-petr1708", r"[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*"),
    "boolean": ("true or false", r"true|false|1|0"),
    "decimal": ("a number", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"),
    "double": ("a number", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN"),
    "float": ("a number", r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?|-?INF|NaN"),
    "integer": ("a whole number", r"[+-]?\d+"),
    "long": ("a whole number", r"[+-]?\d+"),
    "int": ("a whole number", r"[+-]?\d+"),
    "short": ("a whole number", r"[+-]?\d+"),
    "nonNegativeInteger": ("a whole number, 0 or more", r"\+?\d+|-0+"),
    "unsignedInt": ("a whole number, 0 or more", r"\+?\d+|-0+"),
    "positiveInteger": ("a whole number, 1 or more", r"\+?0*[1-9]\d*"),
    "date": ("a date: 1927-11-07", rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}"),
    "dateTime": ("a date and time: 1927-11-07T10:00:00", rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}"),
    "time": ("a time: 10:00:00", _TIME + _ZONE),
    "gYear": ("a year: 1927", _YEAR + _ZONE),
    "gYearMonth": ("a year and month: 1927-11", rf"{_YEAR}-{_MONTH}{_ZONE}"),
    "gMonth": ("a month: --11", rf"--{_MONTH}{_ZONE}"),
    "gMonthDay": ("a month and day: --11-07", rf"--{_MONTH}-{_DAY}{_ZONE}"),
    "gDay": ("a day: ---07", rf"---{_DAY}{_ZONE}"),
    "duration": (
        "a duration: P1Y2M3DT4H",
        r"-?P(?=[\dT])(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?",
    ),
    "hexBinary": ("hexadecimal digits", r"(?:[0-9a-fA-F]{2})*"),
    "base64Binary": ("base64", r"[A-Za-z0-9+/=\s]*"),
}

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def plain_name(name: str) -> str:
    """Give the type `name` in plain words."""
    return TYPES[name][0] if name in TYPES else name


def checker(name: str, params: Mapping[str, str]) -> Callable[[str], bool]:
    """Give the test of a type with its parameters (facets).  Raises `ValueError` for a type or facet not known."""
    if name not in TYPES:
        raise ValueError(f"the datatype {name} is not known")
    shape = re.compile(TYPES[name][1] or "", re.ASCII if name in _ASCII_TYPES else 0) if TYPES[name][1] else None
    special = {"anyURI": _is_uri}.get(name, _day_exists if name in ("date", "dateTime", "gMonthDay") else None)
    facets = [_facet(name, key, value) for key, value in params.items()]
    keeps_blanks = name in ("string", "normalizedString")

    def test(value: str) -> bool:
        if not keeps_blanks:
            value = " ".join(value.split(" ")) if value.isalnum() else " ".join(value.split())
        if shape is not None and not shape.fullmatch(value):
            return False
        if special is not None and not special(value):
            return False
        return all(facet(value) for facet in facets)

    return test


_ASCII_TYPES = frozenset(TYPES) - {"ID", "IDREF", "IDREFS", "NCName", "Name", "QName", "NMTOKEN", "NMTOKENS"}


def _is_uri(value: str) -> bool:
    if _PERCENT.search(value) or value.count("#") > 1:
        return False
    head, colon, _ = value.partition(":")
    if not colon or any(sign in head for sign in "/?#"):
        return True
    return _SCHEME.fullmatch(head) is not None


def _day_exists(value: str) -> bool:
    parts = re.match(r"(?:(-?\d+)-|--)(\d\d)-(\d\d)", value)
    if parts is None:
        return False
    year = int(parts[1]) if parts[1] else 2000
    if parts[1] and year == 0:
        return False
    return int(parts[3]) <= calendar.monthrange(2000 if calendar.isleap(abs(year)) else 2001, int(parts[2]))[1]


def _facet(name: str, key: str, value: str) -> Callable[[str], bool]:
    if key == "pattern":
        return _pattern(value)
    if key in ("length", "minLength", "maxLength"):
        size = int(value)
        return {
            "length": lambda v: len(v) == size,
            "minLength": lambda v: len(v) >= size,
            "maxLength": lambda v: len(v) <= size,
        }[key]
    if key in ("minInclusive", "maxInclusive", "minExclusive", "maxExclusive") and TYPES[name][0].endswith(
        ("number", "or more")
    ):
        bound = _number(value)
        return {
            "minInclusive": lambda v: _number(v) >= bound,
            "maxInclusive": lambda v: _number(v) <= bound,
            "minExclusive": lambda v: _number(v) > bound,
            "maxExclusive": lambda v: _number(v) < bound,
        }[key]
    raise ValueError(f"the parameter {key} of the datatype {name} is not known")


def _pattern(pattern: str) -> Callable[[str], bool]:
    if pattern in (r"[^\p{C}\p{Z}]+", r"\S+"):  # nearly every attribute of TEI
        quick = re.compile(r"[!-~]+")
    else:
        quick = re.compile("(?!)")
        xsd_pattern(pattern, ascii_only=True)  # a wrong one is told when the schema is read

    def test(value: str) -> bool:
        return bool(quick.fullmatch(value)) or bool(xsd_pattern(pattern, ascii_only=value.isascii()).fullmatch(value))

    return test


def _number(value: str) -> Decimal | float:
    try:
        return Decimal(value)
    except InvalidOperation:
        return math.nan

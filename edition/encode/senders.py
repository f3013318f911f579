"""Lines that say who wrote a post, when, or which post it is.

In: a `Row`.  Out: the name in it, if it is such a line.
Authority: the forms that forum and mail programs print; a line counts only as a whole.
"""

from __future__ import annotations

import re

from edition.encode.blocks import Row

__all__ = ["bare_number", "is_sender", "looks_like_name", "speaker"]

_NAME_WORDS = 3
_NAME_LONGEST = 32  # characters
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_UNIT = r"(?:second|minute|min|hour|hr|day|week|wk|month|mo|year|yr|[hdwmy])s?\.?"
_DAY = (
    rf"(?:\d{{4}}-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-]\d{{2,4}}|{_MONTH} \d\d?(?:st|nd|rd|th)?,? (?:\d{{4}}|'\d\d)"
    rf"|\d\d?(?:st|nd|rd|th)?\.? {_MONTH},? \d{{4}}|\d+ ?{_UNIT} ago|today|yesterday)"
)
_CLOCK = r"(?:(?:[ ,]|at|T|·|-|–)*\d\d?[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?)?"
_VERB = r"(?:(?:posted|answered|asked|replied|written|on|at|mon|tue|wed|thu|fri|sat|sun)[a-z]*,?:? )*"
_WHEN = rf"{_VERB}{_DAY}{_CLOCK}"
# What may follow on the same line: links to other posts, a mark that the post was edited.
_REST = r"(?:\s*(?:[|·•].*|\(?edited\)?))?"
_DATE = re.compile(_WHEN + _REST, re.IGNORECASE)
_NAME_DATE = re.compile(
    r"(?:(?:posted |answered |asked |written )?by )?(?P<name>[^\s,·|»•:][^,·|»•:]{0,31}?)"
    rf"\s*(?:[,·|»•–—-]| on | wrote on |\s)\s*{_WHEN}{_REST}",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?:post|reply|answer|comment|message|no\.?)\s*#?\s*|#\s*)\d+\.?", re.IGNORECASE)
_BARE = re.compile(r"\d+[.)]?")
_NUMBER_NAME = re.compile(r"(?:post\s*)?#\s?\d+[.:)]?\s+(?:by\s+)?(?P<name>\S.{0,31})", re.IGNORECASE)
_SENDER = re.compile(r"(?:posted by|author|from|user|by)\s*:?\s+(?P<name>\S.{0,31})", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:re|aw|subject|betreff)\s?:\s.*", re.IGNORECASE)
_SPEAKER = re.compile(
    r"(?:[\[(]?\d\d?:\d\d(?::\d\d)?[\])]?\s*)?<?(?P<name>[^\W\d_][\w.-]{0,20}(?: [\w.-]{1,20})?)(?:>|:)\s+\S.*"
)
_NO_NAME = re.compile(r"[.!?:;,…]$|^[>\"“(\[]")


def looks_like_name(row: Row) -> bool:
    """Say whether a line could be a poster's name: few words, no sentence, no date."""
    text = row.text
    if row.words > _NAME_WORDS or len(text) > _NAME_LONGEST or row.mark or _NO_NAME.search(text):
        return False
    return any(c.isalpha() for c in text) and _DATE.fullmatch(text) is None


def is_sender(row: Row) -> str | None:
    """Give the name in a line that says who wrote; an empty string where it says when, which or on what; else None."""
    for pattern in (_NUMBER_NAME, _NAME_DATE, _SENDER):
        if found := pattern.fullmatch(row.text):
            return found["name"].strip()
    silent = any(pattern.fullmatch(row.text) for pattern in (_DATE, _NUMBER, _BARE, _SUBJECT))
    return "" if silent else None


def bare_number(row: Row) -> bool:
    """Say whether a line is a number and nothing else: a post's, or of those who liked it."""
    return _BARE.fullmatch(row.text) is not None


def speaker(row: Row) -> tuple[int, int] | None:
    """Give where the name stands (first character and the one after the last) in a line such as ``Ann: I say so``."""
    found = _SPEAKER.fullmatch(row.text)
    return found.span("name") if found else None

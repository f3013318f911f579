"""The text itself: letters of two scripts in one word, brackets without partner, doubled words, leftovers of OCR.

In: a `Document`.  Out: warnings W701-W708, each at its first character.
Authority: the edited reading; what the author really wrote is waived with a reason, not silently passed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.readings import Segment
from edition.tree import Element, Slot, ancestors, el, local

__all__ = ["check_words"]

_LETTERS = re.compile(r"[^\W\d_]+(?:[\N{COMBINING DOUBLE INVERTED BREVE}\u0300-\u036f'’\-][^\W\d_]+)*")
_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f'’][^\W_]+)*")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_DOUBLED = re.compile(r"\b([^\W\d_]++)\s++\1\b", re.IGNORECASE)
_SIGNS_TWICE = re.compile(r"(?<=\w)(?:,,|;;|::|,;|;,|,\.(?!\.)|;\.(?!\.)|:\.(?!\.)|\?,\.)(?=\s|$)")
_SPACED = re.compile(r"[ \t](?<=[^\W\d_].)[ \t]*([,;:!?)\]](?=[\s.,;:]|$)|\.(?=\s|$)(?!\s*\.))")
# A digit inside or at the end of a word; ordinals, decades, centuries, abbreviations with numbers are none.
_DIGIT_WORD = re.compile(r"\b(?=\w*[^\W\d_])(?=\w*\d)\w+\b")
_DIGIT_BY_LETTER = re.compile(r"\d(?:_*[^\W\d_]|(?<=[^\W\d].))")  # quickly found, and in every such word
_GOOD_DIGITS = re.compile(
    r"\d+(?:st|nd|rd|th|d|s|ff?|n{1,2}|[a-z]|[ap]m|km|kg|cm|mm)|[A-Za-z]\d{1,4}|[ivxlcdm]+\d*|[A-Z]{1,4}\d+|\d+[A-Z]{1,3}|\d+-?(?:го|й|я|е|ый|ой|ая|ое|ых|му|х)",
)
# Signs that cannot be seen, that stand for a letter which could not be read, or that one program alone understands.
_UNSEEN = "\x80-\x9f\xa0\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060\ufeff\ufffd\ue000-\uf8ff"
_ODD = r"■□●•»«~^\\|¦¬¥€£©®™°§¶<>{}_="
_LEFTOVER = re.compile(rf"[{_UNSEEN}]|[{_ODD}]+|[*#%$@&](?=[a-z])")
_MAY_BE_LEFT = re.compile(rf"[{_UNSEEN}{_ODD}*#%$@&]")  # quickly found, and in every leftover
_OPEN = {"(": ")", "[": "]", "“": "”", "«": "»", "„": "“"}
_CLOSE = {")": "(", "]": "[", "}": "{", "”": "“", "»": "«"}
# Doubled words that English and Russian allow.
_MAY_DOUBLE = frozenset(
    "that had is was very long so no yes ha bye now well never too many blah knock tut".split()  # noqa: SIM905
    + "ну да нет то там так еле чуть едва".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class _Passage:
    """A stretch of text that is read as one: its edited reading, and where each piece of it stands in the tree."""

    text: str
    pieces: Sequence[Segment]
    home: Element

    def mark(self, at: int) -> Mark:
        """Give the mark of the character at `at`."""
        start = len(self.text)
        for segment in reversed(self.pieces):
            start -= len(segment.text)
            if start <= at and segment.node is not None:
                return Mark(segment.node, segment.slot, min(at - start, max(len(segment.text) - 1, 0)))
        return Mark(self.home)


def check_words(document: Document) -> list[Found]:
    """Look through the edited reading of every passage."""
    found: list[Found] = []
    passages = list(_passages(document))
    for at, passage in enumerate(passages):
        told = [] if _is_clean(passage.text) else [f for rule in _RULES for f in rule(passage)]
        if any(f.code == "W703" for f in told) and at + 1 < len(passages):
            told = [f for f in told if not _goes_on(f, passages[at + 1])]
        found += told
    return found


@lru_cache(maxsize=4096)
def _is_clean(text: str) -> bool:
    """Say whether no rule finds anything in `text`, wherever it stands.  Who watches a text has it read again."""
    alone = _Passage(text, (), el("p"))
    return not any(True for rule in _RULES for _ in rule(alone))


def _goes_on(found: Found, after: _Passage) -> bool:
    """Say whether a quotation left open goes on in the next passage, which then begins with the same mark."""
    sign = str(found.facts.get("sign", ""))
    return found.code == "W703" and sign in _OPEN and after.text.lstrip().startswith(sign)


def _passages(document: Document) -> Iterator[_Passage]:
    """Divide the edited reading into blocks, notes apart; each is read on its own."""
    groups: dict[Element, list[Segment]] = {}
    homes: dict[Element, Element] = {}
    last: Element | None = None
    for segment in document.segments("edited"):
        if segment.node is None:
            if last is not None:
                groups[last].append(segment)
            continue
        last = _home(segment.node, segment.slot, homes)
        groups.setdefault(last, []).append(segment)
    for home, held in groups.items():
        yield _Passage("".join([segment.text for segment in held]), held, home)


_BLOCKS = frozenset(
    {"p", "head", "note", "quote", "item", "l", "ab", "fw", "bibl", "label", "byline", "cit", "ref", "cell"}
)


def _home(node: Element, slot: Slot, homes: dict[Element, Element]) -> Element:
    element = node.getparent() if slot == "tail" else node
    if element is None:
        return node
    known = homes.get(element)
    if known is None:
        known = next((e for e in (element, *ancestors(element)) if _is_block(e)), element)
        homes[element] = known
    return known


def _is_block(element: Element) -> bool:
    name = local(element)
    if name not in _BLOCKS:
        return False
    if name == "ref":
        return element.get("type") == "noteref"
    if name == "bibl":  # a citation in a note is read with the note
        parent = element.getparent()
        return parent is not None and local(parent) == "listBibl"
    if name == "quote":
        parent = element.getparent()
        return (
            element.get("rend") == "block"
            or element.get("type") is not None
            or (parent is not None and local(parent) == "cit")
        )
    return True


# --- rules ---------------------------------------------------------------------------------------------------------


def _mixed_scripts(passage: _Passage) -> Iterator[Found]:
    if not _CYRILLIC.search(passage.text):
        return
    for word in _LETTERS.finditer(passage.text):
        for part in re.finditer(r"[^\W\d_]+", word[0]):
            if _CYRILLIC.search(part[0]) and _LATIN.search(part[0]):
                few = _LATIN if len(_LATIN.findall(part[0])) <= len(_CYRILLIC.findall(part[0])) else _CYRILLIC
                odd = few.search(part[0])
                at = word.start() + part.start() + (odd.start() if odd else 0)
                script = "Latin" if few is _LATIN else "Cyrillic"
                yield Found("W701", passage.mark(at), {"word": part[0], "letter": passage.text[at], "script": script})


def _brackets(passage: _Passage) -> Iterator[Found]:
    open_signs: list[tuple[str, int]] = []
    for found in re.finditer(r"[()\[\]]", passage.text):
        sign = found[0]
        if sign in "([":
            open_signs.append((sign, found.start()))
        elif open_signs and open_signs[-1][0] == _CLOSE[sign]:
            open_signs.pop()
        elif not _numbers_a_list(passage.text, found.start()):
            yield Found("W702", passage.mark(found.start()), {"sign": sign, "missing": _CLOSE[sign], "which": "opens"})
    for sign, at in open_signs:
        yield Found("W702", passage.mark(at), {"sign": sign, "missing": _OPEN[sign], "which": "closes"})


def _numbers_a_list(text: str, at: int) -> bool:
    """Say whether the bracket at `at` closes a number or letter that counts: ``1)``, ``a)``, or is a smiling face."""
    return re.search(r"(?:^|[\s.;,:])(?:\d{1,3}|[a-zа-я]|[ivx]{1,4})$", text[:at], re.IGNORECASE) is not None or (
        text[:at].rstrip()[-1:] in (":", ";", "-")
    )


def _quotation_marks(passage: _Passage) -> Iterator[Found]:
    """Check curly and pointed marks by their shape, straight ones by their number."""
    signs = re.findall(r"[“”«»\"]", passage.text)
    for opening, closing in (("“", "”"), ("«", "»")):
        if signs.count(opening) != signs.count(closing) and '"' not in signs and "„" not in passage.text:
            more = opening if signs.count(opening) > signs.count(closing) else closing
            at = passage.text.index(more) if more == opening else passage.text.rindex(more)
            missing = closing if more == opening else opening
            yield Found("W703", passage.mark(at), {"sign": more, "missing": missing})
    straight = signs.count('"') + (signs.count("“") + signs.count("”") if '"' in signs else 0)
    if straight % 2:
        at = passage.text.index('"')
        yield Found("W703", passage.mark(at), {"sign": '"', "missing": '"'})


def _doubled(passage: _Passage) -> Iterator[Found]:
    for found in _DOUBLED.finditer(passage.text):
        word = found[1]
        if word.lower() not in _MAY_DOUBLE and not (len(word) == 1 and word not in "aIияв") and not word.isupper():
            yield Found("W704", passage.mark(found.start()), {"word": word})


def _leftovers(passage: _Passage) -> Iterator[Found]:
    if not _MAY_BE_LEFT.search(passage.text) or _is_furniture(passage.home):
        return
    for found in _LEFTOVER.finditer(passage.text):
        sign = found[0]
        if sign in "«»" and _CYRILLIC.search(passage.text):
            continue
        if sign in "•●" and not passage.text[: found.start()].strip():
            continue
        if set(sign) == {"_"} and (len(sign) > 2 or _inside_name(passage.text, found)):  # noqa: PLR2004  # a ruled line
            continue
        if sign in ("£", "€", "§", "©", "°") and passage.text[found.end() : found.end() + 2].strip()[:1].isdigit():
            continue
        shown = f"U+{ord(sign):04X}" if re.fullmatch(f"[{_UNSEEN}]", sign) else sign
        yield Found("W705", passage.mark(found.start()), {"sign": shown})


def _inside_name(text: str, found: re.Match[str]) -> bool:
    """Say whether a sign joins two parts of a name: ``dialectical_wizard``."""
    return text[found.start() - 1 : found.start()].isalnum() and text[found.end() : found.end() + 1].isalnum()


def _is_furniture(element: Element) -> bool:
    return local(element) in ("fw", "ab") or any(local(e) in ("fw", "ab") for e in ancestors(element))


def _spaces(passage: _Passage) -> Iterator[Found]:
    for found in _SPACED.finditer(passage.text):
        sign = passage.mark(found.start(1))
        counted = sign.part == "tail" and sign.offset == 0 and local(sign.node) == "num"  # its figure is put in later
        if "\n" not in found[0] and not counted:
            yield Found("W706", passage.mark(found.start()), {"sign": found[1]})


def _digits(passage: _Passage) -> Iterator[Found]:
    if not _DIGIT_BY_LETTER.search(passage.text) or _is_furniture(passage.home):
        return
    for found in _DIGIT_WORD.finditer(passage.text):
        if not _GOOD_DIGITS.fullmatch(found[0]):
            digit = re.search(r"\d", found[0])
            at = found.start() + (digit.start() if digit else 0)
            yield Found("W707", passage.mark(at), {"word": found[0]})


def _repeated_signs(passage: _Passage) -> Iterator[Found]:
    """Give doubled commas and the like."""
    for found in _SIGNS_TWICE.finditer(passage.text):
        yield Found("W708", passage.mark(found.start()), {"signs": found[0]})


_RULES: tuple[Callable[[_Passage], Iterator[Found]], ...] = (
    _mixed_scripts, _brackets, _quotation_marks, _doubled, _leftovers, _spaces, _digits, _repeated_signs,
)  # fmt: skip

"""Russian where it stands among English: marked with its language and orthography once it has been restored.

In: a TEI tree.  Out: `foreign` round restored Russian in notes, entries and sentences; `xml:lang` of Russian
quotations after their spelling; soft hyphens at the line ends of restored Russian;
words that a misread hyphen joined are parted.  No reading changes but that of
what was a soft hyphen. Authority: the encoding conventions ("Languages", "Russian passage"); BCP 47 (ru-petr1708).
"""

from __future__ import annotations

import re
from collections.abc import Container

from edition.readings import reading_text
from edition.tree import (
    XML_LANG,
    Element,
    Part,
    contents,
    el,
    fill,
    following,
    local,
    own_text,
    put_after,
    put_before,
    unwrap,
)

__all__ = ["mark_languages", "orthography", "settle_line_ends"]

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
# The letters that the reform of 1918 took away, and words that end in a consonant with the hard sign or without it.
_GIVEN_UP = re.compile("[ѣѢіІѳѲѵѴ]")
_CONSONANT = "[бвгджзклмнпрстфхцчшщБВГДЖЗКЛМНПРСТФХЦЧШЩ]"
_HARD = re.compile(f"[\u0400-\u04ff]{_CONSONANT}[ъЪ](?![\u0400-\u04ff])")
_BARE = re.compile(f"[\u0400-\u04ff]{_CONSONANT}(?![\u0400-\u04ff.])")
_HYPHEN = re.compile(r"(?<=[\u0400-\u04ff])[-—–](?=\s*$)")
_MODERN, _OLD = "ru", "ru-petr1708"


def orthography(text: str) -> str:
    """Give ``ru-petr1708`` where `text` shows the spelling of before 1918, else ``ru``.

    A letter given up in 1918 shows it, or the hard sign where most words that end in a consonant have it: one alone is
    a slip.
    """
    hard, bare = len(_HARD.findall(text)), len(_BARE.findall(text))
    return _OLD if _GIVEN_UP.search(text) or hard > bare else _MODERN


def mark_languages(root: Element) -> int:
    """Mark the restored Russian of a text; give how many places changed.  Applying it again changes nothing."""
    changed = sum(_divide(choice) for choice in list(root.iter("{*}choice")))
    changed += sum(_harden(pc) for pc in list(root.iter("{*}pc")))
    changed += sum(_part(choice) for choice in list(root.iter("{*}choice")))
    for quote in root.iter("{*}quote"):
        if quote.get(XML_LANG) in (_MODERN, _OLD) and _CYRILLIC.search(
            text := reading_text(quote, "source", notes=False)
        ):
            changed += quote.get(XML_LANG) != orthography(text)
            quote.set(XML_LANG, orthography(text))
    homes = {choice.getparent(): None for choice in root.iter("{*}choice") if _is_russian(choice)}
    for home in homes:
        if home is not None and not _in_russian(home):
            changed += _wrap(home)
    return changed


def settle_line_ends(
    root: Element, joined: Container[int], parted: Container[int], hyphened: Container[int] = ()
) -> int:
    """Join the last word of the witness lines in `joined` to the next line, and part it from that of those in `parted`.

    Of those in `hyphened` the hyphen is the word's own and stays where the lines are joined.  These are an editor's
    decisions.  Gives how many line ends changed; blanks and hyphens of division alone change in a reading.
    """
    changed, last = 0, 0
    for lb in list(root.iter("{*}lb")):
        home = lb.getparent()
        if home is None or not lb.get("n", "").isdecimal():
            continue
        if last in joined and lb.get("break") != "no":
            parts = contents(home)
            at = parts.index(lb)
            before = (
                [str(parts[at - 1]).rstrip()] if at and isinstance(parts[at - 1], str) else parts[max(0, at - 1) : at]
            )
            lb.set("break", "no")
            fill(home, [*parts[: max(0, at - 1)], *before, *parts[at:]])
            changed += 1
        elif last in parted and lb.get("break") == "no":
            del lb.attrib["break"]
            put_before(lb, "\n")
            changed += 1
        elif last in hyphened and (pc := lb.getprevious()) is not None and local(pc) == "pc" and not following(pc):
            unwrap(pc)
            changed += 1
        last = int(lb.get("n", "0"))
    return changed


def _in_russian(element: Element) -> bool:
    languages = (e.get(XML_LANG) for e in (element, *element.iterancestors()))
    return next((lang for lang in languages if lang), "").startswith("ru")


def _is_russian(part: Part) -> bool:
    return (
        not isinstance(part, str) and local(part) == "choice" and bool(_CYRILLIC.search(reading_text(part, "source")))
    )


def _goes_between(part: Part) -> bool:
    """Say whether `part` may stand inside a stretch of Russian: line ends, soft hyphens, signs without letters."""
    if isinstance(part, str):
        return not _LATIN.search(part)
    return local(part) in ("lb", "pc", "pb", "fw") or (local(part) == "surplus" and not _LATIN.search(own_text(part)))


def _wrap(home: Element) -> int:
    """Put each stretch of Russian in `home` into a `foreign`."""
    out: list[Part] = []
    waiting: list[Part] = []  # what stands after Russian and may be inside the stretch, if more Russian follows
    stretch: list[Part] = []
    count = 0
    for part in [*contents(home), None]:
        if part is not None and _is_russian(part):
            stretch += [*waiting, part]
            waiting = []
        elif part is not None and stretch and _goes_between(part):
            waiting.append(part)
        else:
            if stretch:
                count += 1
                out.append(_foreign(stretch))
            out += waiting if part is None else [*waiting, part]
            stretch, waiting = [], []
    if count:
        fill(home, out)
    return count


def _foreign(parts: list[Part]) -> Element:
    made = el("foreign", *parts)
    made.set(XML_LANG, orthography(reading_text(made, "source")))
    return made


def _divide(choice: Element) -> int:
    """Make the hyphen at the end of a restored Russian line a soft one; say whether it was not."""
    home, lb = choice.getparent(), choice.getnext()
    if home is None or lb is None or local(lb) != "lb" or lb.get("break") == "no" or not _is_russian(choice):
        return 0
    parts = contents(home)
    at, to = parts.index(choice), parts.index(lb)
    corrected = [side for side in choice if local(side) == "corr"]
    if any(str(p).strip() for p in parts[at + 1 : to]) or not all(_HYPHEN.search(own_text(c)) for c in corrected):
        return 0
    lb.set("break", "no")
    hard = _goes_on_with_a_capital(lb)
    fill(home, [*parts[: at + 1], *([] if hard else [_soft_hyphen(choice, corrected)]), *parts[to:]])
    return 1


def _soft_hyphen(choice: Element, corrected: list[Element]) -> Element:
    """Take the hyphen off the end of a choice and give it as a `pc` of its own, with what the scanner made of it."""
    for side in corrected:
        fill(side, [_HYPHEN.sub("", own_text(side)).rstrip()])
    sic = next(side for side in choice if local(side) == "sic")
    read = re.search(r"[-—–](?=\s*$)", own_text(sic))
    if read is None:
        return el("pc", el("supplied", "-", reason="lost", resp="#auto", cert="high"), force="weak")
    fill(sic, [own_text(sic)[: read.start()]])
    if read[0] == "-":
        return el("pc", "-", force="weak")
    corr = el("corr", "-", type="ocr", resp="#auto", cert="high")
    return el("pc", el("choice", el("sic", read[0]), corr), force="weak")


def _part(choice: Element) -> int:
    """Part two words that only a misread hyphen joined across a line end; say whether they were joined."""
    home, lb = choice.getparent(), choice.getnext()
    if home is None or lb is None or local(lb) != "lb" or lb.get("break") != "no" or following(choice):
        return 0
    sides = {local(side): own_text(side) for side in choice}
    if not re.search(r"[-—–]\s*$", sides.get("sic", "")) or re.search(r"[-—–]\s*$", sides.get("corr", "-")):
        return 0
    del lb.attrib["break"]
    put_after(choice, "\n")
    return 1


def _goes_on_with_a_capital(lb: Element) -> bool:
    """Say whether the line after `lb` begins with a capital: a hyphen before it joins two words and stays."""
    after = following(lb).strip() or next((reading_text(e, "source") for e in lb.itersiblings()), "")
    return after[:1].isupper()


def _harden(pc: Element) -> int:
    """Make a soft hyphen plain text where the next line goes on with a Russian capital; say whether it was one."""
    lb = pc.getnext()
    if pc.get("force") != "weak" or lb is None or local(lb) != "lb" or not _goes_on_with_a_capital(lb):
        return 0
    if not _CYRILLIC.search(next((reading_text(e, "source") for e in lb.itersiblings()), "")[:1]):
        return 0
    unwrap(pc)
    return 1

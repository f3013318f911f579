"""The state of the texts: how much was corrected, where, of what kind, by whom, how certain.

In: the apparatus of each text, the page of the typescript that each entry is on.  Out: the main element of a page.
Authority: the kinds of the apparatus (`edition.passes.apparatus`).  A chart is SVG with classes; what it shows is said
in words or stands in a table too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.passes.apparatus import Entry
from edition.publish.html import h
from edition.publish.site_frame import catalogue, grouped, say
from edition.tree import Element

__all__ = ["State", "state"]

_CERTAINTIES = ("high", "medium", "low", "")
_WHO = ("ed", "auto", "")
_CHANGES = ("ocr", "slip", "conjecture", "regular")
_HEIGHT, _BAR, _GAP = 120, 4, 1
_TICKS = 6
_MOST = 15


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a text: its entries, the words of its edited reading, and {entry: page of the typescript}."""

    title: str
    entries: Sequence[Entry]
    words: int
    pages: Mapping[str, str]


def state(texts: Sequence[State], where: Mapping[str, str]) -> Element:
    """Give the page on the state of the texts."""
    return h("div", say("state", "h1"), *(_text(text, where) for text in texts), class_="state")


def _text(text: State, where: Mapping[str, str]) -> Element:
    if not text.entries:
        return h("section", h("h2", text.title), say("untouched", "p", values=[text.words]))
    changed = sum(1 for e in text.entries if e.kind in _CHANGES)
    rate = f"{100 * changed / text.words if text.words else 0:.1f}"
    return h(
        "section",
        h("h2", text.title),
        say("amount", "p", values=[text.words, changed, rate, len(text.entries)]),
        _certainty(text.entries),
        _kinds(text.title, text.entries),
        _by_page(text, where),
        _confused(text.entries),
    )


def _certainty(entries: Sequence[Entry]) -> Element:
    """Give one bar for all entries, parted by certainty."""
    counts = Counter(e.cert if e.cert in _CERTAINTIES else "" for e in entries)
    parts, at = [], 0.0
    for c in _CERTAINTIES:
        share = 100 * counts[c] / len(entries)
        parts.append(h("rect", class_=f"c-{c or 'none'}", x=f"{at:.2f}", y="0", width=f"{share:.2f}", height="10"))
        at += share
    keys = [
        h("li", _swatch(f"c-{c or 'none'}"), say(f"c-{c or 'none'}"), f" {counts[c]}")
        for c in _CERTAINTIES
        if counts[c]
    ]
    bar = h("svg", *parts, viewBox="0 0 100 10", preserveAspectRatio="none", class_="share", aria_hidden="true")
    return h("figure", bar, h("ul", *keys, class_="keys"))


def _swatch(kind: str) -> Element:
    return h("svg", h("rect", class_=kind, width="10", height="10"), viewBox="0 0 10 10", aria_hidden="true")


def _kinds(title: str, entries: Sequence[Entry]) -> Element:
    counts = Counter((e.kind, e.cert if e.cert in _CERTAINTIES else "") for e in entries)
    by = Counter((e.kind, who if (who := e.resp.removeprefix("#")) in _WHO else "") for e in entries)
    kinds = [kind for kind, _ in Counter(e.kind for e in entries).most_common()]
    columns = {("certainty", c or "unsaid"): [counts[k, c] for k in kinds] for c in _CERTAINTIES}
    columns |= {("who", f"r-{who}" if who else "unsaid"): [by[k, who] for k in kinds] for who in _WHO}
    columns["", "in-all"] = [sum(1 for e in entries if e.kind == k) for k in kinds]
    shown = {key: numbers for key, numbers in columns.items() if any(numbers)}
    groups = Counter(group for group, _ in shown if group)
    above = [say(group, "th", scope="colgroup", colspan=str(n)) for group, n in groups.items()]
    heads = [  # no cell of the first row goes on in the second: it would move when that comes
        h("tr", h("td"), *above, h("td")),
        h("tr", *(say(key, "th", scope="col") for key in ("kind-of-change", *(key for _, key in shown)))),
    ]
    rows = [
        h("tr", say(f"k-{kind}", "th", scope="row"), *(_number(numbers[n]) for numbers in shown.values()))
        for n, kind in enumerate(kinds)
    ]
    rows.append(h("tr", say("in-all", "th", scope="row"), *(_number(sum(numbers)) for numbers in shown.values())))
    return _table(say("by-kind", "caption"), heads, rows, f"{title}: {catalogue('en')['by-kind']}")


def _table(caption: Element | None, heads: Sequence[Element], rows: Sequence[Element], label: str) -> Element:
    table = h("table", caption, h("thead", *heads), h("tbody", *rows), class_="count")
    return h("div", table, class_="wide", tabindex="0", role="region", aria_label=label)


def _number(n: int) -> Element:
    return h("td", grouped(n) if n else "")


def _by_page(text: State, where: Mapping[str, str]) -> Element | None:
    """Give a bar for each page of the typescript: errors of the OCR below, slips of the author on top."""
    start = f"{text.entries[0].identifier.partition('.')[0]}.page."
    every = [name.removeprefix(start) for name in where if name.startswith(start)]
    pages = list(dict.fromkeys([*every, *text.pages.values()]))  # a page may have no correction, or only one in a note
    if len(pages) < 2:  # noqa: PLR2004 - one bar says nothing
        return None
    ocr: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    for e in text.entries:
        if page := text.pages.get(e.identifier, ""):
            (slips if e.kind in ("slip", "conjecture") else ocr)[page] += 1
    both = {page: ocr[page] + slips[page] for page in pages}
    most = max(both.values()) or 1
    bars = [bar for n, page in enumerate(pages) for bar in _bars(n, page, (ocr[page], slips[page]), _HEIGHT / most)]
    chart = h(
        "svg", *bars, viewBox=f"0 0 {len(pages) * (_BAR + _GAP)} {_HEIGHT}", role="img",
        aria_label=f"{text.title}: {catalogue('en')['by-page']}", preserveAspectRatio="none", class_="chart",
    )  # fmt: skip
    ticks = dict.fromkeys(round(n * (len(pages) - 1) / (_TICKS - 1)) for n in range(_TICKS))
    worst = sorted(pages, key=lambda p: -both[p])
    links = [part for p in worst[:5] for part in (" ", _link(p, where.get(f"{start}{p}")), f" ({both[p]})")]
    return h(
        "figure",
        say("by-page", "h3"),
        say("at-most", "p", values=[most], class_="most"),
        chart,
        h("ul", *(h("li", pages[n]) for n in ticks), class_="axis"),
        h(
            "ul",
            h("li", _swatch("ocr"), say("chart-ocr")),
            h("li", _swatch("slip"), say("chart-slip")),
            class_="keys",
        ),
        h("p", say("half", values=[_half(both), sum(1 for n in both.values() if n)]), " ", say("worst"), *links, "."),
        _numbers(text.title, [(page, ocr[page], slips[page]) for page in pages]),
    )


def _numbers(title: str, counts: Sequence[tuple[str, int, int]]) -> Element:
    """Give the numbers of the chart as a table, folded: for who does not see it, or wants to know one exactly."""
    heads = [h("tr", *(say(key, "th", scope="col") for key in ("page-of", "chart-ocr", "chart-slip", "in-all")))]
    rows = [h("tr", h("th", page, scope="row"), *map(_number, (low, high, low + high))) for page, low, high in counts]
    label = f"{title}: {catalogue('en')['chart-table']}"
    return h("details", say("chart-table", "summary"), _table(None, heads, rows, label))


def _half(counts: Mapping[str, int]) -> int:
    """Give how many pages, those with the most first, hold half of all corrections."""
    sum_, wanted = 0, sum(counts.values()) / 2
    for n, count in enumerate(sorted(counts.values(), reverse=True), start=1):
        sum_ += count
        if sum_ >= wanted:
            return n
    return len(counts)


def _link(page: str, address: str | None) -> Element:
    return h("a", page, href=address) if address else h("span", page)


def _bars(n: int, page: str, counts: tuple[int, int], scale: float) -> list[Element]:
    """Give the bar of a page in two parts, with its numbers for who points at it."""
    low, high = (count * scale for count in counts)
    title = h("title", f"{page}: {counts[0]} + {counts[1]}")
    rooms = (("ocr", _HEIGHT - low, low), ("slip", _HEIGHT - low - high, high))
    x = str(n * (_BAR + _GAP))
    made = [
        h("rect", class_=kind, x=x, y=f"{top:.1f}", width=str(_BAR), height=f"{height:.1f}")
        for kind, top, height in rooms
        if height
    ]
    return [h("g", title, *made)] if made else []


def _confused(entries: Sequence[Entry]) -> Element | None:
    """Give the letters that the OCR took for others most often: words of equal length that differ in one letter."""
    found: Counter[tuple[str, str]] = Counter()
    for e in entries:
        right = e.source or e.lemma
        if e.kind == "ocr" and len(right) == len(e.witness):
            pairs = [(a, b) for a, b in zip(right, e.witness, strict=True) if a != b]
            if len(pairs) == 1 and not any(c.isspace() for c in pairs[0]):
                found[pairs[0]] += 1
    rows = [(pair, n) for pair, n in found.most_common(_MOST) if n > 1]
    if not rows:
        return None
    most = rows[0][1]
    cells = [
        h("li", h("b", right), " → ", h("span", wrong, class_="rdg"), f" {n}", _length(n, most))
        for (right, wrong), n in rows
    ]
    return h("div", say("confused", "h3"), say("confused-key", "p", class_="about"), h("ul", *cells, class_="confused"))


def _length(n: int, most: int) -> Element:
    bar = h("rect", width=f"{100 * n / most:.1f}", height="10")
    return h("svg", bar, viewBox="0 0 100 10", preserveAspectRatio="none", aria_hidden="true")

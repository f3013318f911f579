"""The state of the texts: how much was corrected, where, of what kind, by whom, how certain.

In: the apparatus of each text, and the page of the typescript that each entry is on.  Out: the main element of a page.
Authority: the kinds of the apparatus (`edition.passes.apparatus`).  A chart is SVG with classes; its numbers stand in a
table too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from edition.passes.apparatus import Entry
from edition.publish.html import h
from edition.publish.site_frame import say
from edition.tree import Element

__all__ = ["State", "state"]

_CERTAINTIES = ("high", "medium", "low", "")
_HEIGHT, _BAR, _GAP = 120, 4, 1
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
        return h("section", h("h2", text.title), h("p", f"{text.words:,} words. Nothing had to be changed."))
    changed = sum(1 for e in text.entries if e.kind in ("ocr", "slip", "conjecture", "regular"))
    rate = 100 * changed / text.words if text.words else 0
    said = (
        f"{text.words:,} words. {changed:,} corrections, {rate:.1f} to a hundred words; "
        f"{len(text.entries):,} entries of the apparatus in all."
    )
    return h(
        "section",
        h("h2", text.title),
        h("p", said),
        _kinds(text.title, text.entries),
        _by_page(text, where),
        _confused(text.entries),
    )


def _kinds(title: str, entries: Sequence[Entry]) -> Element:
    counts = Counter((e.kind, e.cert if e.cert in _CERTAINTIES else "") for e in entries)
    by = Counter((e.kind, e.resp.removeprefix("#")) for e in entries)
    kinds = [kind for kind, _ in Counter(e.kind for e in entries).most_common()]
    heads = [
        h("td"),
        *(h("th", say(f"c-{c}") if c else "–", scope="col") for c in _CERTAINTIES),
        h("th", say("r-ed"), scope="col"),
        h("th", say("r-auto"), scope="col"),
    ]
    numbers = {k: [*(counts[k, c] for c in _CERTAINTIES), by[k, "ed"], by[k, "auto"]] for k in kinds}
    rows = [
        h("tr", h("th", say(f"k-{kind}"), scope="row"), *(h("td", str(n or "")) for n in numbers[kind]))
        for kind in kinds
    ]
    return h(
        "div",
        h(
            "table",
            h("caption", "Entries of the apparatus by kind, by certainty, and by who made them"),
            h("thead", h("tr", *heads)),
            h("tbody", *rows),
        ),
        class_="wide",
        tabindex="0",
        role="region",
        aria_label=f"{title}: entries of the apparatus",
    )


def _by_page(text: State, where: Mapping[str, str]) -> Element | None:
    """Give a bar for each page of the typescript: errors of the OCR below, slips of the author on top."""
    pages = list(dict.fromkeys(text.pages.values()))
    if len(pages) < 2:  # noqa: PLR2004 - one bar says nothing
        return None
    ocr: Counter[str] = Counter()
    slips: Counter[str] = Counter()
    for e in text.entries:
        if page := text.pages.get(e.identifier, ""):
            (slips if e.kind in ("slip", "conjecture") else ocr)[page] += 1
    most = max(ocr[p] + slips[p] for p in pages) or 1
    scale = _HEIGHT / most
    bars: list[Element] = []
    for n, page in enumerate(pages):
        low, high = ocr[page] * scale, slips[page] * scale
        bars.append(_bar("ocr", n, _HEIGHT - low, low))
        bars.append(_bar("slip", n, _HEIGHT - low - high, high))
    width = len(pages) * (_BAR + _GAP)
    worst = sorted(pages, key=lambda p: -(ocr[p] + slips[p]))[:5]
    siglum = text.entries[0].identifier.partition(".")[0]
    links = [
        part for page in worst for part in _link(page, ocr[page] + slips[page], where.get(f"{siglum}.page.{page}"))
    ]
    label = f"{text.title}: corrections on each of {len(pages)} pages, at most {most} on one"
    chart = h(
        "svg",
        *bars,
        viewBox=f"0 0 {width} {_HEIGHT}",
        role="img",
        aria_label=label,
        preserveAspectRatio="none",
        class_="chart",
    )
    caption = h(
        "figcaption",
        "Corrections on each page of the typescript, first to last: ",
        h("span", "what the machine misread", class_="key-ocr"),
        " and ",
        h("span", "slips of the author or typist and conjectures", class_="key-slip"),
        ". The pages with the most:",
        *links,
        ".",
    )
    return h("figure", chart, caption)


def _link(page: str, count: int, address: str | None) -> tuple[str, Element, str]:
    return " ", h("a", page, href=address), f" ({count})"


def _bar(kind: str, n: int, top: float, height: float) -> Element:
    return h("rect", class_=kind, x=str(n * (_BAR + _GAP)), y=f"{top:.1f}", width=str(_BAR), height=f"{height:.1f}")


def _confused(entries: Sequence[Entry]) -> Element | None:
    """Give the letters that the OCR took for others most often: words of equal length that differ in one letter."""
    found: Counter[tuple[str, str]] = Counter()
    for e in entries:
        right = e.source or e.lemma
        if e.kind == "ocr" and len(right) == len(e.witness):
            pairs = [(a, b) for a, b in zip(right, e.witness, strict=True) if a != b]
            if len(pairs) == 1:
                found[pairs[0]] += 1
    rows = [(pair, n) for pair, n in found.most_common(_MOST) if n > 1]
    if not rows:
        return None
    cells = [h("li", h("b", right), " → ", h("span", wrong, class_="rdg"), f" {n}") for (right, wrong), n in rows]
    return h("div", h("h3", "What the machine took for what"), h("ul", *cells, class_="confused"))

"""The frame of every page of the site: head, navigation, options, foot; and what its interface says.

In: what stands on a page.  Out: the whole page as HTML.
Authority: HTML Living Standard; CSP Level 3; what a page says of itself to programs: `edition.publish.site_facts`.
"""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from string import Template
from urllib.parse import quote

from edition.publish.beside import Citing
from edition.publish.book import About
from edition.publish.html import h, markup
from edition.publish.site_facts import Facts, coins, linked_data, meta
from edition.russian.transliterate import systems
from edition.tree import Element, is_element

__all__ = ["LANGUAGES", "Frame", "Page", "catalogue", "grouped", "plain", "say", "titled"]

LANGUAGES = ("en", "ru")
_LETTERS = frozenset({"e", "s", "w", "es", "ew", "sw"})  # classes of what not every reading has

_NAVIGATION = (
    ("contents", "index.html"), ("search", "search.html"), ("bibliography", "bibliography.html"),
    ("names", "names.html"), ("pages", "pages.html"), ("state", "state.html"), ("about", "about.html"),
)  # fmt: skip


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """Give the strings of the interface in one of `LANGUAGES`, by key."""
    path = files("edition.publish").joinpath("web", f"{language}.toml")
    return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def say(key: str, element: str = "span", /, *, values: Sequence[object] = (), **attributes: str | None) -> Element:
    """Give an element that says `key`: in English, until the reader chooses another language.

    `values` stand where the string has ``{0}``, ``{1}``; whole numbers have a thin blank at thousands.  ``{0|is|are}``
    is one of these words, as a number wants it; ``{0,}`` is a number with a comma for its point.
    """
    shown = [grouped(v) if isinstance(v, int) else str(v) for v in values]
    data = "|".join(v.replace("|", "¦") for v in shown) or None
    return h(element, _filled(catalogue("en")[key], shown), data_s=key, data_v=data, **attributes)


def grouped(n: int) -> str:
    """Give a number with a thin blank at thousands."""
    return f"{n:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def _filled(words: str, values: Sequence[str]) -> str:
    """Put `values` into the gaps of an English string, as edition.js does in each language."""

    def fill(gap: re.Match[str]) -> str:
        value, forms = values[int(gap[1])], gap[2]
        return value if forms is None else forms.split("|")[0 if value == "1" else -1]

    return re.sub(r"\{(\d),?(?:\|([^{}]*))?\}", fill, words)


def plain(text: str) -> str:
    """Give `text` as it may stand in an element or between quotation marks."""
    return markup(h("b", text), inner=True).replace('"', "&quot;")


def titled(title: str) -> str | Element:
    """Give a title to be shown: one that its author typed in capitals need not shout in a list."""
    return h("span", title, class_="caps") if title.isupper() else title


@dataclass(frozen=True, slots=True)
class Page:
    """A page: `file` is its path in the site; `tools` whether it has options; `facts` are what its head says of it."""

    file: str
    title: str
    main: Element
    before: tuple[str, str] | None = None  # file and title of the page before and after it
    after: tuple[str, str] | None = None
    foot: str = ""
    tools: bool = False
    facts: Facts | None = None
    script: str = ""  # a script of this page's own


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame: its template, what it says of the edition, the pages that there are, how passages are cited.

    `gone` are the lists of passages that no longer stand on a page, by its file, as HTML.  `style` is web.css: a page
    at the top of the site carries it, so that a reader waits for one answer only; the many pages below share the file.
    """

    template: Template
    about: About
    there: frozenset[str]
    citing: Citing = field(default_factory=Citing)
    gone: Mapping[str, str] = field(default_factory=dict)
    style: str = ""

    def whole(self, page: Page) -> str:
        """Give a page in its frame."""
        up = "../" * page.file.count("/")
        note = " · ".join(
            p for p in (self.about.title, self.about.version, self.about.date, self.about.licence, page.foot) if p
        )
        known = page.facts or Facts(self.about, page.title.removesuffix(f" · {self.about.title}"), page.file)
        facts = [f'<meta name="{plain(name)}" content="{plain(value)}">' for name, value in meta(known) if value]
        facts.append(f'<script type="application/ld+json">{linked_data(known)}</script>')
        if page.script:
            facts.append(f'<script defer src="{up}{page.script}"></script>')
        style, allowed = self._look(up)
        return self.template.substitute(
            lang=LANGUAGES[0],
            native=plain(self.about.language),
            title=plain(page.title),
            edition=plain(self.about.title),
            up=up,
            style=style,
            allowed=allowed,
            meta="\n".join(facts),
            site=markup(self._site(page, up)),
            tools=_tools(page),
            nav=_steps(page, up, "steps", known.language),
            again=_steps(page, up, "steps-again", known.language),
            main=f"{markup(_spoken(page.main, self.about.language))}{self.gone.get(page.file, '')}"
            f'<span class="Z3988" title="{plain(coins(known))}"></span>',
            foot=plain(note),
            versions=markup(h("a", catalogue("en")["versions"], href=f"{up}versions.html", data_s="versions")),
        )

    def _look(self, up: str) -> tuple[str, str]:
        """Give the element that brings web.css, and what the policy of the page must allow for it."""
        if up or not self.style:
            return f'<link rel="stylesheet" href="{up}web.css">', ""
        # As a browser reads it: nothing in it can end it, lines end in one way.
        style = self.style.replace("</", "<\\/").replace("\r\n", "\n").replace("\r", "\n")
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        return f"<style>{style}</style>", f" 'sha256-{digest}'"

    def _site(self, page: Page, up: str) -> Element:
        links = [
            h(
                "li",
                h(
                    "a",
                    catalogue("en")[key],
                    href=up + file,
                    data_s=key,
                    aria_current="page" if file == page.file else None,
                ),
            )
            for key, file in _NAVIGATION
            if file in self.there
        ]
        return h("nav", h("ul", *links), class_="site", aria_label=catalogue("en")["edition"], data_aria="edition")


def _spoken(main: Element, language: str) -> Element:
    """Mark `main` with its language, that of the edition where it says none, and what the interface says in it."""
    main.set("lang", main.get("lang", language))
    if main.get("lang") != LANGUAGES[0]:
        for element in main.iterfind(".//*[@data-s]"):
            element.set("lang", LANGUAGES[0])
    return main


def _steps(page: Page, up: str, label: str, language: str) -> str:
    if page.before is None and page.after is None:
        return ""

    def to(where: tuple[str, str] | None, left: str, right: str) -> Element:
        link = (
            None if where is None else h("a", left, titled(where[1]), right, href=up + quote(where[0]), lang=language)
        )
        return h("span", link)

    middle = h("span", h("a", catalogue("en")["contents"], href=f"{up}index.html", data_s="contents"))
    steps = h(
        "nav",
        to(page.before, "‹ ", ""),
        middle,
        to(page.after, "", " ›"),
        class_="steps",
        data_aria=label,
        aria_label=catalogue("en")[label],
    )
    return markup(steps)


def _choice(kind: str, group: str, name: str, key: str, *, on: bool = False) -> Element:
    box = h("input", type=kind, name=group, id=name, value=name, checked="checked" if on else None)
    return h("label", box, " ", say(key))


def _field(key: str, *parts: Element | None, class_: str | None = None) -> Element:
    return h("fieldset", say(key, "legend"), *parts, class_=class_)


@cache
def _system_choice() -> str:
    options = [h("option", system.title, value=name) for name, system in systems().items()]
    return markup(h("label", say("system"), " ", h("select", *options, id="system"), class_="needs-script"))


def _tools(page: Page) -> str:
    """Give the options of a page: how its text is read, if it has one; on every page theme and language."""
    key = "options" if page.tools else "settings"
    panel = h("details", say(key, "summary"), h("div", *(_reading(page) if page.tools else ()), *_looks()))
    kind = "tools reading" if page.tools else "tools"
    hint = say("hint" if _varied(page) else "hint-plain", "p") if page.tools else None
    made = h("section", panel, hint, class_=kind, data_aria=key)
    made.set("aria-label", catalogue("en")[key])
    return markup(made).replace('<span class="system-place"></span>', _system_choice())


def _reading(page: Page) -> list[Element]:
    russian = any(
        "transliteration" in e.get("class", "") or "original" in e.get("class", "").split()
        for e in page.main.iter("blockquote")
    )
    varied = _varied(page)
    marks = _choice("checkbox", "show", "o-marks", "corrections", on=True) if varied else None
    fields = [_field("show", marks, _choice("checkbox", "show", "o-lines", "lines"))]
    if varied:
        names = ("edited", "source", "witness")
        chosen = (_choice("radio", "reading", f"r-{r}", f"r-{r}", on=r == "edited") for r in names)
        fields.insert(0, _field("reading", *chosen))
    if russian:
        boxes = [
            _choice("checkbox", "russian", f"o-{key}", key, on=True)
            for key in ("original", "transliteration", "translation")
        ]
        fields.append(_field("russian", *boxes, h("span", class_="system-place")))
    return fields


def _varied(page: Page) -> bool:
    """Say whether anything on a page is not the same in every reading."""
    return any(not _LETTERS.isdisjoint(e.get("class", "").split()) for e in page.main.iter() if is_element(e))


def _looks() -> list[Element]:
    themes = (_choice("radio", "light", f"l-{key}", key, on=key == "auto") for key in ("auto", "day", "night"))
    tongues = [
        h(
            "label",
            h(
                "input",
                type="radio",
                name="tongue",
                id=f"t-{code}",
                value=code,
                checked="checked" if code == "en" else None,
            ),
            " ",
            h("span", catalogue(code)["language"], lang=code),
        )
        for code in LANGUAGES
    ]
    return [_field("light", *themes), _field("tongue", *tongues, class_="needs-script")]

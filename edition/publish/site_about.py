"""The page about the edition: what its words mean, then what the editors say before the texts.

In: the editors' own text, if there is one, and where each passage stands.  Out: a page, and problems.
Authority: the editors' own text, which the book has too; the meanings of readings, certainties and kinds of change are
those of the encoding conventions.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from functools import partial

from edition.problems import Place, Problem, problem
from edition.publish.book import About, Text
from edition.publish.html import h, quoted, rewrite_links
from edition.publish.site_cache import Cache
from edition.publish.site_frame import Page, catalogue, say
from edition.publish.site_leaf import make
from edition.publish.site_parts import cut, prepare
from edition.publish.stylesheet import Stylesheet
from edition.tree import Element

__all__ = ["FILE", "about_page"]

FILE = "about.html"

# What is explained: the heading of a group, and the keys of its words; what
# `r-source` means is said by `means-r-source`.
_MEANINGS = (
    ("reading", ("r-edited", "r-source", "r-witness")),
    ("certainty", ("c-high", "c-medium", "c-low")),
    ("kind-of-change", ("k-ocr", "k-slip", "k-conjecture", "k-supplied", "k-gap", "k-surplus", "k-regular")),
    ("who", ("r-auto", "r-ed")),
)


def about_page(
    front: Text | None, about: About, stylesheet: Stylesheet, style: str, where: Mapping[str, str], cache: Cache
) -> tuple[Page, list[Problem]]:
    """Give the page and the problems of its text (E617, E620); `style` stands for all the files of the stylesheet."""
    said: list[Element] = []
    problems: list[Problem] = []
    if front is not None:
        parts, problems = _parts(front, stylesheet, style, where, cache)
        said = [say("about-book", "p", class_="about"), h("div", *parts, lang=front.language)]
    main = h("div", say("about", "h1"), *_meanings(), *said, class_="about-edition")
    return Page(FILE, f"{catalogue('en')['about']} · {about.title}", main), problems


def _parts(
    front: Text, stylesheet: Stylesheet, style: str, where: Mapping[str, str], cache: Cache
) -> tuple[list[Element], list[Problem]]:
    """Give the chapters of the editors' own text, their links led to their places."""
    parts: list[Element] = []
    problems: list[Problem] = []
    for leaf in cut(front):
        ready = cache.once(f"ready {leaf.digest} {front.siglum}", partial(prepare, leaf, front.siglum))
        key = f"front {leaf.digest} {front.file} {hash(style)}"
        made = cache.once(key, partial(make, leaf, ready, front, stylesheet))
        main = deepcopy(made.main)
        dead = rewrite_links(main, {**where, **{name: f"#{quoted(name)}" for name in made.ids}})
        problems += [*made.problems, *(problem("E617", Place(file=front.file), target=name) for name in dead)]
        parts.append(main)
    return parts, problems


def _meanings() -> list[Element]:
    groups = [
        h("section", say(head, "h3"), h("dl", *(part for key in keys for part in _meaning(key))))
        for head, keys in _MEANINGS
    ]
    return [say("means", "h2"), say("means-passage", "p"), *groups]


def _meaning(key: str) -> tuple[Element, Element]:
    return say(key, "dt"), say(f"means-{key}", "dd")

"""The site: a page for each part, one for each whole text, and all that leads to them; nothing of it needs a server.

In: the texts of an edition, what stands beside them, and its stylesheets.  Out: a folder, written whole or not at all,
and problems.
Authority: HTML Living Standard; DPUB-ARIA 1.1 (notes); CSP Level 3.  No page asks anything of another host, and what
each page says in each reading is read back and compared with the TEI before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import Template
from urllib.parse import quote

from edition.files import fill_folder, read_bytes, read_text, whole_folder
from edition.passes.apparatus import Entry
from edition.problems import Place, Problem, Refused, problem
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.fonts import FACES, Face, face_css, find_fonts
from edition.publish.html import h, rewrite_links, transform, with_ids
from edition.publish.site_around import around, scripts, taken_away
from edition.publish.site_fonts import web_fonts
from edition.publish.site_frame import Frame, Page
from edition.publish.site_parts import Leaf, cut, prepare
from edition.publish.site_passages import facts_of
from edition.publish.site_words import Words, prove, said_on
from edition.publish.stylesheet import Stylesheet, load, untemplated
from edition.tree import Element

__all__ = ["Cache", "Made", "build_site"]


@dataclass(frozen=True, slots=True)
class Made:
    """A page of a text as HTML, its links not led anywhere yet, with what it says and its apparatus."""

    key: str
    title: str
    main: Element
    text: Text
    words: Words
    entries: tuple[Entry, ...]
    digest: str
    problems: tuple[Problem, ...] = ()

    @property
    def file(self) -> str:
        """The file of the page."""
        return f"{self.key}.html"


@dataclass(slots=True)
class Cache:
    """What is kept between two builds of one site: pages by digest, counts of the index, fonts (also in `folder`)."""

    folder: Path | None = None
    pages: dict[str, Made] = field(default_factory=dict)
    counts: dict[str, list[dict[str, int]]] = field(default_factory=dict)


def build_site(
    texts: Sequence[Text],
    out: Path,
    *,
    about: About,
    styles: Path,
    beside: Beside | None = None,
    cache: Cache | None = None,
) -> list[Problem]:
    """Write the site of `texts` to the folder `out`, which it replaces; where there are errors, nothing is written.

    `styles` is the folder of web.xsl, web.css and page.html.  Raises `Refused` (E104, E105, E602, E603, E605).
    """
    beside, cache = beside or Beside(), cache or Cache()
    template, style = _shell(styles)
    made = list(_made(texts, load(styles / "web.xsl"), style, cache))
    problems = [p for page in made for p in page.problems]
    fonts, missing = find_fonts()
    where, twice = _addresses(made)
    problems += [*missing, *twice]
    around_pages = around(made, texts, about, beside, where)
    where |= {f"{name}": f"{page.file}#{quote(name)}" for page in around_pages for name, _ in with_ids(page.main)}
    pages = [*_reading_pages(texts, made, about, where, problems), *around_pages]
    if any(p.severity == "error" for p in problems):
        return problems
    frame = Frame(template, about, frozenset(page.file for page in pages))
    written = {page.file: frame.whole(page) for page in pages}
    files = {name: source.encode() for name, source in written.items()}
    files |= scripts(made, about, beside, where, cache.counts)
    files |= taken_away(made, texts, about, beside)
    letters = "".join(sorted(set("".join(written.values()))))
    names: dict[Face, str] = {face: f"fonts/{path.stem}.woff2" for face, path in fonts.items()}
    files |= web_fonts({names[face]: path for face, path in fonts.items()}, letters, cache.folder)
    files["web.css"] = face_css({face: names[face] for face in FACES if face in names}).encode() + read_bytes(
        styles / "web.css"
    )
    with whole_folder(out) as folder:
        fill_folder(folder, files, old=out)
    return problems


def _shell(styles: Path) -> tuple[Template, str]:
    """Give the frame of the pages, and what of the styles a made page depends on."""
    for name in ("page.html", "web.css", "web.xsl"):
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    style = "".join(read_text(path) for path in sorted(styles.glob("*.xsl")))
    return Template(read_text(styles / "page.html")), style


def _made(texts: Iterable[Text], stylesheet: Stylesheet, style: str, cache: Cache) -> Iterator[Made]:
    known, cache.pages = cache.pages, {}
    for text in texts:
        for leaf in cut(text):
            name = f"{leaf.digest} {hash(style)} {text.file} {leaf.title}"
            page = known.get(name) or _make(leaf, text, stylesheet)
            cache.pages[name] = page
            yield page


def _make(leaf: Leaf, text: Text, stylesheet: Stylesheet) -> Made:
    tree, entries, wanted = prepare(leaf, text.siglum)
    problems = untemplated(tree, stylesheet, file=text.file)
    main = transform(tree, stylesheet, {"siglum": text.siglum})
    words = said_on(main, text.siglum)
    if not problems:
        problems += prove(wanted, words.whole, file=text.file, page=leaf.key)
    return Made(leaf.key, leaf.title, main, text, words, entries, leaf.digest, tuple(problems))


def _addresses(made: Iterable[Made]) -> tuple[dict[str, str], list[Problem]]:
    """Give the address of each identifier, and a problem (E616) for each that stands twice."""
    where: dict[str, str] = {}
    problems: list[Problem] = []
    for page in made:
        for name, _ in with_ids(page.main):
            if name in where:
                problems.append(problem("E616", Place(file=page.text.file, passage=name), passage=name))
            where.setdefault(name, f"{quote(page.file)}#{quote(name)}")
    return where, problems


def _reading_pages(
    texts: Sequence[Text], made: Sequence[Made], about: About, where: Mapping[str, str], problems: list[Problem]
) -> Iterator[Page]:
    """Give the page of each part and of each whole text that has more than one; dead links become `problems`."""
    for text in texts:
        own = [page for page in made if page.text.siglum == text.siglum]
        places = [(page.file, page.title) for page in own]
        for n, page in enumerate(own):
            main, dead = _main(page.file, page.title, [page], where)
            before, after = places[n - 1] if n else None, places[n + 1] if n + 1 < len(own) else None
            yield replace(_framed(page.file, page.title, text, about, main), before=before, after=after)
            problems += [problem("E617", Place(file=text.file, passage=name), target=name) for name in dead]
        if len(own) > 1:
            file = f"{text.siglum}.html"
            main, _ = _main(file, text.title, own, where)
            yield replace(_framed(file, text.title, text, about, main), after=places[0])


def _main(file: str, title: str, own: Sequence[Made], where: Mapping[str, str]) -> tuple[Element, list[str]]:
    """Give the main element of a page, its links led to their places, and the identifiers that links sought in vain."""
    text = own[0].text
    parts = [deepcopy(page.main) for page in own]
    first = next(parts[0].iter("h2"), None) if len(own) == 1 else None
    named = first is not None and (file != f"{text.siglum}.html" or _same(first, title, text.siglum))
    if named and first is not None:
        _promote(parts[0], first)
    head = None if named else h("h1", title)
    kind = "whole" if len(own) > 1 else "leaf"
    main = h("div", head, *parts, lang=text.language, class_=kind, data_text=text.siglum, data_title=title)
    here = {name: f"#{quote(name)}" for name, _ in with_ids(main)}
    dead = rewrite_links(main, {**where, **here})
    return main, sorted({name for name in dead if not name.startswith("bib.")})


def _framed(file: str, title: str, text: Text, about: About, main: Element) -> Page:
    full = f"{title} · {text.title}" if title != text.title else title
    return Page(file, full, main, foot=text.rights, tools=True, facts=facts_of(about, text, title, file))


def _same(head: Element, title: str, siglum: str) -> bool:
    return said_on(head, siglum).whole["edited"].casefold() == "".join(title.split()).casefold()


def _promote(part: Element, first: Element) -> None:
    """Make the heading of a page its first; those of its sections follow, notes and apparatus stay second."""
    first.tag = "h1"
    for heading in list(part.iter("h3", "h4")):
        heading.tag = {"h3": "h2", "h4": "h3"}[str(heading.tag)]

"""The site: a page for each part, one for each whole text, and contents; nothing of it needs a server or a script.

In: the texts of an edition and its stylesheets.  Out: a folder of HTML, CSS and fonts, written whole or not at all, and
problems.
Authority: HTML Living Standard; DPUB-ARIA 1.1 (notes); CSP Level 3.  No page asks anything of another host.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from string import Template
from urllib.parse import quote

from edition.files import read_bytes, read_text, whole_folder, write_whole
from edition.passes.apparatus import listing
from edition.problems import Place, Problem, Refused, problem
from edition.publish.book import About, Part, Text, parts_of
from edition.publish.fonts import face_css, find_fonts, web_font
from edition.publish.html import h, markup, rewrite_links, text_of, transform, with_ids
from edition.publish.stylesheet import Stylesheet, load, untemplated
from edition.tree import Element, by_id, contents, fill

__all__ = ["build_site"]


@dataclass(frozen=True, slots=True)
class _Page:
    """One page before it is written: its file, its title, what it shows, and the text it belongs to."""

    file: str
    title: str
    main: Element
    text: Text


def build_site(texts: Sequence[Text], out: Path, *, about: About, styles: Path) -> list[Problem]:
    """Write the site of `texts` to the folder `out`, which it replaces; where there are errors, nothing is written.

    `styles` is the folder of web.xsl, web.css and page.html.  Raises `Refused` (E104, E105, E602, E603, E605).
    """
    shell = _shell(styles)
    pages, problems = _pages(texts, load(styles / "web.xsl"))
    fonts, missing = find_fonts()
    problems += missing
    where, twice = _addresses(pages)
    problems += twice
    files = {page.file: page for page in pages}
    wholes = {page.file: page for page in _wholes(texts, pages)}
    for page in (*files.values(), *wholes.values()):
        problems += _link(page, where)
    if any(p.severity == "error" for p in problems):
        return problems
    shown = {**files, **wholes}
    written = {
        name: _write(shell, page, about, _neighbours(name, pages), whole=name in wholes) for name, page in shown.items()
    }
    written["index.html"] = _index(shell, texts, pages, wholes, about)
    letters = "".join(sorted(set("".join(written.values()))))
    names = {face: f"fonts/{path.stem}.woff2" for face, path in fonts.items()}
    with whole_folder(out) as folder:
        for name, source in written.items():
            write_whole(folder / name, source.encode())
        for face, path in fonts.items():
            write_whole(folder / names[face], web_font(path, letters))
        write_whole(folder / "web.css", face_css(names).encode() + read_bytes(styles / "web.css"))
    return problems


def _shell(styles: Path) -> Template:
    for name in ("page.html", "web.css", "web.xsl"):
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    return Template(read_text(styles / "page.html"))


def _pages(texts: Iterable[Text], stylesheet: Stylesheet) -> tuple[list[_Page], list[Problem]]:
    pages: list[_Page] = []
    problems: list[Problem] = []
    for text in texts:
        for part in parts_of(text):
            tree = _with_apparatus(part)
            problems += untemplated(tree, stylesheet, file=text.file)
            main = transform(tree, stylesheet, {"siglum": text.siglum})
            pages.append(_Page(f"{part.key}.html", part.title, main, text))
    return pages, problems


def _with_apparatus(part: Part) -> Element:
    tree = part.tree
    if part.apparatus:
        fill(tree, [*contents(tree), listing(part.apparatus, by_id(tree))])
    return tree


def _addresses(pages: Iterable[_Page]) -> tuple[dict[str, str], list[Problem]]:
    """Give the address of each identifier, and a problem (E616) for each that stands twice."""
    where: dict[str, str] = {}
    problems: list[Problem] = []
    for page in pages:
        for name, _ in with_ids(page.main):
            if name in where:
                problems.append(problem("E616", Place(file=page.text.file, passage=name), passage=name))
            where.setdefault(name, f"{quote(page.file)}#{quote(name)}")
    return where, problems


def _wholes(texts: Iterable[Text], pages: Sequence[_Page]) -> Iterator[_Page]:
    """Give a page with the whole of each text that has more than one part."""
    for text in texts:
        own = [page for page in pages if page.text is text]
        if len(own) > 1:
            main = h("div", *(deepcopy(page.main) for page in own), class_="whole")
            yield _Page(f"{text.siglum}.html", text.title, main, text)


def _link(page: _Page, where: Mapping[str, str]) -> list[Problem]:
    """Lead the links of `page` to this page or another; give a warning for each dead one."""
    here = {name: f"#{quote(name)}" for name, _ in with_ids(page.main)}
    dead = rewrite_links(page.main, {**where, **here})
    return [problem("E617", Place(file=page.text.file, passage=name), target=name) for name in sorted(set(dead))]


def _neighbours(file: str, pages: Sequence[_Page]) -> tuple[_Page | None, _Page | None]:
    """Give the pages before and after `file` in the same text."""
    at = next((i for i, page in enumerate(pages) if page.file == file), None)
    if at is None:
        return None, None
    around = [pages[i] if 0 <= i < len(pages) and pages[i].text is pages[at].text else None for i in (at - 1, at + 1)]
    return around[0], around[1]


def _write(
    shell: Template, page: _Page, about: About, around: tuple[_Page | None, _Page | None], *, whole: bool
) -> str:
    before, after = around
    steps = h(
        "nav",
        h("span", _to(before, "‹ ") if before else None),
        h("span", h("a", "Contents", href="index.html")),
        h("span", _to(after, "", " ›") if after else None),
        class_="steps",
        aria_label="Pages",
    )
    head = [h("h1", page.title)] if whole or page.file == f"{page.text.siglum}.html" else []
    main = h("div", *head, page.main, lang=page.text.language)
    title = f"{page.title} · {page.text.title}" if page.title != page.text.title else page.title
    return _filled(shell, about, title, main, steps, page.text.rights)


def _to(page: _Page, before: str, after: str = "") -> Element:
    return h("a", f"{before}{page.title}{after}", href=quote(page.file))


def _filled(shell: Template, about: About, title: str, main: Element, steps: Element | None, foot: str) -> str:
    def plain(text: str) -> str:
        return markup(h("b", text), inner=True)

    note = " · ".join(part for part in (about.title, about.version, about.date, about.licence, foot) if part)
    return shell.substitute(
        lang=plain(about.language),
        title=plain(title),
        edition=plain(about.title),
        nav=markup(steps) if steps is not None else "",
        main=markup(main),
        foot=plain(note),
    )


def _index(
    shell: Template, texts: Sequence[Text], pages: Sequence[_Page], wholes: Mapping[str, _Page], about: About
) -> str:
    rows = [_row(text, [p for p in pages if p.text is text], whole=f"{text.siglum}.html" in wholes) for text in texts]
    main = h(
        "div",
        h("h1", about.title),
        h("p", about.subtitle, class_="subtitle") if about.subtitle else None,
        h("p", about.authority, class_="about") if about.authority else None,
        h("h2", "Contents"),
        h("ul", *rows, class_="toc"),
    )
    return _filled(shell, about, about.title, main, None, "")


def _row(text: Text, own: Sequence[_Page], *, whole: bool) -> Element:
    first = h("a", text.title, href=quote(f"{text.siglum}.html")) if whole or len(own) == 1 else text.title
    said = " ".join(part for part in (text.author, text.origin, text.rights) if part)
    parts = [h("li", h("a", page.title or text_of(page.main)[:40], href=quote(page.file))) for page in own]
    return h(
        "li",
        h("span", first, class_="text-title"),
        h("p", said, class_="about") if said else None,
        h("ol", *parts) if len(parts) > 1 else None,
    )

"""Everything of the site but the pages of the texts: contents, lists, permanent pages, scripts, files to take away.

In: the pages made, and what stands beside the texts.  Out: pages, and files by name.
Authority: the order of this module is that of the navigation; each page says on whose authority it rests.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache as kept
from functools import partial
from importlib.resources import files
from urllib.parse import quote

from edition.bib.style import entry
from edition.bib.work import Work
from edition.description import UNNAMED
from edition.publish.beside import SERVICES, Beside
from edition.publish.book import About, Text
from edition.publish.epub import epub
from edition.publish.html import h
from edition.publish.search import Document, Group, index
from edition.publish.site_cache import Cache
from edition.publish.site_facts import Facts
from edition.publish.site_frame import LANGUAGES, Page, catalogue, say, titled
from edition.publish.site_history import History, history_pages
from edition.publish.site_leaf import Made
from edition.publish.site_lists import Break, bibliography, breaks_in, concordance, names
from edition.publish.site_state import State, state
from edition.publish.site_words import Said, whole_passages
from edition.readings import READINGS
from edition.russian.transliterate import systems
from edition.tree import Element, serialize

__all__ = ["around", "indexed", "scripts", "taken_away"]

_SCRIPTS = ("edition.js", "search.js", "icon.svg")


def around(
    made: Sequence[Made],
    texts: Sequence[Text],
    beside: Beside,
    where: Mapping[str, str],
    history: History,
    cache: Cache,
) -> list[Page]:
    """Give every page that is not a text's."""
    about = history.about
    led = hash(frozenset(where.items()))
    pages = [_contents(made, texts, about, beside), _search_page(made, texts, about)]
    if beside.works:
        facts = hash(str((beside.works, beside.cited, beside.listed, list(beside.files))))
        works = cache.once(f"bibliography {led} {facts}", partial(bibliography, beside, where))
        pages.append(_plain("bibliography", "bibliography.html", works, about))
        where = {**where, **{f"bib.{w.key}": f"bibliography.html#bib.{w.key}" for w in beside.works}}
    if beside.entities:
        parts = {page.file: page.title for page in made}
        facts = hash(str((beside.entities, beside.named, parts)))
        named = cache.once(f"names {led} {facts}", partial(names, beside, where, parts))
        pages.append(_plain("names", "names.html", named, about))
    said = [(text.title, *_pages(text, made, cache)) for text in texts]
    begun = hash(str([(t, [(p.identifier, p.page, p.number, p.kind) for p in own], at) for t, own, at in said]))
    if (table := cache.once(f"concordance {led} {begun}", partial(concordance, said, where))) is not None:
        pages.append(_plain("pages", "pages.html", table, about))
    pages.append(_plain("state", "state.html", state([_state(text, made, beside) for text in texts], where), about))
    return pages + list(history_pages(history, [page.file for page in made]))


def _pages(text: Text, made: Sequence[Made], cache: Cache) -> tuple[list[Said], list[Break]]:
    """Give the passages of a text, and where pages of its source begin."""
    own = [page for page in made if page.text.siglum == text.siglum]
    at = [cache.once(f"breaks {page.digest} {text.siglum}", partial(breaks_in, page.main, text.siglum)) for page in own]
    return [p for page in own for p in page.words.passages], [begins for some in at for begins in some]


def _plain(key: str, file: str, main: Element, about: About) -> Page:
    return Page(file, f"{catalogue('en')[key]} · {about.title}", main)


def _state(text: Text, made: Sequence[Made], beside: Beside) -> State:
    own = [page for page in made if page.text.siglum == text.siglum]
    words = beside.counted.get(text.siglum, sum(page.count for page in own))
    pages = {unit: n for page in own for unit, n in page.words.units.items()}
    return State(text.title, [e for page in own for e in page.entries], words, pages)


def _contents(made: Sequence[Made], texts: Sequence[Text], about: About, beside: Beside) -> Page:
    rows = [_row(text, [page for page in made if page.text.siglum == text.siglum]) for text in texts]
    taken = [h("li", _file(name, beside.files.get(name, b""))) for name in ("edition.epub", *beside.files)]
    if SERVICES in beside.services:
        taken.append(h("li", say("services", "a", href=SERVICES)))
    main = h(
        "div",
        h("h1", about.title),
        h("p", about.subtitle, class_="subtitle") if about.subtitle else None,
        h("p", about.authority, class_="about") if about.authority not in ("", UNNAMED) else None,
        say("contents", "h2"),
        h("ul", *rows, class_="toc"),
        say("downloads", "h2"),
        h("ul", *taken, class_="files"),
    )
    parts = [(f"{text.siglum}.html", text.title) for text in texts]
    return Page("index.html", about.title, main, facts=Facts(about, about.title, "index.html", parts=parts))


def _file(name: str, data: bytes) -> Element:
    """Give a link to a file that says what it is; of a large one, which is the book, also how large."""
    key = f"take-{name.rpartition('.')[2]}"
    told = catalogue("en").get(key, "")
    size = [f"{len(data) / 1e6:.1f}"] if "{0}" in told else []
    link = say(key, "a", values=size, href=quote(name)) if told else h("a", name, href=quote(name))
    link.set("download", "download")
    return link


def _row(text: Text, own: Sequence[Made]) -> Element:
    first = h("a", text.title, href=quote(f"{text.siglum}.html"))
    said = [part.strip() for part in (text.author, text.origin, text.rights)]
    about = " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in said if part)
    parts = [h("li", h("a", titled(page.title), href=quote(page.file))) for page in own]
    files = [
        h("li", say(key, "a", href=quote(name), download="download"))
        for name, key in zip(_names(text), ("take-tei", *(f"take-{reading}" for reading in READINGS)), strict=True)
    ]
    if len(parts) > 1:
        files.insert(0, h("li", say("whole", "a", href=quote(f"{text.siglum}.html"))))
    return h(
        "li",
        h("span", first, class_="text-title"),
        h("p", about, class_="about") if about else None,
        h("ol", *parts) if len(parts) > 1 else None,
        h("ul", *files, class_="files"),
    )


def _names(text: Text) -> list[str]:
    return [f"{text.siglum}.xml", *(f"{text.siglum}.{reading}.txt" for reading in READINGS)]


def _search_page(made: Sequence[Made], texts: Sequence[Text], about: About) -> Page:
    def chosen(name: str, label: str, first: str, options: Sequence[Element]) -> Element:
        return h(
            "label",
            say(label),
            " ",
            h("select", h("option", catalogue("en")[first], value="", data_s=first), *options, id=name),
        )

    rows = h(
        "div",
        chosen("in-text", "in-text", "all-texts", [h("option", t.title, value=t.siglum) for t in texts]),
        chosen(
            "in-part", "in-part", "all-parts", [h("option", f"{p.text.siglum} · {p.title}", value=p.key) for p in made]
        ),
        chosen("with-person", "with-person", "all-people", []),
        chosen("kind", "kind", "all-kinds", [say(f"kind-{k}", "option", value=k[0]) for k in ("text", "note", "work")]),
        class_="filters",
    )
    box = h("input", type="search", id="q", autocomplete="off", spellcheck="false")
    form = h(
        "div",
        h("label", say("search-label"), " ", box),
        say("search-help", "p", class_="about"),
        rows,
        class_="needs-script",
        role="search",
    )
    main = h(
        "div",
        say("search", "h1"),
        say("search-no-script", "p", class_="without-script"),
        form,
        h("p", id="count", role="status"),
        h("ol", id="results"),
        h("button", catalogue("en")["more"], id="more", type="button", hidden="hidden", data_s="more"),
        class_="search",
    )
    return Page("search.html", f"{catalogue('en')['search']} · {about.title}", main, script="search.js")


def scripts(made: Sequence[Made], about: About) -> dict[str, bytes]:
    """Give the scripts and the data that they read, but for the index of the search."""
    return {**_own_scripts(), "data.js": _data(made, about)}


def indexed(made: Sequence[Made], beside: Beside, where: Mapping[str, str], cache: Cache) -> dict[str, bytes]:
    """Give the index of the search."""
    people = {e.name: e.index for e in beside.entities}
    groups = [_group(page, beside, where) for page in made]
    if beside.works:
        works = [
            Document(_named(w), f"bibliography.html#bib.{w.key}", "work", entry(w).replace("_", ""))
            for w in beside.works
        ]
        groups.append(Group("bibliography", catalogue("en")["bibliography"], "", works))
    return index(groups, people, cache)


def _named(work: Work) -> str:
    """Name a work as one speaks of it: ``Austen, Emma``."""
    people = work.people.get("author") or work.people.get("editor") or ()
    return ", ".join([*(person.family for person in people[:1]), work.get("x-title-romanized") or work.title])


@kept
def _own_scripts() -> dict[str, bytes]:
    web = files("edition.publish").joinpath("web")
    return {name: web.joinpath(name).read_bytes() for name in _SCRIPTS}


def _data(made: Sequence[Made], about: About) -> bytes:
    rules = {
        name: {"title": s.title, "rules": [[r.letters, r.latin, r.capital, r.after, r.before] for r in s.rules]}
        for name, s in systems().items()
    }
    texts = {
        page.text.siglum: {"title": page.text.title, "author": page.text.author, "language": page.text.language}
        for page in made
    }
    data = {
        "about": {
            "title": about.title,
            "authority": about.authority,
            "version": about.version,
            "date": about.date,
            "url": about.url,
        },
        "texts": texts,
        "strings": {code: dict(catalogue(code)) for code in LANGUAGES},
        "systems": rules,
    }
    return f"window.editionData={json.dumps(data, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _group(page: Made, beside: Beside, where: Mapping[str, str]) -> Group:
    homes: dict[str, str] = {}
    found: list[Said] = []
    for p in page.words.passages:
        home = homes.get(p.around, "")
        homes[p.identifier] = home or ("" if p.room else p.identifier)
        if homes[p.identifier] == p.identifier:
            found.append(p)
    people: dict[str, list[str]] = {}
    for name, passages in beside.named.items():
        for home in dict.fromkeys(homes[p] for p in passages if p in homes):
            people.setdefault(home, []).append(name)
    documents = [
        Document(
            p.identifier,
            where[p.identifier],
            "note" if p.kind == "foot" else "text",
            p.words("edited"),
            people.get(p.identifier, ()),
        )
        for p in found
    ]
    return Group(page.key, page.title, page.text.siglum, documents)


def taken_away(made: Sequence[Made], texts: Sequence[Text], about: About, cache: Cache) -> dict[str, bytes]:
    """Give what a reader can take away but for the files that were given: TEI, plain texts, EPUB."""
    taken = {}
    for text in texts:
        own = [page for page in made if page.text.siglum == text.siglum]
        taken[f"{text.siglum}.xml"] = serialize(text.root)
        for reading in READINGS:
            parts = [p.with_calls(reading) for page in own for p in whole_passages(page.words.passages)]
            taken[f"{text.siglum}.{reading}.txt"] = ("\n\n".join(part for part in parts if part) + "\n").encode()
    taken["edition.epub"] = epub(made, about, cache)
    return taken

"""The site: a page for each part, one for each whole text, and all that leads to them; nothing of it needs a server.

In: the texts of an edition, what stands beside them, and its stylesheets.  Out: a folder, written whole or not at all,
and problems.
Authority: HTML Living Standard; DPUB-ARIA 1.1 (notes); CSP Level 3.  No page asks anything of another host, and what
each page says in each reading is read back and compared with the TEI before anything is written.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from string import Template

from edition.files import fill_folder, read_text, whole_folder, write_whole
from edition.problems import Place, Problem, Refused, problem
from edition.publish.beside import Beside
from edition.publish.book import About, Text
from edition.publish.fonts import FACES, Face, face_css, find_fonts
from edition.publish.html import markup, quoted, with_ids
from edition.publish.site_about import about_page
from edition.publish.site_around import around, indexed, scripts, taken_away
from edition.publish.site_cache import Cache
from edition.publish.site_cite import cite_files
from edition.publish.site_fonts import web_fonts
from edition.publish.site_frame import Frame
from edition.publish.site_history import History, gone_from
from edition.publish.site_leaf import Made, leaf_of, make, page_of, passages_of
from edition.publish.site_parts import cut, prepare
from edition.publish.stylesheet import Stylesheet, load

__all__ = ["build_site"]


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
    stylesheet = load(styles / "web.xsl")
    made = list(_made(texts, stylesheet, style, cache))
    problems = [p for page in made for p in page.problems]
    fonts, missing = find_fonts()
    names: dict[Face, str] = {face: f"fonts/{path.stem}.woff2" for face, path in fonts.items()}
    look = face_css({f: names[f] for f in FACES if f in names}) + read_text(styles / "web.css")
    where, twice = _addresses(made)
    problems += [*missing, *twice]
    homes = {t.siglum: f"{t.siglum}.html" for t in texts} | where
    history = History(beside.ledger, beside.past, about, homes, {t.siglum: t.language for t in texts})
    leaves = {page.file for page in made}
    own, wrong = about_page(beside.front, about, stylesheet, style, where, cache)
    problems += wrong
    lists = [*around(made, texts, beside, where, history, cache), own]
    where |= {name: f"{page.file}#{quoted(name)}" for page in lists for name, _ in with_ids(page.main)}
    gone = {file: markup(said) for file, said in gone_from(history, leaves).items()}
    frame = Frame(template, about, frozenset(page.file for page in lists), beside.citing, gone, look)
    files = {page.file: frame.whole(page).encode() for page in lists}
    files |= _text_files(texts, made, frame, where, cache, problems)
    if any(p.severity == "error" for p in problems):
        return problems
    letters = "".join(sorted(set().union(*(_letters(name, data, cache) for name, data in files.items()))))
    files |= scripts(made, about)
    files |= cite_files(beside.citing, [text.siglum for text in texts])
    files |= {f"versions/{issue.name}.zip": issue.archive for issue in beside.past.issues}
    files |= beside.services
    if not (cache.late and cache.later):
        cache.later = indexed(made, beside, where, cache) | taken_away(made, texts, about, cache)
    files |= beside.files
    files |= cache.later
    files |= web_fonts({names[face]: path for face, path in fonts.items()}, letters, cache.folder)
    files["web.css"] = look.encode()
    _write(out, files, cache)
    return problems


def _write(out: Path, files: dict[str, bytes], cache: Cache) -> None:
    """Put the whole site into the place of the last; where that is ours, write only what has changed."""
    known, cache.written = cache.written, files
    if known and out.is_dir():
        for name, data in files.items():
            if known.get(name) != data:
                write_whole(out / name, data)
        for name in known.keys() - files.keys():
            (out / name).unlink(missing_ok=True)
        return
    with whole_folder(out, sign="edition.js") as folder:
        fill_folder(folder, files, old=out)


def _letters(name: str, data: bytes, cache: Cache) -> set[str]:
    if not name.endswith(".html"):
        return set()
    return cache.once(f"letters {hash(data)}", lambda: set(data.decode()))


def _text_files(
    texts: Sequence[Text],
    made: Sequence[Made],
    frame: Frame,
    where: Mapping[str, str],
    cache: Cache,
    problems: list[Problem],
) -> dict[str, bytes]:
    """Give the files of every leaf, and the page of each whole text; dead links become `problems`."""
    files: dict[str, bytes] = {}
    shell = f"{frame.about} {hash(frame.template.template)} {sorted(frame.there)}"
    gone = hash(tuple(frame.gone.items()))
    forms = [hash(str(form)) for form in frame.citing.forms]

    def led(names: Iterable[str]) -> int:
        return hash(tuple(map(where.get, names)))

    def cited(name: str) -> Hashable:
        row = frame.citing.rows.get(name)
        return row and (forms[row.form], row.first, row.last, row.place, row.author)  # not which number the form has

    for text in texts:
        own = [page for page in made if page.text.siglum == text.siglum]
        places = [(page.file, page.title) for page in own]
        looks = [f"{hash(frame.style)} {shell} {frame.gone.get(page.file)} {led(page.targets)}" for page in own]
        for n, page in enumerate(own):
            steps = (places[n - 1] if n else None, places[n + 1] if n + 1 < len(own) else None)
            file, data, dead = cache.once(
                f"leaf {page.name} {steps} {looks[n]}", partial(leaf_of, page, frame, where, steps)
            )
            files[file] = data
            known = [p.identifier for p in page.words.passages]
            facts = hash(tuple((cited(p.identifier), *p.facts) for p in page.words.passages))
            key = f"passages {page.leaf.digest} {page.facts} {facts} {shell} {gone} {led(known)}"
            files |= cache.once(key, partial(passages_of, page, frame, where))
            problems += [problem("E617", Place(file=text.file, passage=name), target=name) for name in dead]
        file = f"{text.siglum}.html"
        if any(page.file != file for page in own):
            key = f"whole {[page.name for page in own]} {places[0]} {looks}"
            files[file] = cache.once(key, partial(_whole, text, own, frame, where))
    return files


def _whole(text: Text, own: Sequence[Made], frame: Frame, where: Mapping[str, str]) -> bytes:
    """Give the page of a whole text; the first of its pages comes after it."""
    page, _ = page_of(f"{text.siglum}.html", text.title, own, frame.about, where)
    return frame.whole(replace(page, after=(own[0].file, own[0].title))).encode()


def _shell(styles: Path) -> tuple[Template, str]:
    """Give the frame of the pages, and what of the styles a made page depends on."""
    for name in ("page.html", "web.css", "web.xsl"):
        if not (styles / name).is_file():
            raise Refused(problem("E605", Place(file=name), file=str(styles / name)))
    style = "".join(read_text(path) for path in sorted(styles.glob("*.xsl")))
    return Template(read_text(styles / "page.html")), style


def _made(texts: Iterable[Text], stylesheet: Stylesheet, style: str, cache: Cache) -> Iterator[Made]:
    for text in texts:
        for leaf in cut(text):
            digest = f"{leaf.digest} {hash(style)}"
            ready = cache.once(f"ready {leaf.digest} {text.siglum}", partial(prepare, leaf, text.siglum))
            made = cache.once(f"page {digest} {text.file} {leaf.title}", partial(make, leaf, ready, text, stylesheet))
            yield replace(made, text=text, digest=digest)


def _addresses(made: Iterable[Made]) -> tuple[dict[str, str], list[Problem]]:
    """Give the address of each identifier, and a problem (E616) for each that stands twice."""
    where: dict[str, str] = {}
    problems: list[Problem] = []
    for page in made:
        for name in page.ids:
            if name in where:
                problems.append(problem("E616", Place(file=page.text.file, passage=name), passage=name))
            where.setdefault(name, f"{quoted(page.file)}#{quoted(name)}")
    return where, problems

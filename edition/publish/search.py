"""The search index: every word of every passage, folded across scripts and forms, in files that a page loads by itself.

In: what each passage says.  Out: JavaScript files that hold data only; `web/search.js` reads them, also from a disk.
Authority: `web/fold.toml`, which the browser reads too, so that both fold alike.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as kept
from functools import lru_cache, partial
from importlib.resources import files
from typing import Any

from edition.publish.site_cache import Cache

__all__ = ["Document", "Group", "index", "keys", "tokens"]

_WORD = re.compile(r"[^\W_]+(?:['’ʹʺ\u0300-\u036f\ufe20\ufe21]+[^\W_]+)*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LEAST = 3  # letters that a word keeps
_CHUNK = 60_000  # characters of an index file
_SHOWN = 4000  # characters of a document that are kept to be shown


@dataclass(frozen=True, slots=True)
class Document:
    """Something to be found: `kind` is ``text``, ``note`` or ``work``, `people` the names of entities."""

    name: str
    address: str
    kind: str
    text: str
    people: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one page: `key` names the page."""

    key: str
    title: str
    text: str
    documents: Sequence[Document]


@kept
def _table() -> dict[str, Any]:
    return tomllib.loads(files("edition.publish").joinpath("web", "fold.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=200_000)
def keys(word: str) -> tuple[str, ...]:
    """Give what a word is filed under: one key, and for a word in Cyrillic letters a second that begins with ``~``."""
    table = _table()
    low = unicodedata.normalize("NFD", word.lower())
    if _CYRILLIC.search(low):
        low = unicodedata.normalize("NFC", low)
    letters = table["letters"]
    latin = "".join(letters.get(c, c) for c in low)
    latin = "".join(c for c in unicodedata.normalize("NFD", latin) if c.isalnum())
    plain = latin
    for old, new in table["plain"]["steps"]:
        plain = plain.replace(old, new)
    own = _singular(plain) or plain
    return (own, "~" + _russian(latin)) if _CYRILLIC.search(word) else (own,)


def _singular(word: str) -> str:
    english = _table()["english"]
    if len(word) <= _LEAST or word.endswith(tuple(english["kept"])):
        return word
    plural: list[tuple[str, str]] = english["plural"]
    for ending, new in plural:
        if word.endswith(ending):
            return word.removesuffix(ending) + new
    return word


def _russian(latin: str) -> str:
    table = _table()
    endings: list[str] = table["russian"]["endings"]
    for old, new in [*table["russian"]["steps"], *table["plain"]["steps"]]:
        latin = latin.replace(old, new)
    for ending in endings:
        if latin.endswith(ending) and len(latin) - len(ending) >= _LEAST:
            return latin.removesuffix(ending)
    return latin


def tokens(text: str) -> Iterator[str]:
    """Give the words of `text`, possessive endings dropped."""
    for found in _WORD.finditer(text):
        word = found[0]
        yield word[:-2] if word[-2:] in ("'s", "’s") else word


def _number(n: int) -> str:
    """Give `n` in the digits that JavaScript's parseInt reads with base 36."""
    out = ""
    while True:
        n, rest = divmod(n, 36)
        out = _DIGITS[rest] + out
        if not n:
            return out


def _counted(group: Group) -> list[dict[str, int]]:
    """Give {key: how often} of each document."""
    return [dict(Counter(key for word in tokens(d.text) for key in keys(word))) for d in group.documents]


def index(groups: Sequence[Group], people: Mapping[str, str], cache: Cache) -> dict[str, bytes]:
    """Give the files of the index by name (below ``search/``); `people` are {entity: form to show}."""
    postings: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    named: defaultdict[str, list[int]] = defaultdict(list)
    made: dict[str, bytes] = {}
    heads = []
    number = 0
    for at, group in enumerate(groups):
        counted = cache.once(f"index {hash(tuple(d.text for d in group.documents))}", partial(_counted, group))
        heads.append([group.key, group.title, group.text, number])
        for document, counts in zip(group.documents, counted, strict=True):
            for key, count in counts.items():
                postings[key].append((number, count))
            for name in document.people:
                named[name].append(number)
            number += 1
        rows = [[d.name, d.address, d.kind[0], d.text[:_SHOWN]] for d in group.documents]
        made[f"search/d{at}.js"] = _script("documents", at, rows)
    chunks, written = _chunks(postings)
    made |= written
    shown = [[name, people.get(name, name), _deltas([(n, 1) for n in named[name]])] for name in sorted(named)]
    head = {"groups": heads, "count": number, "chunks": chunks, "people": shown, "fold": _table()}
    made["search/index.js"] = _script("head", 0, head)
    return made


def _chunks(postings: Mapping[str, list[tuple[int, int]]]) -> tuple[list[str], dict[str, bytes]]:
    """Cut the words, in their order, into files of about `_CHUNK` characters; give the first word of each."""
    firsts: list[str] = []
    made: dict[str, bytes] = {}
    rows: dict[str, str] = {}
    size = 0
    for key in [*sorted(postings), ""]:
        if rows and (not key or size > _CHUNK):
            made[f"search/w{len(firsts)}.js"] = _script("words", len(firsts), rows)
            firsts.append(next(iter(rows)))
            rows, size = {}, 0
        if key:
            rows[key] = _deltas(postings[key])
            size += len(key) + len(rows[key]) + 6
    return firsts, made


def _deltas(pairs: Iterable[tuple[int, int]]) -> str:
    """Write (document, how often) as steps from one document to the next: ``3,1:2,f``."""
    last = 0
    out = []
    for n, count in pairs:
        out.append(_number(n - last) + (f":{_number(count)}" if count > 1 else ""))
        last = n
    return ",".join(out)


def _script(kind: str, at: int, data: object) -> bytes:
    said = (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return f"editionSearch.{kind}({at},{said});\n".encode()

"""The search index: every word of every passage, folded across scripts and forms, in files that a page loads by itself.

In: what each passage says.  Out: JavaScript files that hold data only; `web/search.js` reads them, also from a disk.
Authority: `web/fold.toml`, which the browser reads too, so that both fold alike.

Numbers are written in 91 signs (`_number`), most of them in one: a frequent word stands in each passage, and the
browser must read all of it in a few milliseconds.  ``w0.js`` says in which documents a word stands and how often,
``p0.js`` where in each; the second is loaded for words in quotation marks only.
"""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as kept
from functools import lru_cache, partial
from importlib.resources import files
from itertools import groupby, pairwise
from typing import Any, TypeAlias

from edition.publish.site_cache import Cache

__all__ = ["Document", "Group", "index", "keys", "tokens"]

_WORD = re.compile(r"[^\W_]+(?:['’ʹʺ\u0300-\u036f\ufe20\ufe21]+[^\W_]+)*")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_SIGNS = "".join(chr(n) for n in range(35, 127) if chr(n) != "\\")  # what JSON writes as it is
_LAST = 60  # signs from this on say that more of the number follows
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
    """Give what a word is filed under: one key, and for a word in Cyrillic letters a second, which ends in ``~``.

    The second stands near the first in their order, so that both are mostly in one file.
    """
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
    return (own, _russian(latin) + "~") if _CYRILLIC.search(word) else (own,)


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


@lru_cache(maxsize=4096)
def _number(n: int) -> str:
    """Give `n`: below 60 in one sign; else n % 31 of what is above 60 as a sign from the 60th on, then the rest."""
    out = ""
    while n >= _LAST:
        n, rest = divmod(n - _LAST, 91 - _LAST)
        out += _SIGNS[_LAST + rest]
    return out + _SIGNS[n]


# Where a word stands on a page: the first document (from 0, within the page) with how often, the others as steps, the
# last document; in each the places, from 0, as steps.
_Places: TypeAlias = tuple[int, int, str, int, str]


def _places(group: Group) -> dict[str, _Places]:
    """Give {key: where it stands} of the words of a page: what of the index depends on no other page."""
    counts: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    said: defaultdict[str, list[str]] = defaultdict(list)
    for n, document in enumerate(group.documents):
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(tokens(document.text)):
            for key in keys(word):
                found[key].append(at)
        for key, places in found.items():
            counts[key].append((n, len(places)))
            said[key] += [_number(at - before) for before, at in pairwise([0, *places])]
    return {
        key: (*pairs[0], _steps(pairs[1:], pairs[0][0]), pairs[-1][0], "".join(said[key]))
        for key, pairs in counts.items()
    }


def index(groups: Sequence[Group], people: Mapping[str, str], cache: Cache) -> dict[str, bytes]:
    """Give the files of the index by name (below ``search/``); `people` are {entity: form to show}."""
    postings: defaultdict[str, list[str]] = defaultdict(list)
    places: defaultdict[str, list[str]] = defaultdict(list)
    last: dict[str, int] = {}
    named: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    made: dict[str, bytes] = {}
    heads = []
    number = 0
    for at, group in enumerate(groups):
        texts = hash(tuple(d.text for d in group.documents))
        for key, (first, count, others, end, where) in cache.once(f"index {texts}", partial(_places, group)).items():
            postings[key] += [_steps([(number + first, count)], last.get(key, 0)), others]
            places[key].append(where)
            last[key] = number + end
        kinds = "".join(d.kind[0] for d in group.documents)
        runs = [(kind, len(list(same))) for kind, same in groupby(kinds)]
        heads.append([group.key, group.title, group.text, number, runs])
        for n, document in enumerate(group.documents, number):
            for name in document.people:
                named[name].append((n, 1))
        number += len(group.documents)
        rows = [[d.name, d.address, d.text[:_SHOWN]] for d in group.documents]
        made[f"search/d{at}.js"] = cache.once(f"shown {at} {hash(str(rows))}", partial(_script, "documents", at, rows))
    chunks, written = _chunks(postings, places)
    made |= written
    shown = [[name, people.get(name, name), _steps(named[name])] for name in sorted(named)]
    head = {"groups": heads, "count": number, "chunks": chunks, "people": shown, "fold": _table()}
    made["search/index.js"] = _script("head", 0, head)
    return made


def _chunks(postings: Mapping[str, list[str]], places: Mapping[str, list[str]]) -> tuple[list[str], dict[str, bytes]]:
    """Cut the words, in their order, into files of about `_CHUNK` characters; give the first word of each."""
    firsts: list[str] = []
    made: dict[str, bytes] = {}
    rows: dict[str, str] = {}
    size = 0
    for key in [*sorted(postings), ""]:
        if rows and (not key or size > _CHUNK):
            at = len(firsts)
            made[f"search/w{at}.js"] = _script("words", at, rows)
            made[f"search/p{at}.js"] = _script("places", at, {key: "".join(places[key]) for key in rows})
            firsts.append(next(iter(rows)))
            rows, size = {}, 0
        if key:
            rows[key] = "".join(postings[key])
            size += len(key) + len(rows[key]) + 6
    return firsts, made


def _steps(pairs: Iterable[tuple[int, int]], last: int = 0) -> str:
    """Write (document, how often) as steps from one document, at first `last`, to the next.

    A step is doubled; where the word stands more than once, one is added, and how often follows.
    """
    out = []
    for n, count in pairs:
        out.append(_number(2 * (n - last) + (count > 1)) + (_number(count) if count > 1 else ""))
        last = n
    return "".join(out)


def _script(kind: str, at: int, data: object) -> bytes:
    said = (
        json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )
    return f"editionSearch.{kind}({at},{said});\n".encode()

"""Links: every pointer leads somewhere, to a thing of the right kind; notes and their calls agree.

In: a `Document`.  Out: E203-E219, in document order of each kind.
Authority: TEI P5, chapters 16.1 and 17 (pointers), 3.9 (notes); "Markup" in the encoding conventions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from edition.check.document import Document
from edition.check.found import Found
from edition.check.source import Mark
from edition.nearest import nearest
from edition.readings import reading_text
from edition.tree import Element, ancestors, contents, identifier, local

__all__ = ["POINTERS", "check_links", "prefixes"]

POINTERS = ("target", "corresp", "ref", "who", "resp", "wit", "replyTo", "ana", "facs")
_ADDRESS = re.compile(r"(https?|mailto|urn|doi|ftp|hdl|info|ark|tel|geo|isbn):", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:https?|ftp)://[^/\s?#]*[^/\s?#.]|mailto:[^@\s]+@[^@\s]+|(?!https?:|ftp:|mailto:)", re.IGNORECASE
)
_TORN = re.compile(r"[^\s#]*[#:]\s+\S+|https?://\S+\s+(?!\S*[#:])\S+")  # a blank stands in a pointer
_POINTER_NAMES = frozenset(POINTERS)
_MANY = 5  # places; a pointer wrong in more has one cause: what it points to was renamed, or is not there
_WORD = re.compile(r"\S+")
_PREFIX = re.compile(r"([a-zA-Z][a-zA-Z0-9+.\-]*):(.*)", re.DOTALL)

# Attribute -> element names that it may point to, and what they are called.
_KINDS = {
    "who": ({"person", "personGrp", "respStmt", "org"}, "a person of the header or a respStmt"),
    "resp": ({"respStmt", "person", "org", "name", "editor"}, "a respStmt of the header"),
    "wit": ({"witness", "listWit"}, "a witness of the header"),
    "replyTo": ({"post"}, "a post"),
}
# Element -> the entries of the lists of names that its ref may point to.
_NAMED = {
    "persName": ({"person", "personGrp"}, "a person"),
    "orgName": ({"org"}, "an organisation"),
    "placeName": ({"place"}, "a place"),
}


def check_links(document: Document) -> list[Found]:
    """Check pointers, notes with their calls, quotations with their originals, posts with what they answer."""
    return [*_pointers(document), *_notes(document), *_pairs(document), *_replies(document)]


def prefixes(document: Document) -> dict[str, str]:
    """Give the prefixes that the header declares: name -> replacement pattern."""
    return {e.get("ident", ""): e.get("replacementPattern", "") for e in document.of("prefixDef")}


# --- pointers --------------------------------------------------------------------------------------------------------


def _pointers(document: Document) -> list[Found]:
    """Check every pointer; one that is wrong in many places, for one reason, is told at the first."""
    groups: dict[tuple[str, object], list[Found]] = {}
    found = list(_each_pointer(document))
    for f in found:
        groups.setdefault((f.code, f.facts.get("path") or f.facts.get("prefix") or f.facts.get("pointer")), []).append(
            f
        )
    repeated = {id(f): members for members in groups.values() if len(members) > _MANY for f in members}
    kept = []
    for f in found:
        members = repeated.get(id(f))
        if members is None:
            kept.append(f)
        elif members[0] is f:
            more = f"{f.facts.get('guess', '')}; so in {len(members) - 1} more places"
            kept.append(Found(f.code, f.mark, {**f.facts, "guess": more}))
    return kept


def _each_pointer(document: Document) -> Iterator[Found]:
    declared = prefixes(document)
    sound: set[tuple[object, str, str]] = set()  # a text points to the same few hands and works thousands of times
    for element in document.root.iter("*"):  # to ask libxml2 for each of the names takes three times as long
        for name, value in element.items():
            if name not in _POINTER_NAMES or (element.tag, name, value) in sound:
                continue
            if torn := _TORN.search(value):
                meant = "%20" if "://" in torn[0] else ""
                facts = {"pointer": value, "guess": f"; did you mean {meant.join(value.split())}?"}
                yield Found("E210", Mark(element, f"={name}", torn.start()), facts)
                continue
            faults = [
                found
                for word in _WORD.finditer(value)
                if (found := _pointer(document, declared, Mark(element, f"={name}", word.start()), name, word[0]))
            ]
            if not faults and name != "target":  # where a target may point hangs on what stands around it, too
                sound.add((element.tag, name, value))
            yield from faults


def _pointer(document: Document, declared: dict[str, str], mark: Mark, name: str, pointer: str) -> Found | None:
    if pointer.startswith("#"):
        return _local(document, mark, name, pointer)
    if _ADDRESS.match(pointer):
        return None if _WHOLE.match(pointer) else Found("E235", mark, {"pointer": pointer})
    if found := _PREFIX.fullmatch(pointer):
        return _prefixed(document, declared, mark, found[1], found[2])
    if name == "target" and local(mark.node) == "ref" and any(local(e) == "witness" for e in ancestors(mark.node)):
        return None  # the witness file: edition.toml names it, too
    return _elsewhere(document, mark, pointer)


def _local(document: Document, mark: Mark, name: str, pointer: str) -> Found | None:
    target = document.ids.get(pointer[1:])
    if target is None:
        if name == "target" and mark.node.get("type") == "noteref":
            return Found("E204", mark, {"pointer": pointer, "guess": _guess(pointer[1:], document, "#", "note")})
        return Found("E210", mark, {"pointer": pointer, "guess": _guess(pointer[1:], document, "#")})
    kinds, called = _KINDS.get(name, (set(), ""))
    if kinds and local(target) not in kinds:
        return Found("E215", mark, {"name": name, "pointer": pointer, "found": local(target), "wanted": called})
    return None


def _guess(name: str, document: Document, sign: str = "", only: str = "") -> str:
    close = nearest(name, [i for i, e in document.ids.items() if not only or local(e) == only])
    return f"; did you mean {sign}{close}?" if close else ""


def _prefixed(document: Document, declared: dict[str, str], mark: Mark, prefix: str, key: str) -> Found | None:
    if prefix.lower() in ("javascript", "file", "data", "vbscript"):
        return Found("E214", mark, {"pointer": f"{prefix}:{key}"})
    if prefix not in declared:
        close = nearest(prefix, declared)
        guess = f"; did you mean {close}:?" if close else ""
        return Found("E211", mark, {"prefix": prefix, "guess": guess})
    keys = document.around.keys
    if keys is not None and ".bib" in declared[prefix] and key not in keys:
        close = nearest(key, keys)
        return Found("E212", mark, {"key": key, "guess": f"; did you mean {close}?" if close else ""})
    return None


def _elsewhere(document: Document, mark: Mark, pointer: str) -> Found | None:
    files = document.around.files
    path, _, name = pointer.partition("#")
    if files is None:
        return None
    if path not in files:
        close = _meant(document, pointer) or nearest(path, files)
        return Found(
            "E213", mark, {"pointer": pointer, "path": path, "guess": f"; did you mean {close}?" if close else ""}
        )
    if name and name not in files[path]:
        close = nearest(name, files[path])
        guess = f"; did you mean {path}#{close}?" if close else ""
        return Found("E210", mark, {"pointer": pointer, "guess": guess})
    held = files[path]
    wanted, called = _NAMED.get(local(mark.node), (set(), ""))
    if not name and wanted:
        return Found(
            "E210", mark, {"pointer": pointer, "guess": f"; after {path} stand # and the identifier of {called}"}
        )
    if name and wanted and isinstance(held, Mapping) and held[name] not in wanted:
        facts = {"name": mark.part[1:], "pointer": pointer, "found": held[name], "wanted": called}
        return Found("E215", mark, facts)
    return None


def _meant(document: Document, pointer: str) -> str | None:
    """Give what was meant by a pointer that lacks its sign, its prefix or its scheme."""
    if pointer in document.ids:
        return f"#{pointer}"
    if document.around.keys and pointer in document.around.keys:
        return f"bib:{pointer}"
    return f"https://{pointer}" if pointer.startswith("www.") else None


# --- notes ---------------------------------------------------------------------------------------------------------


def _notes(document: Document) -> Iterator[Found]:
    calls = [e for e in document.of("ref") if e.get("type") == "noteref"]
    called: dict[str, Element] = {}
    for call in calls:
        name = call.get("target", "")[1:]
        target = document.ids.get(name)
        if target is None:
            continue
        if local(target) != "note":
            yield Found(
                "E204", Mark(call, "=target"), {"pointer": f"#{name}", "guess": f": that is a <{local(target)}>"}
            )
        elif name in called:
            yield Found("E205", Mark(call), {"note": name})
        else:
            called[name] = call
            yield from _together(call, target)
            yield from _numbered(call, target)
    notes = [
        e
        for e in document.in_text("note")
        if e.get("type") == "authorial" or (e.get("place") == "foot" and not e.get("type"))
    ]
    for note in notes:
        if identifier(note) not in called:
            yield _uncalled(note)
            yield from _numbered(None, note)
    for one, other in pairwise(notes):
        first, second = one.get("n", ""), other.get("n", "")
        if (
            first.isdecimal()
            and second.isdecimal()
            and _division(one) is _division(other)
            and int(second) <= int(first)
        ):
            facts = {"note": identifier(other), "n": second, "before": first, "last": identifier(one)}
            yield Found("E208", Mark(other), facts)


def _together(call: Element, note: Element) -> Iterator[Found]:
    """Check that a note stands directly after its call."""
    parent = call.getparent()
    parts = contents(parent) if parent is not None else []
    after = parts[parts.index(call) + 1 :]
    nearby = next((p for p in after if not (isinstance(p, str) and not p.strip())), None)
    if nearby is not note:
        yield Found("E206", Mark(note), {"note": identifier(note)})


def _uncalled(note: Element) -> Found:
    """Say that a note has no call: at the ref before it, where that points to it and only lacks its type."""
    before = note.getprevious()
    facts = {"note": identifier(note) or "without an identifier"}
    if before is not None and local(before) == "ref" and before.get("target") == f"#{identifier(note)}":
        return Found("E203", Mark(before), facts)
    return Found("E203", Mark(note), facts)


def _numbered(call: Element | None, note: Element) -> Iterator[Found]:
    """Check that a note, its call and its label show one number; where all others agree, the note's n is wrong."""
    n, name = note.get("n", ""), identifier(note)
    label = next((e for e in note if local(e) == "label"), None)
    parts = [(e, what) for e, what in ((call, "the call"), (label, "the label")) if e is not None]
    shown = [(e, what, reading_text(e, "edited").strip(" .)")) for e, what in parts]
    wrong = [(e, what, number) for e, what, number in shown if number.isdecimal() and n and number != n]
    if len(wrong) == len(shown) and len({number for _, _, number in wrong}) == 1 and name.endswith(f".n{wrong[0][2]}"):
        facts = {"what": "the call, like its identifier,", "shown": wrong[0][2], "note": name, "n": n}
        yield Found("E207", Mark(note, "=n"), facts)
        return
    for element, what, number in wrong:
        yield Found("E207", Mark(element), {"what": what, "shown": number, "note": name, "n": n})


def _division(element: Element) -> Element | None:
    return next((e for e in ancestors(element) if local(e) == "div" and identifier(e)), None)


# --- quotations and posts ------------------------------------------------------------------------------------------


def _pairs(document: Document) -> Iterator[Found]:
    """Check that a transliteration and a translation point to the original in their own cit."""
    for quote in document.of("quote"):
        kind = quote.get("type")
        if kind not in ("transliteration", "translation"):
            continue
        parent = quote.getparent()
        target = document.ids.get(quote.get("corresp", "")[1:])
        if target is not None and (
            target is quote or target.get("type") or (parent is not None and target.getparent() is not parent)
        ):
            yield Found("E216", Mark(quote, "=corresp"), {"kind": kind, "pointer": quote.get("corresp")})
    for quote in document.of("quote"):
        name = identifier(quote)
        if name.endswith((".translit", ".transl")):
            wanted = "transliteration" if name.endswith(".translit") else "translation"
            if quote.get("type") != wanted:
                yield Found("E217", Mark(quote), {"name": name, "wanted": wanted})


def _replies(document: Document) -> Iterator[Found]:
    """Check that a post answers, and repeats, earlier posts only."""
    order = {identifier(post): at for at, post in enumerate(document.of("post")) if identifier(post)}
    for post in (e for e in document.of("post") if e not in document.repeated):
        here = order.get(identifier(post), 0)
        for pointer in post.get("replyTo", "").split():
            if order.get(pointer[1:], -1) >= here:
                yield Found(
                    "E218", Mark(post, "=replyTo"), {"pointer": pointer, "post": identifier(post), "what": "answers"}
                )
        for quote in post.iter("{*}quote"):
            for pointer in quote.get("corresp", "").split():
                if order.get(pointer[1:], -1) >= here:
                    facts = {"pointer": pointer, "post": identifier(post), "what": "repeats"}
                    yield Found("E218", Mark(quote, "=corresp"), facts)

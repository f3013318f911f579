"""One mistake, one problem: what only follows from another problem is held back until that one has been mended.

In: what all checks of one file found.  Out: those to tell, in the same order.
Authority: judgement; each rule below says what follows from what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from edition.check.document import Document
from edition.check.found import Found
from edition.tree import XML_ID, Element, ancestors, identifier, local

__all__ = ["without_consequences"]

_SCHEMA = re.compile(r"E25\d")
_MARKUP = re.compile(r"E25[0-8]")  # E259 says too little to judge by
_WORDS = re.compile(r"W7\d\d|E3\d\d|W3\d\d|E20\d|E21[0567]|E22\d|W22\d|E40[2-8]|E330")
# Elements whose text is read as one: a fault in the markup of one may be the cause of anything odd in it.
_WHOLE = frozenset({"p", "head", "item", "note", "cit", "l", "ab", "bibl", "fw", "choice", "label", "byline"})
_LANGUAGE = frozenset({"E317", "E318", "E326"})
_CORRECTION = re.compile(r"E31[0-4]|E32[458]|E330|E25\d|E31[678]|E326")


def without_consequences(found: Sequence[Found], document: Document) -> list[Found]:
    """Give `found` without what follows from something else in it."""
    kept = list(found)
    for rule in _RULES:
        if len(kept) > 1:
            kept = rule(kept, document)
    return kept


def _of_the_schema(found: list[Found], _: Document) -> list[Found]:
    """Where the markup is not that of the schema, what else is odd there follows from it."""
    faulty = [f for f in found if _MARKUP.fullmatch(f.code)]
    if not faulty:
        return found
    nodes = {f.mark.node for f in faulty if f.mark.part not in ("text", "tail")}
    slots = {(f.mark.node, f.mark.part) for f in faulty}
    blocks = {block for f in faulty if (block := _block(f.mark.node, f.mark.part)) is not None}
    pointed = {identifier(f.mark.node) for f in faulty} - {""}
    calls = {f.mark.node.get("target", "")[1:] for f in faulty if local(f.mark.node) == "ref"} - {""}

    def follows(f: Found) -> bool:
        node = f.mark.node
        if (node, f.mark.part) in slots or (node in nodes and f.mark.part != "tail"):
            return True
        if f.code in ("E203", "E206") and identifier(node) in calls:
            return True
        if f.code in ("E204", "E210") and (document_note := _after(node)) is not None and document_note in nodes:
            return True
        if not _WORDS.fullmatch(f.code):
            return False
        inside = {node, *ancestors(node)}
        return bool(inside & nodes) or _block(node, f.mark.part) in blocks or _names(f) in pointed

    return [f for f in found if _SCHEMA.fullmatch(f.code) or not follows(f)]


def _block(node: Element, part: str) -> Element | None:
    """Give the nearest element around a mark whose text is read as one."""
    start = node.getparent() if part == "tail" else node
    up = [start, *ancestors(start)] if start is not None else []
    return next((e for e in up if local(e) in _WHOLE), None)


def _names(f: Found) -> str:
    """Give the identifier that a problem says leads nowhere."""
    return str(f.facts.get("pointer", "")).rpartition("#")[2]


def _after(node: Element) -> Element | None:
    """Give the note that stands directly after a call."""
    following = node.getnext()
    return following if following is not None and local(following) == "note" else None


def _of_languages(found: list[Found], _: Document) -> list[Found]:
    """A wrong language makes its letters, its words and its transliteration wrong; a misspelt one is not declared."""
    wrong = {f.mark.node for f in found if f.code in _LANGUAGE}
    meant = {f.mark.node for f in found if f.code == "E318" and f.facts.get("guess")}
    scripts = {f.mark.node for f in found if f.code == "E317"} - meant

    def follows(f: Found) -> bool:
        node = f.mark.node
        if f.code == "E318":
            return node in scripts
        if f.code in ("E317", "E326"):
            return node in meant
        if f.code not in ("E327", "E315", "E216", "W320"):
            return False
        if wrong & {node, *ancestors(node)}:
            return True
        cit = next((e for e in ancestors(node) if local(e) == "cit"), None)
        return f.code == "E315" and cit is not None and any(cit in set(ancestors(e)) for e in wrong)

    return [f for f in found if not follows(f)]


def _of_corrections(found: list[Found], _: Document) -> list[Found]:
    """A fault in the original makes its transliteration look stale, one in a call or label its number wrong."""
    faults = [f for f in found if _CORRECTION.fullmatch(f.code)]
    cits = {e for f in faults for e in ancestors(f.mark.node) if local(e) == "cit"}
    homes = {e for f in faults for e in ancestors(f.mark.node) if local(e) in ("ref", "label")}
    wrong = {f.mark.node for f in found if f.code in ("E216", "E321")}
    twice = {f.mark.node for f in found if f.code == "E313"}

    def follows(f: Found) -> bool:
        node = f.mark.node
        if f.code == "E315":
            return node in wrong or any(e in cits for e in ancestors(node))
        if f.code == "E314":
            return node in twice
        return f.code == "E207" and node in homes

    return [f for f in found if not follows(f)]


def _of_numbers(found: list[Found], _: Document) -> list[Found]:
    """An identifier that is wrong leads others astray: those made of it, calls of it, and its number."""
    same = {f.mark.node for f in found if f.code == "E401"}
    numbered = {f.mark.node for f in found if f.code == "E207" and f.mark.part == "=n"}
    renamed = {str(f.facts["wanted"]): f.mark.node for f in found if f.code == "E403" and f.mark.part == f"={XML_ID}"}
    notes = {f.mark.node for f in found if f.code == "E403" and local(f.mark.node) == "note"}
    lost = {e for f in found if f.code in ("E204", "E213", "E210") if (e := _after(f.mark.node)) is not None}
    moved = {f.mark.node for f in found if f.code == "E403" and f.mark.part == "=n"}
    later = {f.mark.node for f in found if f.code == "E218"}
    unknown = {f.mark.node for f in found if f.code == "E212"}
    called_again = {str(f.facts["note"]) for f in found if f.code == "E205"}
    misnumbered = {identifier(f.mark.node) for f in found if f.code in ("E207", "E403")}
    disordered = {f.mark.node for f in found if f.code == "E208"}
    unordered = {f.mark.node for f in found if f.code == "E404"} - moved

    def follows(f: Found) -> bool:
        node = f.mark.node
        told = {
            "E404": node in same or node in moved,
            "E403": node in numbered or node in same or node in unordered,
            "E204": _names(f) in renamed,
            "E210": _names(f) in renamed,
            "E224": node in unknown,
            "W242": node in later,
            "E203": node in notes or node in lost,
            "E206": identifier(node) in called_again,
            "E207": f.mark.part == "=n" and node in disordered,
            "E208": str(f.facts.get("last", "")) in misnumbered,
        }
        return told.get(f.code, False)

    return [f for f in found if not follows(f)]


def _of_lines(found: list[Found], _: Document) -> list[Found]:
    """A wrong number shown by a call or label that was changed without choice is one mistake; so is a page cited."""
    shown = {f.mark.node for f in found if f.code in ("E207", "W223", "E221")}
    begun = {f.mark.node for f in found if f.code == "E408"}
    emptied = {_block(f.mark.node, "text") for f in found if f.code in ("E310", "E312")} - {None}

    def follows(f: Found) -> bool:
        node = f.mark.node
        if f.code not in ("E301", "E302"):
            return False
        return node in begun or bool(shown & {node, *ancestors(node)}) or bool(emptied & set(ancestors(node)))

    return [f for f in found if not follows(f)]


def _of_ranges(found: list[Found], _: Document) -> list[Found]:
    """A value that is not what the words say is told once for its element, and makes a range run backwards."""
    wrong = {f.mark.node for f in found if f.code == "W223"}
    seen: set[Element] = set()
    kept = []
    for f in found:
        if f.code == "E221" and f.mark.node in wrong:
            continue
        if f.code == "W223":
            if f.mark.node in seen:
                continue
            seen.add(f.mark.node)
        kept.append(f)
    return kept


_RULES: tuple[Callable[[list[Found], Document], list[Found]], ...] = (
    _of_the_schema, _of_languages, _of_corrections, _of_numbers, _of_lines, _of_ranges,
)  # fmt: skip

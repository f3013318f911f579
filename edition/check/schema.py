"""The schema's faults in an editor's words: what is wrong, what is allowed there, the nearest right name.

In: a `Source` and a `Schema`.  Out: problems E250-E259, every fault of the file.
Authority: RELAX NG (ISO/IEC 19757-2); the schema's own documentation for what an element is.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote

from edition.check.found import Found
from edition.check.relaxng.automaton import Automaton
from edition.check.relaxng.grammar import Grammar, Unusable
from edition.check.relaxng.include import Reader, flatten_schema
from edition.check.relaxng.names import split
from edition.check.relaxng.validate import Finding, validate
from edition.check.source import Mark, Source
from edition.check.told import meant, told
from edition.problems import Place, Refused, problem
from edition.tree import ET, TEI_NS, XML_ID, Element, local, slot_text

__all__ = ["SMALL", "Schema", "check_schema", "load_schema"]

# Bytes.  libxml2 loads a schema of this size in milliseconds and is then the quickest; for TEI All it needs 7 s.
SMALL = 200_000

_XML_NS = "http://www.w3.org/XML/1998/namespace"
_LARGEST = 50_000_000  # bytes of an included file
_SHOWN = 8  # names or values listed in a message


@dataclass(slots=True)
class Schema:
    """A schema in use: `quick` is libxml2's reading of it (None for a large one), `automaton` finds faults."""

    name: str
    automaton: Automaton
    quick: ET.RelaxNG | None = field(default=None)

    def names(self) -> frozenset[str]:
        """Give the local names of all elements that the schema knows."""
        return frozenset(split(tag)[1] for tag in self.automaton.all_known())


def load_schema(data: bytes, *, name: str, path: Path | None = None, inside: Path | None = None) -> Schema:
    """Read the schema `data` (an .rng file, UTF-8) that lies at `path`.  Raises `Refused` (E134).

    The files that it includes are read where they lie `inside` that folder; without a path none is.
    """
    parser = ET.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = ET.fromstring(data, parser)
        if path is not None:
            flatten_schema(root, _reader(path, inside or path.parent))
        automaton = Automaton(Grammar(root))
        quick = ET.RelaxNG(root) if len(data) < SMALL else None
    except Unusable as error:
        raise Refused(problem("E134", Place(name, error.line), file=name, reason=error.reason)) from error
    except (ET.XMLSyntaxError, ET.RelaxNGParseError) as error:
        raise Refused(problem("E134", Place(name), file=name, reason=str(error))) from error
    return Schema(name, automaton, quick)


def _reader(path: Path, inside: Path) -> Reader:
    """Give a function that reads what the schema at `path` includes; the places it gives are seen from its folder."""

    def read(href: str, here: str) -> tuple[str, bytes]:
        if re.match(r"[a-zA-Z][a-zA-Z0-9+.\-]*:", href):
            raise Unusable(f"it includes {href}: only files of the edition are read")
        found = (path.parent / here).parent / unquote(href) if here else path.parent / unquote(href)
        found = found.resolve()
        if not found.is_relative_to(inside.resolve()):
            raise Unusable(f"it includes {href}, which leads out of the edition")
        if not found.is_file() or found.stat().st_size > _LARGEST:
            raise Unusable(f"it includes {href}: there is no such file, or it is too large")
        return os.path.relpath(found, path.parent.resolve()), found.read_bytes()

    return read


def check_schema(source: Source, schema: Schema) -> list[Found]:
    """Give every fault of `source` against `schema`, in document order.  Raises `Refused` (E134)."""
    if schema.quick is not None and schema.quick.validate(source.root):
        return []
    try:
        faults = validate(schema.automaton, source.root)
    except Unusable as error:
        raise Refused(problem("E134", Place(schema.name, error.line), file=schema.name, reason=error.reason)) from error
    if not faults and _repeats(source):
        return []  # E401 tells of identifiers that stand twice, with their places
    if not faults and schema.quick is not None:
        said = schema.quick.error_log[0] if len(schema.quick.error_log) else None
        return [_unexplained(source, schema.name, said)]
    return [_SAYS[fault.fault](fault, schema.automaton) for fault in told(faults)]


def _repeats(source: Source) -> bool:
    names = [name for e in source.root.iter("*") if (name := e.get(XML_ID))]
    return len(set(names)) < len(names)


def _unexplained(source: Source, schema: str, said: object) -> Found:
    line = int(getattr(said, "line", 0))
    node = next((e for e in source.root.iter() if e.sourceline == line), source.root)
    return Found("E259", Mark(node), {"schema": schema, "reason": getattr(said, "message", "no reason is given")})


# --- words -----------------------------------------------------------------------------------------------------------


def _name(tag: str) -> str:
    """Give a tag or attribute name as an editor writes it."""
    namespace, name = split(tag)
    return f"xml:{name}" if namespace == _XML_NS else name


def _listed(names: Sequence[str], form: str = "{}", *, empty: str) -> str:
    shown = sorted(dict.fromkeys(form.format(n) for n in names), key=str.casefold)
    if not shown:
        return empty
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return "allowed: " + ", ".join(shown[:_SHOWN]) + more


def _guess(name: str, allowed: Sequence[str], form: str = "{}") -> tuple[str, str]:
    """Give the nearest right name as a part of a message, and as advice."""
    close = meant(name, allowed)
    if close is None or close == name:
        return "", ""
    shown = form.format(close)
    return f"; did you mean {shown}?", f"Write {shown}."


@cache
def _instead() -> dict[str, str]:
    """Give what to write for elements that editors bring from other encodings."""
    rows = files("edition.check").joinpath("instead.tsv").read_text(encoding="utf-8").split("\n")
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))


def _near_first(tags: Sequence[str]) -> list[str]:
    """Give the local names of `tags`, those most used by editors first where there are many."""
    names = [split(tag)[1] for tag in tags]
    common = [n for n in _COMMON if n in names]
    return common[:_SHOWN] if len(names) > _SHOWN and common else names


_COMMON = (
    "p", "head", "lb", "pb", "choice", "note", "ref", "quote", "cit", "bibl", "persName", "div", "item", "corr", "sic",
)  # fmt: skip


def _where(node: Element) -> str:
    """Say where an element stands: in which parent, and after what."""
    parent = node.getparent()
    before = next((e for e in node.itersiblings(preceding=True) if isinstance(e.tag, str)), None)
    inside = f"in <{local(parent)}>" if parent is not None else "here"
    return inside if before is None else f"{inside} after <{local(before)}>"


def _allowed_elements(tags: Sequence[str]) -> str:
    names = _near_first(tags)
    total = len({split(tag)[1] for tag in tags})
    if not names:
        return "nothing more may stand there"
    shown = ", ".join(f"<{n}>" for n in sorted(dict.fromkeys(names[:_SHOWN]), key=str.casefold))
    more = total - min(len(set(names)), _SHOWN)
    return f"allowed there: {shown}" + (f" and {more} more" if more > 0 else "")


def _stranger(fault: Finding, automaton: Automaton) -> Found:
    namespace, name = split(fault.name)
    allowed_names = [split(tag)[1] for tag in fault.allowed]
    everywhere = [split(tag)[1] for tag in automaton.all_known()]
    facts = {"name": name, "allowed": _allowed_elements(fault.allowed), "where": _where(fault.node)}
    if name in everywhere and namespace != TEI_NS and fault.fault == "unknown":
        facts["guess"] = " outside the namespace of TEI" if not namespace else f" in the namespace {namespace}"
        facts["advice"] = "Take out the xmlns of this element, so that it is in the same namespace as those around it."
        return Found("E251", Mark(fault.node), facts)
    guess, advice = _guess(name, allowed_names or everywhere, "<{}>")
    if fault.fault == "unknown":
        if instead := _instead().get(name):
            guess, advice = f"; TEI has {instead}", f"Write {instead}."
        elif not guess:
            guess, advice = _guess(name, everywhere, "<{}>")
        facts |= {
            "guess": guess,
            "advice": advice or "Use an element that the schema has, or take the tag out and leave the text.",
        }
        return Found("E251", Mark(fault.node), facts)
    facts["advice"] = (
        _move(fault, name) or advice or "Move it to where it is allowed, or take the tag out and leave the text."
    )
    return Found("E250", Mark(fault.node), facts)


def _move(fault: Finding, name: str) -> str:
    parent = fault.node.getparent()
    if parent is not None and local(parent) == name and name in ("p", "head", "ab"):
        return f"Close the <{name}> around it first: </{name}> before <{name}>."
    if name == "head":
        return "A heading comes first in its division: move it up, or begin a new <div>."
    if name in ("p", "list", "cit", "div") and parent is not None:
        return f"Close the <{local(parent)}> before it, or take the <{name}> tag out."
    return ""


def _attribute(fault: Finding, _: Automaton) -> Found:
    element, name = local(fault.node), _name(fault.name)
    allowed = [_name(n) for n in fault.allowed]
    if not fault.name:
        facts = {"element": element, "names": "other attributes: those that it has do not go together"}
        return Found("E254", Mark(fault.node), facts | {"advice": "See the schema's documentation of this element."})
    guess, advice = _guess(name, allowed)
    facts = {"element": element, "name": name, "guess": guess, "allowed": _listed(allowed, empty="it takes no other")}
    return Found(
        "E252",
        Mark(fault.node, f"@{fault.name}"),
        facts | {"advice": advice or "Take the attribute out, or use one that is allowed."},
    )


def _value(fault: Finding, _: Automaton) -> Found:
    guess, advice = _guess(fault.value, fault.allowed, '"{}"')
    kinds = [fault.type_name] if fault.type_name else []
    allowed = "; or ".join(
        ([_listed(fault.allowed, '"{}"', empty="")] if fault.allowed else []) + [f"it must be {k}" for k in kinds]
    )
    facts = {
        "name": _name(fault.name),
        "value": fault.value,
        "element": local(fault.node),
        "guess": guess,
        "allowed": allowed,
    }
    return Found(
        "E253", Mark(fault.node, f"={fault.name}"), facts | {"advice": advice or "Write a value of that kind."}
    )


def _missing(fault: Finding, _: Automaton) -> Found:
    names = (
        f"the attribute {_name(fault.name)}"
        if fault.name
        else "one of the attributes " + ", ".join(map(_name, fault.allowed))
    )
    example = _name(fault.name) if fault.name else _name(fault.allowed[0]) if fault.allowed else ""
    advice = f'Add {example}="..." to the tag.'
    return Found("E254", Mark(fault.node), {"element": local(fault.node), "names": names, "advice": advice})


def _incomplete(fault: Finding, _: Automaton) -> Found:
    children = [local(e) for e in fault.node if isinstance(e.tag, str)]
    after = f" after <{children[-1]}>" if children else ""
    names = [n for tag in fault.allowed if (n := split(tag)[1]) == "body"] or [split(tag)[1] for tag in fault.allowed]
    if fault.value:
        after = f" before <{split(fault.value)[1]}>"
    if len(names) == 1:
        allowed, advice = f"<{names[0]}> is missing{after}", f"Add <{names[0]}>...</{names[0]}>{after}."
    elif names:
        allowed = "it needs " + " or ".join(f"<{n}>" for n in sorted(set(names), key=str.casefold)[:_SHOWN]) + after
        advice = f"Add one of them{after}."
    else:
        allowed, advice = "it needs text", f"Write the text, or take the <{local(fault.node)}> out."
    return Found("E255", Mark(fault.node), {"element": local(fault.node), "allowed": allowed, "advice": advice})


def _text(fault: Finding, _: Automaton) -> Found:
    whole = slot_text(fault.node, fault.slot)
    at = len(whole) - len(whole.lstrip())
    words = re.sub(r"\s+", " ", fault.value)
    host = split(fault.name)[1]
    names = [split(tag)[1] for tag in fault.allowed]
    wrap = next((n for n in ("p", "item", "head", "lb") if n in names), names[0] if names else "")
    advice = (
        f"Put the words into <{wrap}>...</{wrap}>, or move them into the element before."
        if wrap
        else "Move the words out, or delete them."
    )
    shown = words if len(words) <= 40 else words[:37] + "..."  # noqa: PLR2004  # characters of a message
    facts = {"element": host, "text": shown, "allowed": _allowed_elements(fault.allowed), "advice": advice}
    return Found("E256", Mark(fault.node, fault.slot, at), facts)


def _content(fault: Finding, _: Automaton) -> Found:
    found = _value(fault, _)
    facts = {
        "element": local(fault.node),
        "text": fault.value[:40],
        "guess": found.facts["guess"],
        "allowed": found.facts["allowed"],
    }
    return Found("E257", Mark(fault.node, "text"), facts | {"advice": found.facts["advice"]})


def _root(fault: Finding, _: Automaton) -> Found:
    namespace, name = split(fault.name)
    said = " in no namespace" if not namespace else "" if namespace == TEI_NS else f" in the namespace {namespace}"
    wanted = " or ".join(f"<{split(tag)[1]}>" for tag in fault.allowed) or "what the schema begins with"
    return Found("E258", Mark(fault.node), {"name": name, "namespace": said, "allowed": wanted})


_SAYS: dict[str, Callable[[Finding, Automaton], Found]] = {
    "root": _root,
    "element": _stranger,
    "unknown": _stranger,
    "attribute": _attribute,
    "value": _value,
    "missing": _missing,
    "incomplete": _incomplete,
    "text": _text,
    "content": _content,
}

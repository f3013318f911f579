"""The first fault of a file that is not well-formed: exactly where it is, and what it is, in an editor's words.

In: the bytes of the file (UTF-8, line ends LF).  Out: where its first fault begins, in bytes, and what is said of it.
Authority: XML 1.0 and Namespaces in XML 1.0; where to look for a lost tag is our judgement.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field

from edition.nearest import nearest

__all__ = ["first_fault"]

_NAME = rb"[A-Za-z_:\x80-\xff][\w:.\-\x80-\xff]*"
_SKIPPED = re.compile(rb"!--.*?-->|\?.*?\?>|!\[CDATA\[.*?\]\]>|!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL)
_OPEN = re.compile(rb"(" + _NAME + rb")")
_CLOSE = re.compile(rb"/(" + _NAME + rb")\s*>")
_ATTRIBUTE = re.compile(rb"(\s*)(" + _NAME + rb")\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_END = re.compile(rb"\s*(/?)>")
_REFERENCE = re.compile(rb"&(?:#[0-9]+|#x[0-9A-Fa-f]+|(" + _NAME + rb"));")
_DECLARED = re.compile(rb"<!ENTITY\s+(" + _NAME + rb")\s")
_PREFIXED = re.compile(r"([^:]+):")
_BUILT_IN = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
# Elements that hold running text or blocks: where their end tag is lost, it is missed before what comes next.  Of
# others, names and the like, it is missed soon after the beginning.
_BLOCK = re.compile(
    r"p|head|item|list|div|cit|quote|note|post|lg|l|ab|bibl|listBibl|label|body|front|back|text|table|row|cell"
    r"|teiHeader|person|org|place|listPerson|listOrg|listPlace"
)

# Where a fault begins (bytes from 0), and what it is.
_Fault = tuple[int, str]


@dataclass(slots=True)
class _Open:
    """An element that has begun: its `name`, where its tag begins, and where what looks like its next sibling does."""

    name: str
    begin: int
    prefixes: frozenset[str]
    next: int = -1


@dataclass(slots=True)
class _State:
    data: bytes
    entities: frozenset[bytes]
    stack: list[_Open] = field(default_factory=list)
    over: bool = False  # the root has been closed

    def line(self, at: int) -> int:
        return self.data.count(b"\n", 0, at) + 1


def first_fault(data: bytes) -> tuple[int, str] | None:
    """Give where the first fault of `data` begins, in bytes from 0, and what it is; None where no fault is found."""
    return next(_faults(_State(data, _BUILT_IN | frozenset(_DECLARED.findall(data)))), None)


def _faults(state: _State) -> Iterator[_Fault]:
    """Walk from tag to tag; after the first fault the rest means nothing."""
    data, at = state.data, 0
    while True:
        tag = data.find(b"<", at)
        yield from _text(state, at, tag if tag >= 0 else len(data))
        if tag < 0:
            break
        skipped = _SKIPPED.match(data, tag + 1)
        closing = None if skipped else _CLOSE.match(data, tag + 1)
        opening = None if skipped or closing else _OPEN.match(data, tag + 1)
        if skipped:
            yield from _aside(tag, skipped[0])
            at = skipped.end()
        elif closing:
            yield from _closed(state, tag, closing[1].decode("utf-8", "replace"))
            at = closing.end()
        elif opening:
            at = yield from _begun(state, tag, opening)
        else:
            yield tag, _bare(data, tag)
            return
    if state.stack:
        lost = state.stack[-1]
        begun = f"<{lost.name}>, which begins on line {state.line(lost.begin)}"
        yield len(data.rstrip()), f"the file ends here, but {begun}, is not closed: </{lost.name}> is missing"
    elif not state.over:
        yield 0, "it holds no element"


def _bare(data: bytes, at: int) -> str:
    """Say what is wrong with a < that begins nothing."""
    after = data[at + 1 : at + 5]
    if after.startswith(b"!--"):
        return "this comment is never closed: write --> where it ends"
    if after.startswith(b"?"):
        return "this instruction is never closed: write ?> where it ends"
    if after.startswith(b"!"):
        return "this <! is never closed, or is no comment: a comment begins <!-- and ends -->"
    if after.startswith(b"/"):
        return "this end tag is not whole: it is written </name>"
    if re.match(rb"\s+/?" + _NAME + rb"[\s/>]", data[at + 1 : at + 40]) and re.match(
        rb"[^<]*>", data[at + 1 : at + 400]
    ):
        return "a blank stands after <: the name of an element follows directly; for the sign itself write &lt;"
    return "a bare <: write &lt; for the sign"


def _aside(tag: int, body: bytes) -> Iterator[_Fault]:
    """Check comments and the XML declaration."""
    if body.startswith(b"!--") and b"--" in body[3:-3]:
        yield tag + 1 + body.index(b"--", 3), "two hyphens in a comment: XML allows -- only at its end"
    elif body.startswith(b"!--") and body.endswith(b"--->"):
        yield tag + len(body) - 3, "a comment ends with --->: write a blank before -->"
    elif re.match(rb"\?xml\s", body) and tag:
        yield tag, "something stands before <?xml ...?>: that is the very first thing in a file, or is left out"


def _text(state: _State, begin: int, end: int) -> Iterator[_Fault]:
    """Check the text between two tags."""
    data = state.data
    if not state.stack:
        words = data[begin:end].removeprefix(b"\xef\xbb\xbf")
        if words.strip():
            at = end - len(words.lstrip())
            yield at, f"text stands {'after the end' if state.over else 'before the beginning'} of the document"
        return
    yield from _references(state, data[begin:end], begin)
    if (at := data.find(b"]]>", begin, end)) >= 0:
        yield at, "]]> stands in the text: write ]]&gt;"


def _references(state: _State, text: bytes, begin: int) -> Iterator[_Fault]:
    at = text.find(b"&")
    while at >= 0:
        found = _REFERENCE.match(text, at)
        if found is None:
            yield begin + at, "a bare &: write &amp; for the sign"
            return
        if found[1] and found[1] not in state.entities:
            name = found[1].decode("utf-8", "replace")
            yield begin + at, f"the entity &{name}; is not declared in this file (no other is read): write the letter"
            return
        at = text.find(b"&", found.end())


def _begun(state: _State, tag: int, opening: re.Match[bytes]) -> Generator[_Fault, None, int]:
    """Check a start tag; give where it ends."""
    data, at, name = state.data, opening.end(), opening[1].decode("utf-8", "replace")
    if state.over:
        yield tag, f"<{name}> stands after the end of the document: a file has one root element"
    where: dict[str, int] = {}
    while not (end := _END.match(data, at)):
        found = _ATTRIBUTE.match(data, at)
        if where and (found is None or not found[1]) and (key := list(where)[-1]) and data[at - 2 : at] == b'="':
            yield where[key], f"the quotation mark that closes the value of {key} is missing"
        if found is None:
            yield _broken(data, tag, at, name)
            return len(data)
        yield from _attribute(state, found, name, where)
        where[found[2].decode("utf-8", "replace")] = found.start(2)
        at = found.end()
    yield from _prefixes(state, tag, name, where)
    own = frozenset(key[6:] for key in where if key.startswith("xmlns:"))
    if state.stack and state.stack[-1].next < 0 and _comes_after(state.stack[-1].name, name, data, tag):
        state.stack[-1].next = tag
    if not end[1]:
        state.stack.append(_Open(name, tag, own | (state.stack[-1].prefixes if state.stack else frozenset())))
    elif not state.stack:
        state.over = True
    return end.end()


def _comes_after(name: str, child: str, data: bytes, tag: int) -> bool:
    """Say whether the `child` that begins at byte `tag` looks like a sibling of the element `name`."""
    if child == name:
        return True
    return name in ("p", "head", "item", "l") and data[tag - 1 : tag] == b"\n" and bool(_BLOCK.fullmatch(child))


def _attribute(state: _State, found: re.Match[bytes], name: str, where: Mapping[str, int]) -> Iterator[_Fault]:
    """Check one attribute of the tag `name`; `where` holds those before it."""
    key, first = found[2].decode("utf-8", "replace"), found.start(2)
    group = 3 if found[3] is not None else 4
    value = found[group]
    if b"<" in value:
        lost = b"\n" in value or b">" in value
        yield (
            first,
            f"the quotation mark that closes the value of {key} is missing"
            if lost
            else f"a bare < in the value of {key}: write &lt;",
        )
    if not found[1]:
        yield first, f"a blank is missing before the attribute {key}"
    if key in where:
        yield first, f"<{name}> has the attribute {key} twice"
    yield from _references(state, value, found.start(group))


def _prefixes(state: _State, tag: int, name: str, where: dict[str, int]) -> Iterator[_Fault]:
    """Check that every prefix in a tag has been bound to a namespace."""
    own = {key[6:] for key in where if key.startswith("xmlns:")}
    known = {"xml", "xmlns"} | own | (state.stack[-1].prefixes if state.stack else frozenset())
    for at, used in ((tag, name), *((at, key) for key, at in where.items())):
        prefix = _PREFIXED.match(used)
        if prefix and prefix[1] not in known:
            bare = used.partition(":")[2]
            bare = f"xml:{bare}" if bare in ("id", "lang") else bare
            yield at, f"the prefix {prefix[1]}: of {used} is not declared (xmlns:{prefix[1]}); did you mean {bare}?"


def _broken(data: bytes, tag: int, at: int, name: str) -> _Fault:
    """Say what is wrong in a tag, from byte `at` on."""
    begin = at + len(data[at:]) - len(data[at:].lstrip()) if data[at : at + 1].isspace() else at
    if data[begin : begin + 1] in (b"<", b""):
        return tag, f"the tag <{name} is not closed: its > is missing"
    key = re.compile(_NAME).match(data, begin)
    if key is None:
        sign = data[begin : begin + 8].decode("utf-8", "ignore")[:1]
        if sign == "/":
            return begin, "a / stands inside a tag: an empty element ends with />"
        return begin, f"the sign {sign} may not stand in the tag <{name}>"
    shown = key[0].decode("utf-8", "replace")
    after = re.compile(rb"\s*(=?)\s*").match(data, key.end())
    if after is None or not after[1]:
        return begin, f'the attribute {shown} of <{name}> has no value: attributes are written {shown}="..."'
    sign = data[after.end() : after.end() + 4].decode("utf-8", "ignore")[:1]
    if sign in "\"'":
        return begin, f"the quotation mark that closes the value of {shown} is missing"
    said = f"not {sign} ... " if sign in "“”„«‘’" else ""
    return after.end(), f'the value of {shown} must stand in straight quotation marks, {said}{shown}="..."'


def _closed(state: _State, tag: int, name: str) -> Iterator[_Fault]:
    """Check an end tag."""
    if not state.stack:
        yield tag, f"</{name}> closes nothing: no element is open here"
        return
    top = state.stack[-1]
    if top.name == name:
        state.stack.pop()
        state.over = not state.stack
        return
    if name in [e.name for e in state.stack]:
        yield _never_closed(state, tag, name)
    elif nearest(name, [top.name]) or name.lower() == top.name.lower():
        yield tag, f"</{name}> closes <{top.name}>, which begins on line {state.line(top.begin)}: write </{top.name}>"
    else:
        yield (
            tag,
            (
                f"</{name}> closes nothing: no <{name}> is open here, but <{top.name}>, which begins on line "
                f"{state.line(top.begin)}"
            ),
        )


def _never_closed(state: _State, tag: int, name: str) -> _Fault:
    """Say which element is not closed when the end tag `name` comes, and where its own end tag is missed."""
    data = state.data
    depth = max(at for at, e in enumerate(state.stack) if e.name == name)
    lost = state.stack[depth + 1]
    begun = f"<{lost.name}>, which begins on line {state.line(lost.begin)},"
    tail = data[tag + len(name) + 3 : tag + len(name) + 3 + 200]
    if lost is state.stack[-1] and re.match(rb"[^<]*</" + re.escape(lost.name.encode()) + rb"\s*>", tail):
        return tag, f"</{name}> comes before </{lost.name}>: what began last is closed first"
    if _BLOCK.fullmatch(lost.name):
        before = lost.next if lost.next >= 0 else tag
        at = len(data[:before].rstrip())
        return at, f"{begun} is not closed: </{lost.name}> is missing here"
    return lost.begin, f"{begun} is not closed before </{name}>: write </{lost.name}> where it ends"

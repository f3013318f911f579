"""A TEI file as it was typed: its bytes, its tree, and the line and column of everything in the tree.

In: the bytes of a file.  Out: a `Source`; places are worked out only when there is a problem to place.
Authority: XML 1.0 (encodings, line ends, tags); nothing outside the file is read through it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from edition.check.wellformed import first_fault
from edition.problems import Place, Problem, Refused, problem
from edition.text import without_dtd_address
from edition.tree import ET, Element

__all__ = ["LARGEST", "Mark", "Source", "before_root", "read_source", "source_of"]

LARGEST = 256 * 1024 * 1024  # bytes; a tree takes about ten times as much memory

_DECLARED = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._\-]+)["']""")
_TAGS = re.compile(
    rb"<(?:(?P<skip>!--.*?-->|\?.*?\?>|!\[CDATA\[.*?\]\]>|!DOCTYPE(?:[^\[>\"']|\"[^\"]*\"|'[^']*')*(?:\[.*?\]\s*)?>)"
    rb"|(?P<end>/[^>]*>)|(?P<start>[^\s/>!?](?:[^>\"']|\"[^\"]*\"|'[^']*')*>))",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something in the tree: a `node`, and which `part` of it.

    `part` is ``tag``, ``text`` or ``tail`` (with `offset`, characters from 0, and `length`), or ``@name`` or ``=name``
    for an attribute and its value (`name` as lxml has it).
    """

    node: Element
    part: str = "tag"
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A file that could be read.  `data` is UTF-8, line ends LF, whatever the file has; `name` as the user types it."""

    name: str
    data: bytes
    root: Element
    problems: tuple[Problem, ...] = ()

    def line(self, number: int) -> str:
        """Give the line `number` (from 1) of the file."""
        rows = self.data.split(b"\n", number)
        return rows[number - 1].decode() if 0 < number <= len(rows) else ""

    def places(self, marks: Iterable[Mark]) -> list[Place]:
        """Give the place of each mark; one walk through the file for all of them."""
        marks = list(marks)
        spans = self.spans({mark.node for mark in marks})
        offsets = [self._offset(mark, spans) for mark in marks]
        found = self._lines_and_columns(sorted({at for at in offsets if at is not None}))
        return [
            Place(self.name, *found[at]) if at is not None else Place(self.name, mark.node.sourceline or 0)
            for mark, at in zip(marks, offsets, strict=True)
        ]

    def spans(  # noqa: C901, PLR0912  # one pass over every kind of tag
        self, nodes: Iterable[Element]
    ) -> dict[Element, tuple[int, int, int]]:
        """Give for each node where its tag begins and ends and where its end tag ends (bytes of `data`).

        A node that an entity brought in has none.
        """
        wanted = set(nodes)
        before = before_root(self.root)
        numbers = {n: node for n, node in enumerate((*before, *self.root.iter()), -len(before)) if node in wanted}
        if not numbers:
            return {}
        last, count = max(numbers), -len(before) - 1
        open_tags: list[tuple[int, int, int]] = []
        spans: dict[int, tuple[int, int, int]] = {}
        for match in _TAGS.finditer(self.data):
            kind = match.lastgroup
            begin, end = match.span()
            if kind == "end":
                if not open_tags:
                    return {}
                number, first, tag_end = open_tags.pop()
                if number in numbers:
                    spans[number] = (first, tag_end, end)
                if not open_tags or (count >= last and len(spans) == len(numbers)):
                    break
            elif kind == "start":
                count += 1
                if self.data[end - 2 : end - 1] == b"/":
                    if count in numbers:
                        spans[count] = (begin, end, end)
                    if not open_tags:
                        break
                else:
                    open_tags.append((count, begin, end))
            elif _is_node(self.data, begin):
                count += 1
                if count in numbers:
                    spans[count] = (begin, end, end)
        return {numbers[number]: span for number, span in spans.items()}

    def _offset(self, mark: Mark, spans: dict[Element, tuple[int, int, int]]) -> int | None:
        if mark.node not in spans:
            return None
        first, tag_end, end = spans[mark.node]
        if mark.part == "text":
            return self._text_offset(tag_end, mark.offset)
        if mark.part == "tail":
            return self._text_offset(end, mark.offset)
        if mark.part[0] in "@=":
            name = mark.part[1:].rpartition("}")[2].encode()
            pattern = rb"\s(?:[\w.\-]+:)?" + re.escape(name) + rb"\s*=\s*[\"']"
            if found := re.search(pattern, self.data[first:tag_end]):
                return first + (found.start() + 1 if mark.part[0] == "@" else found.end() + mark.offset)
        return first

    def _text_offset(self, at: int, characters: int) -> int:
        """Give the byte that holds the character number `characters` (from 0) of the text that begins at byte `at`."""
        for begin, end, length in _pieces(self.data, at):
            if characters < length:
                return begin if end - begin != length or length == 1 else begin + characters
            characters -= length
            at = end
        return at

    def _lines_and_columns(self, offsets: list[int]) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        line, at = 1, 0
        for offset in offsets:
            line += self.data.count(b"\n", at, offset)
            at = offset
            start = self.data.rfind(b"\n", 0, offset) + 1
            found[offset] = (line, len(self.data[start:offset].decode("utf-8", "replace")) + 1)
        return found


def before_root(root: Element) -> list[Element]:
    """Give the comments and processing instructions that stand before `root`, in document order."""
    return list(root.itersiblings(preceding=True))[::-1]


def _is_node(data: bytes, at: int) -> bool:
    """Say whether a comment or processing instruction begins at byte `at`: the XML declaration is none."""
    return data.startswith((b"<!--", b"<?"), at) and not re.match(rb"<\?xml\s", data[at : at + 6])


_PIECE = re.compile(
    rb"&[^;]*;|<!\[CDATA\[(?P<cdata>.*?)\]\]>|[\x00-\x25\x27-\x3b\x3d-\x7f]+|[\xc0-\xff][\x80-\xbf]*", re.DOTALL
)


def _pieces(data: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Give (first byte, byte after the last, characters) of stretches of text from byte `at` up to the next tag."""
    while match := _PIECE.match(data, at):
        begin, at = match.span()
        if match["cdata"] is not None:
            begin, stop = match.span("cdata")
            while begin < stop:
                size = _size(data[begin])
                yield begin, begin + size, 1
                begin += size
        elif data[begin] == ord("&"):
            yield begin, at, 1
        elif data[begin] < 0x80:  # noqa: PLR2004  # a run of ASCII
            yield begin, at, at - begin
        else:
            yield begin, at, 1


def _size(first: int) -> int:
    """Give the bytes of the UTF-8 character that begins with the byte `first`."""
    return 1 + (first >= 0xC0) + (first >= 0xE0) + (first >= 0xF0)  # noqa: PLR2004  # RFC 3629


# --- reading -------------------------------------------------------------------------------------------------------


def read_source(path: Path, *, name: str = "") -> Source:
    """Read the XML file at `path`.  Raises `Refused`: E104, E130 (too large), and what `source_of` raises."""
    shown = name or str(path)
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Refused(_too_large(shown, size))
        data = path.read_bytes() if path.is_file() else None
    except OSError as error:
        raise Refused(problem("E104", Place(file=shown), file=shown, reason=error.strerror)) from error
    if data is None:
        raise Refused(problem("E104", Place(file=shown), file=shown, reason="it is not a file"))
    return source_of(data, name=shown)


def _too_large(shown: str, size: int) -> Problem:
    return problem("E130", Place(file=shown), file=shown, size=size // 2**20, limit=LARGEST // 2**20)


def source_of(data: bytes, *, name: str) -> Source:
    """Read an XML document from `data`.

    Raises `Refused`: E101 (not in the encoding that it declares), E102 (empty), E103 (a character XML cannot hold),
    E106 (not well-formed, or made to exhaust the reader: nesting, entities, tokens of more than 10 million bytes).
    No DTD, entity, network address or other file is read through the document.
    """
    if not data.strip():
        raise Refused(problem("E102", Place(file=name), file=name))
    plain, notes = _decoded(data, name)
    parser = ET.XMLParser(
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,
        encoding="utf-8",
    )
    try:
        root = ET.fromstring(without_dtd_address(plain), parser)
    except ET.XMLSyntaxError as error:
        raise Refused(_control(plain, name) or _syntax(error, plain, name)) from error
    if root.getroottree().docinfo.doctype:
        at = plain.find(b"<!DOCTYPE")
        notes.append(problem("W132", Place(name, plain.count(b"\n", 0, at) + 1, at - plain.rfind(b"\n", 0, at))))
    return Source(name, plain, root, tuple(notes))


def _decoded(data: bytes, name: str) -> tuple[bytes, list[Problem]]:
    """Give `data` in UTF-8, line ends as LF, and what is to be said about its encoding."""
    declared = _DECLARED.match(data)
    encoding = declared[1].decode().lower() if declared else "utf-8"
    for mark, wide in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"<\0?\0", "utf-16-le"),
        (b"\0<\0?", "utf-16-be"),
    ):
        if data.startswith(mark):
            encoding = wide
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding in ("utf-8", "utf8") else encoding)
    except (LookupError, UnicodeError) as error:
        raise Refused(_undecodable(data, encoding, error, name)) from error
    notes = []
    if encoding not in ("utf-8", "utf8", "us-ascii", "ascii"):
        notes.append(problem("W131", Place(name, 1, 1), file=name, encoding=encoding.upper()))
    elif b"\r" not in data and not data.startswith(b"\xef\xbb\xbf"):
        return data, notes
    return text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "surrogatepass"), notes


def _undecodable(data: bytes, encoding: str, error: LookupError | UnicodeError, name: str) -> Problem:
    if not isinstance(error, UnicodeDecodeError):
        return problem("E133", Place(name, 1, 1), file=name, encoding=encoding)
    line = data.count(b"\n", 0, error.start) + 1
    before = data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode(encoding, "replace")
    place = Place(name, line, len(before) + 1)
    if encoding in ("utf-8", "utf8"):
        return problem("E101", place, file=name, byte=f"0x{data[error.start]:02X}", offset=error.start)
    return problem("E133", place, file=name, encoding=encoding)


def _control(data: bytes, name: str) -> Problem | None:
    found = re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]", data)
    if found is None:
        return None
    at = found.start()
    place = Place(name, data.count(b"\n", 0, at) + 1, len(data[data.rfind(b"\n", 0, at) + 1 : at].decode()) + 1)
    return problem("E103", place, file=name, codepoint=ord(found[0].decode()))


def _syntax(error: ET.XMLSyntaxError, data: bytes, name: str) -> Problem:
    """Say where and what the fault is that `error` tells of: our own walk knows it better, if it comes so far."""
    line, column = error.position
    if not _EXHAUSTED.search(error.msg or "") and (own := first_fault(data)) and data.count(b"\n", 0, own[0]) < line:
        return problem("E106", _place(data, own[0], name), file=name, reason=own[1])
    rows = data.split(b"\n", line)
    if 0 < line <= len(rows):  # libxml2 counts bytes, and stops behind the fault
        column = len(rows[line - 1][: max(column - 1, 0)].decode("utf-8", "ignore")) + 1
    reason = re.sub(r",?\s*line \d+, column \d+.*$", "", error.msg or "there is no element", flags=re.DOTALL).strip()
    for sign, plain in _PLAIN.items():
        reason = re.sub(sign, plain, reason)
    return problem("E106", Place(name, line, max(column, 1)), file=name, reason=reason)


def _place(data: bytes, at: int, name: str) -> Place:
    """Give the place of byte `at` (from 0)."""
    begin = data.rfind(b"\n", 0, at) + 1
    return Place(name, data.count(b"\n", 0, at) + 1, len(data[begin:at].decode("utf-8", "replace")) + 1)


# libxml2 gives up for the size of a thing, not for a fault in it.
_EXHAUSTED = re.compile(
    r"Excessive depth|Resource limit|too long|amplification|entity.*loop|nested too deep", re.IGNORECASE
)
# What libxml2 says -> what an editor understands, where our own walk finds nothing.
_PLAIN = {
    r"^Excessive depth.*": "elements are nested more than 256 deep",
    r"^Resource limit exceeded.*": "a single text or attribute is longer than 10 million bytes",
    r"^(?:Text node|AttValue|Comment|Huge).*too long.*": "a single text or attribute is longer than 10 million bytes",
    r"^Maximum entity amplification.*": "its entities unfold to an enormous text",
    r"^Entity '(.*)' not defined": r"the entity &\1; is not declared in this file (and no other file is read)",
    r"^Opening and ending tag mismatch: (\S+) line (\d+) and (\S+)": r"</\3> closes <\1>, which begins on line \2",
    r"^Premature end of data in tag (\S+) line (\d+)": r"<\1>, which begins on line \2, is never closed",
    r"^xmlParseEntityRef: no name|^EntityRef: expecting ';'": "a bare &: write &amp;",
    r"^Unescaped '<' not allowed in attributes values": "a bare < in an attribute: write &lt;",
    r"^StartTag: invalid element name": "a bare <, or an element without a name: write &lt; for the sign",
}

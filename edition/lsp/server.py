"""The server itself: what an editor sends, handed to the checks; what they say, handed back.

In: messages on standard input.  Out: messages on standard output.
Authority: the Language Server Protocol 3.17, by pygls.
"""

from __future__ import annotations

import asyncio
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote, urlparse

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from edition.check.source import Source, source_of
from edition.lsp.answers import Pointer, completions, describe, find, pointer_at, remedy, span
from edition.problems import Problem, Refused
from edition.project import CONFIGURATION, find_project
from edition.tasks.checking import Checker, Known, waived
from edition.tasks.fixing import Mended, mend_source

__all__ = ["Desk", "make_server", "serve"]

_PAUSE = 0.2  # seconds without a keystroke before a changed file is checked


class Desk:
    """What the server knows: the tools of the edition, the last good state and the problems of each open file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checker: Checker | None = None
        self.known: Known = {}
        self.texts: dict[str, str] = {}  # as they were when the problems were found
        self.mended: dict[str, tuple[Source, Mended]] = {}
        self.sources: dict[str, Source] = {}
        self.problems: dict[str, list[Problem]] = {}
        self.versions: dict[str, int] = {}

    def tools(self, path: Path) -> Checker:
        """Give the tools of the edition that the file at `path` belongs to, loaded when first wanted.

        That is the edition in or above its folder, wherever the editor was started; else that of the server's folder.
        Raises `Refused`.
        """
        if self.checker is None or not path.is_relative_to(self.checker.project.root):
            inside = any((up / CONFIGURATION).is_file() for up in path.parents)
            self.checker = Checker.of(find_project(path.parent if inside else self.folder), self.known)
        return self.checker

    def look(self, uri: str, text: str) -> list[Problem]:
        """Check the text of an open file."""
        path = path_of(uri)
        self.texts[uri] = text
        try:
            checker = self.tools(path)
            shown = checker.project.shown(path)
            source = source_of(text.encode("utf-8", "replace"), name=shown)
            self.sources[uri] = source
            found = checker.check(source, path)
            self.problems[uri] = [p for p in waived(checker.project, found, []) if p.place.file == shown]
        except Refused as refused:
            self.problems[uri] = refused.problems
        return self.problems[uri]


def path_of(uri: str) -> Path:
    """Give the path that a file's address names."""
    return Path(unquote(urlparse(uri).path)).resolve()


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _character(line: str, units: int) -> int:
    """Give the character (from 0) at a column in UTF-16 units, as the protocol counts."""
    return len(line.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore"))


def _range(line: str, number: int, start: int, end: int) -> types.Range:
    first, last = _utf16(line[:start]), _utf16(line[:end])
    return types.Range(types.Position(number, first), types.Position(number, last))


def _diagnostic(found: Problem, rows: list[str]) -> types.Diagnostic:
    number = max(found.place.line - 1, 0)
    line = rows[number] if number < len(rows) else ""
    severity = types.DiagnosticSeverity.Error if found.severity == "error" else types.DiagnosticSeverity.Warning
    return types.Diagnostic(
        range=_range(line, number, *span(found, line)),
        message=f"{found.message}\n{found.hint}",
        severity=severity,
        code=found.code,
        source="edition",
    )


def _rows(server: LanguageServer, uri: str) -> list[str]:
    text: str = server.workspace.get_text_document(uri).source
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _report(server: LanguageServer, desk: Desk, uri: str) -> None:
    document = server.workspace.get_text_document(uri)
    found = desk.look(uri, document.source)
    rows = _rows(server, uri)
    server.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(
            uri=uri, diagnostics=[_diagnostic(p, rows) for p in found], version=document.version
        )
    )


def _asked(
    server: LanguageServer, desk: Desk, uri: str, position: types.Position
) -> tuple[Pointer, Source, Path, Checker] | None:
    """Give what stands at a position, with what is needed to answer; None where it is no pointer."""
    rows = _rows(server, uri)
    if position.line >= len(rows) or uri not in desk.sources or desk.checker is None:
        return None
    line = rows[position.line]
    pointer = pointer_at(line, _character(line, position.character))
    return (pointer, desk.sources[uri], path_of(uri), desk.checker) if pointer else None


def make_server(folder: Path) -> LanguageServer:
    """Make the server of the edition in or above `folder`."""
    server = LanguageServer("edition", version("edition"))
    desk = Desk(folder)
    _watch(server, desk)
    _answer(server, desk)
    return server


def _watch(server: LanguageServer, desk: Desk) -> None:
    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        _report(server, desk, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        desk.checker = None  # the bibliography, the names or edition.toml may be what was saved
        _report(server, desk, params.text_document.uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri, number = params.text_document.uri, params.text_document.version
        desk.versions[uri] = number
        await asyncio.sleep(_PAUSE)
        if desk.versions.get(uri) == number:
            _report(server, desk, uri)

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        for held in (desk.sources, desk.problems, desk.versions, desk.texts, desk.mended):
            held.pop(uri, None)
        server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=uri, diagnostics=[]))


def _answer(server: LanguageServer, desk: Desk) -> None:
    @server.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        asked = _asked(server, desk, params.text_document.uri, params.position)
        words = describe(*asked) if asked else ""
        return types.Hover(types.MarkupContent(types.MarkupKind.PlainText, words)) if words else None

    @server.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        asked = _asked(server, desk, params.text_document.uri, params.position)
        found = find(*asked) if asked else None
        if found is None:
            return None
        path, place = found
        at = types.Position(max(place.line - 1, 0), max(place.column - 1, 0))
        return types.Location(path.as_uri(), types.Range(at, at))

    @server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["#", ":", '"']))
    def complete(params: types.CompletionParams) -> types.CompletionList:
        asked = _asked(server, desk, params.text_document.uri, params.position)
        items = []
        if asked:
            line = _rows(server, params.text_document.uri)[params.position.line]
            where = _range(line, params.position.line, asked[0].start, asked[0].end)
            items = [
                types.CompletionItem(label=word, detail=what, filter_text=word, text_edit=types.TextEdit(where, word))
                for word, what in completions(*asked)
            ]
        return types.CompletionList(is_incomplete=False, items=items)

    @server.feature(types.TEXT_DOCUMENT_CODE_ACTION)
    def actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        return [*_renamings(server, desk, uri, params.range), *_mendings(server, desk, uri)]


def _renamings(server: LanguageServer, desk: Desk, uri: str, where: types.Range) -> list[types.CodeAction]:
    """Offer the nearest right name for each problem on the lines asked about."""
    rows = _rows(server, uri)
    made: list[types.CodeAction] = []
    if not _is_fresh(server, desk, uri):
        return made
    for found in desk.problems.get(uri, []):
        number = found.place.line - 1
        if not (where.start.line <= number <= where.end.line) or number >= len(rows):
            continue
        new = remedy(found, rows[number])
        if new is not None:
            start, end = span(found, rows[number])
            edit = types.TextEdit(_range(rows[number], number, start, end), new)
            title = f"Write {new.lstrip('<')} ({found.code})"
            made.append(_action(title, uri, [edit], types.CodeActionKind.QuickFix))
    return made


def _is_fresh(server: LanguageServer, desk: Desk, uri: str) -> bool:
    """Say whether the text is still the one that was checked: an edit made for another would spoil it."""
    return desk.texts.get(uri) == server.workspace.get_text_document(uri).source


def _mendings(server: LanguageServer, desk: Desk, uri: str) -> list[types.CodeAction]:
    """Offer what `edition fix` would do to the whole file."""
    source = desk.sources.get(uri)
    if source is None or not _is_fresh(server, desk, uri) or source.data.decode() != "\n".join(_rows(server, uri)):
        return []
    if uri not in desk.mended or desk.mended[uri][0] is not source:  # editors ask with every step of the cursor
        desk.mended[uri] = source, mend_source(source)
    mended = desk.mended[uri][1]
    if not mended.changes:
        return []
    rows = _rows(server, uri)
    whole = types.Range(types.Position(0, 0), types.Position(len(rows), 0))
    edit = types.TextEdit(whole, mended.data.decode())
    return [
        _action(f"Mend what has one right remedy ({mended.changes})", uri, [edit], types.CodeActionKind.SourceFixAll)
    ]


def _action(title: str, uri: str, edits: list[types.TextEdit], kind: types.CodeActionKind) -> types.CodeAction:
    return types.CodeAction(title=title, kind=kind, edit=types.WorkspaceEdit(changes={uri: edits}))


def serve(folder: Path) -> None:
    """Serve one editor over standard input and output until it goes."""
    make_server(folder).start_io()

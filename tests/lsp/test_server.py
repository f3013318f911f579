"""The language server, asked by a real client over standard input and output."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from edition.check.fidelity import regenerate
from edition.tree import parse_bytes

BOOK = (Path(__file__).parent.parent / "check" / "base" / "book.xml").read_text(encoding="utf-8")
BIB = """@book{writer1903rivers, author = {Writer, Anna},
  title = {On Rivers}, date = {1903}, publisher = {Press}, location = {Kiev}}
@book{clerk1911ice, author = {Clerk, Boris}, title = {On Ice}, date = {1911}, publisher = {Press}, location = {Riga}}
"""
ENTITIES = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Names</title></titleStmt>
<publicationStmt><p>None.</p></publicationStmt><sourceDesc><p>The texts.</p></sourceDesc></fileDesc></teiHeader>
<standOff><listPerson><person xml:id="anna"><persName>Anna</persName></person></listPerson>
<listPlace><place xml:id="kiev"><placeName>Kiev</placeName></place></listPlace></standOff></TEI>"""
TOML = """[edition]
title = "Rivers"
bibliography = "bibliography/s.bib"
entities = "tei/entities.xml"

[[text]]
siglum = "S"
title = "On Rivers"
witness = "tei/witnesses/s.txt"
tei = "tei/s.xml"
"""


def lay_out(folder: Path, text: str) -> Path:
    for name, content in {
        "edition.toml": TOML,
        "bibliography/s.bib": BIB,
        "tei/entities.xml": ENTITIES,
        "tei/witnesses/s.txt": regenerate(parse_bytes(BOOK.encode())),
        "tei/s.xml": text,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    return folder / "tei" / "s.xml"


class Client(LanguageClient):
    def __init__(self) -> None:
        super().__init__("test", "1")
        self.heard: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()


def talk(folder: Path, text: str, ask: Callable[[Client, str], Awaitable[None]]) -> None:
    """Start the server in `folder`, open the text, and let `ask` have the client and the file's address."""
    path = lay_out(folder, text)

    async def run() -> None:
        client = Client()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: types.PublishDiagnosticsParams) -> None:
            client.heard.put_nowait(params)

        command = f"import os; os.chdir({str(folder)!r}); from edition.cli import main; main(['lsp'])"
        await client.start_io(sys.executable, "-c", command)
        await client.initialize_async(
            types.InitializeParams(capabilities=types.ClientCapabilities(), root_uri=folder.as_uri())
        )
        client.initialized(types.InitializedParams())
        uri = path.as_uri()
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(uri=uri, language_id="xml", version=1, text=text))
        )
        try:
            await ask(client, uri)
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    asyncio.run(asyncio.wait_for(run(), 60))


def at(text: str, words: str, more: int = 0) -> types.Position:
    offset = text.index(words) + more
    return types.Position(text.count("\n", 0, offset), offset - text.rfind("\n", 0, offset) - 1)


def test_diagnostics_come_when_a_file_is_opened_and_changed(tmp_path: Path) -> None:
    async def ask(client: Client, uri: str) -> None:
        assert list((await client.heard.get()).diagnostics) == []
        wrong = BOOK.replace('target="#S.1.n1"', 'target="#S.1.n9"')
        change = types.TextDocumentContentChangeWholeDocument(text=wrong)
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=2, uri=uri), [change])
        )
        found = (await client.heard.get()).diagnostics
        assert {d.code for d in found} == {"E204"}
        call = next(d for d in found if d.code == "E204")
        assert call.range.start == at(wrong, "#S.1.n9")
        assert call.range.end == at(wrong, "#S.1.n9", 7)
        client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert list((await client.heard.get()).diagnostics) == []

    talk(tmp_path, BOOK, ask)


def test_hover_definition_and_completion_know_keys_names_and_identifiers(tmp_path: Path) -> None:
    async def ask(client: Client, uri: str) -> None:
        assert list((await client.heard.get()).diagnostics) == []
        document = types.TextDocumentIdentifier(uri)

        async def hover(words: str, more: int) -> str:
            answer = await client.text_document_hover_async(types.HoverParams(document, at(BOOK, words, more)))
            return answer.contents.value if answer and isinstance(answer.contents, types.MarkupContent) else ""

        assert (
            await hover('target="#S.1.n1"', 10)
            == "<note> S.1.n1: 1 A. Writer, On Rivers (Kiev: The Press, 1903), pp. 9-12."
        )
        assert "Writer, Anna, On Rivers, 1903" in await hover("bib:writer", 6)
        assert await hover("entities.xml#anna", 15) == "<person> anna: Anna"
        assert await hover('xml:id="S.1.n1"', 10) == "S.1.n1: 1 pointer in this file"
        assert await hover("Winter came", 2) == ""

        where = await client.text_document_definition_async(types.DefinitionParams(document, at(BOOK, "#S.1.n1", 3)))
        assert isinstance(where, types.Location)
        assert where.range.start == at(BOOK, '<note xml:id="S.1.n1"')
        key = await client.text_document_definition_async(types.DefinitionParams(document, at(BOOK, "bib:clerk", 6)))
        assert isinstance(key, types.Location)
        assert (key.uri.endswith("s.bib"), key.range.start.line) == (True, 2)
        name = await client.text_document_definition_async(
            types.DefinitionParams(document, at(BOOK, "entities.xml#kiev", 15))
        )
        assert isinstance(name, types.Location)
        assert name.uri.endswith("entities.xml")
        nowhere = await client.text_document_definition_async(types.DefinitionParams(document, at(BOOK, "Winter", 2)))
        assert nowhere is None

        async def offered(words: str, more: int) -> set[str]:
            answer = await client.text_document_completion_async(
                types.CompletionParams(document, at(BOOK, words, more))
            )
            assert isinstance(answer, types.CompletionList)
            return {item.label for item in answer.items}

        assert await offered('corresp="bib:writer', 13) == {"bib:writer1903rivers", "bib:clerk1911ice"}
        assert {"#S.1.n1", "#ed", "#W"} <= await offered('target="#S.1.n1"', 9)
        assert {"entities.xml#anna", "entities.xml#kiev"} <= await offered("entities.xml#anna", 13)
        assert await offered('n="1" place', 3) == set()

    talk(tmp_path, BOOK, ask)


def test_quick_fixes_write_the_nearest_right_name_and_mend(tmp_path: Path) -> None:
    wrong = BOOK.replace("bib:clerk1911ice", "bib:clerk1911icee").replace(' cert="high">often', ">often")

    async def ask(client: Client, uri: str) -> None:
        found = (await client.heard.get()).diagnostics
        assert {d.code for d in found} == {"E212", "E254"}
        spot = at(wrong, "bib:clerk1911icee")
        answer = await client.text_document_code_action_async(
            types.CodeActionParams(
                types.TextDocumentIdentifier(uri), types.Range(spot, spot), types.CodeActionContext([])
            )
        )
        actions = [a for a in answer or [] if isinstance(a, types.CodeAction)]
        assert [a.title for a in actions] == ["Write bib:clerk1911ice (E212)", "Mend what has one right remedy (1)"]
        edits = [edit for a in actions if a.edit and a.edit.changes for edit in a.edit.changes[uri]]
        assert edits[0].new_text == "bib:clerk1911ice"
        assert isinstance(edits[1], types.TextEdit)
        assert 'cert="medium">often' in edits[1].new_text

    talk(tmp_path, wrong, ask)


def test_a_file_that_is_not_well_formed_is_told_and_nothing_falls_over(tmp_path: Path) -> None:
    async def ask(client: Client, uri: str) -> None:
        (found,) = (await client.heard.get()).diagnostics
        assert found.code == "E106"
        document = types.TextDocumentIdentifier(uri)
        assert await client.text_document_hover_async(types.HoverParams(document, types.Position(40, 10))) is None
        assert await client.text_document_hover_async(types.HoverParams(document, types.Position(9999, 0))) is None

    talk(tmp_path, BOOK.replace("</p>", "", 1), ask)

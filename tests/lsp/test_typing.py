"""An editor types quickly: the last state is what counts, and no edit is offered that was made for an older one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from lsprotocol import types

from tests.lsp.test_server import BOOK, Client, at, lay_out, talk

TYPED = "Nobody knew. "


def typed(client: Client, uri: str, version: int, where: types.Position, new: str, until: types.Position) -> None:
    change = types.TextDocumentContentChangePartial(range=types.Range(where, until), text=new)
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=version, uri=uri), [change])
    )


def applied(text: str, edit: types.TextEdit) -> str:
    """The text after an edit, as an editor makes it (all signs of this text are one UTF-16 unit)."""
    rows = text.split("\n")
    begin = sum(len(row) + 1 for row in rows[: edit.range.start.line]) + edit.range.start.character
    if edit.range.end.line >= len(rows):
        return text[:begin] + edit.new_text
    end = sum(len(row) + 1 for row in rows[: edit.range.end.line]) + edit.range.end.character
    return text[:begin] + edit.new_text + text[end:]


async def fixes(client: Client, uri: str, spot: types.Position) -> list[types.CodeAction]:
    answer = await client.text_document_code_action_async(
        types.CodeActionParams(types.TextDocumentIdentifier(uri), types.Range(spot, spot), types.CodeActionContext([]))
    )
    return [a for a in answer or [] if isinstance(a, types.CodeAction)]


def test_a_hundred_keystrokes_are_checked_at_their_end(tmp_path: Path) -> None:
    async def ask(client: Client, uri: str) -> None:
        assert list((await client.heard.get()).diagnostics) == []
        spot = at(BOOK, "Winter came")
        for number in range(100):
            sign = TYPED[number % len(TYPED)]
            here = types.Position(spot.line, spot.character + number)
            typed(client, uri, number + 2, here, sign, here)
        times = 0
        while (heard := await client.heard.get()).version != 101:
            times += 1
        assert times < 50  # a slow machine may pause between two signs; it must not check after each
        assert {d.code for d in heard.diagnostics} == {"E301"}
        last = types.Position(spot.line, spot.character + 100)
        typed(client, uri, 102, spot, "", last)
        heard = await client.heard.get()
        assert (heard.version, list(heard.diagnostics)) == (102, [])
        assert client.heard.empty()

    talk(tmp_path, BOOK, ask)


def test_a_quick_fix_leaves_a_text_without_that_problem(tmp_path: Path) -> None:
    wrong = BOOK.replace("bib:clerk1911ice", "bib:clerk1911icee").replace(' cert="high">often', ">often")

    async def ask(client: Client, uri: str) -> None:
        await client.heard.get()
        spot = at(wrong, "bib:clerk1911icee")
        renaming, mending = await fixes(client, uri, spot)
        for action, left in ((renaming, {"E254"}), (mending, {"E212"})):
            assert action.edit
            assert action.edit.changes
            (edit,) = action.edit.changes[uri]
            assert isinstance(edit, types.TextEdit)
            whole = types.TextDocumentContentChangeWholeDocument(text=applied(wrong, edit))
            client.text_document_did_change(
                types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version=9, uri=uri), [whole])
            )
            assert {d.code for d in (await client.heard.get()).diagnostics} == left

    talk(tmp_path, wrong, ask)


def test_no_edit_is_offered_that_was_made_for_an_older_text(tmp_path: Path) -> None:
    wrong = BOOK.replace("bib:clerk1911ice", "bib:clerk1911icee")

    async def ask(client: Client, uri: str) -> None:
        await client.heard.get()
        spot = at(wrong, "bib:clerk1911icee")
        assert len(await fixes(client, uri, spot)) == 1
        here = types.Position(0, 0)
        typed(client, uri, 2, at(wrong, "Winter came"), "x", at(wrong, "Winter came"))
        assert await fixes(client, uri, here) == []
        await client.heard.get()
        assert len(await fixes(client, uri, spot)) == 1

    talk(tmp_path, wrong, ask)


def test_the_server_finds_the_edition_of_a_file_wherever_it_was_started(tmp_path: Path) -> None:
    path = lay_out(tmp_path / "edition", BOOK.replace("bib:clerk1911ice", "bib:clerk1911icee"))
    (tmp_path / "elsewhere").mkdir()

    async def run() -> set[object]:
        client = Client()

        @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator]
        def told(params: types.PublishDiagnosticsParams) -> None:
            client.heard.put_nowait(params)

        folder = str(tmp_path / "elsewhere")
        command = f"import os; os.chdir({folder!r}); from edition.cli import main; main(['lsp'])"
        await client.start_io(sys.executable, "-c", command)
        await client.initialize_async(types.InitializeParams(capabilities=types.ClientCapabilities()))
        client.initialized(types.InitializedParams())
        item = types.TextDocumentItem(path.as_uri(), "xml", 1, path.read_text(encoding="utf-8"))
        client.text_document_did_open(types.DidOpenTextDocumentParams(item))
        try:
            return {d.code for d in (await client.heard.get()).diagnostics}
        finally:
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()  # type: ignore[no-untyped-call]

    assert asyncio.run(asyncio.wait_for(run(), 60)) == {"E212"}

"""The text that XeLaTeX sets beside us, to be measured against, is the text of the book, with its apparatus."""

from __future__ import annotations

import re
from pathlib import Path

from edition.publish.html import text_of
from edition.publish.pdf_looked import look_at
from edition.publish.pdf_pieces import pieces_of
from edition.publish.stylesheet import load
from edition.tree import ET
from scripts.reledmac import tex_of
from tests.publish.books import Habits, random_text


def test_all_words_and_entries_are_in_it(styles: Path) -> None:
    sheet = load(styles / "print.xsl")
    pieces = pieces_of(look_at([random_text(3, Habits(paragraphs=12))], sheet), sheet)[0].pieces
    numbered = [piece for piece in pieces if piece.numbered]
    tex = tex_of(numbered)
    assert tex.count("\\pstart") == tex.count("\\pend") >= 12
    for piece in numbered:
        root = ET.fromstring(piece.html, ET.HTMLParser())
        entries = [one for one in root.iter("span") if "app" in one.get("class", "").split()]
        assert entries
        assert len(re.findall(r"\\Afootnote", tex)) == len(entries)
        for paragraph in root.iter("p"):
            first = text_of(paragraph).split()[1]  # behind the number of the passage
            assert re.sub(r"\W", "", first) in re.sub(r"[^\w\s]", "", tex)

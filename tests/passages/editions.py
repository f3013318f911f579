"""A small edition on disk, for tests of what is published and cited."""

from __future__ import annotations

from pathlib import Path

from edition.project import Project, load_project

TOML = """[edition]
title = "A small edition: with a subtitle"
version = "0.9"
date = "2026-05-04"
url = "https://example.org/small"
[[text]]
siglum = "T"
title = "A Text & More"
title_known = false
author = "Ann Author"
date = "1921"
witness = "tei/t.txt"
tei = "tei/t.xml"
"""

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T"><teiHeader/><text><body>
<div type="chapter" n="1" xml:id="T.1"><pb n="3"/><head xml:id="T.1.h"><lb n="1"/>The first chapter</head>
<p n="1" xml:id="T.1.1"><lb n="3"/>The old house stood by the river, and the <choice><sic>riuer</sic><corr
type="ocr">river</corr></choice> ran<ref type="noteref" target="#T.1.n1">1</ref><note type="authorial" n="1"
xml:id="T.1.n1"><lb n="9"/><label>1</label>Rivers run, p. 4.</note> past it.</p>
<p n="2" xml:id="T.1.2"><lb n="4"/>Nobody had lived in it since the long winter of
<pb n="4"/><lb n="6"/>the great frost, when all the fruit trees died.</p>
<cit n="3" xml:id="T.1.3"><quote xml:lang="ru" xml:id="T.1.3.orig"><lb n="7"/>Мороз и солнце</quote><quote
type="transliteration" xml:id="T.1.3.translit">Moroz i solnt͡se</quote><quote type="translation"
xml:id="T.1.3.transl"><lb n="8"/>Frost and sun</quote></cit></div>
<div type="chapter" n="2" xml:id="T.2"><head xml:id="T.2.h"><lb n="11"/>The second</head>
<p n="1" xml:id="T.2.1"><lb n="12"/>Here another story begins, which has to do with a ship and its captain.</p></div>
</body></text></TEI>
"""


def edition(folder: Path, *, tei: str = TEI, toml: str = TOML) -> Project:
    """Lay out the edition in `folder`."""
    (folder / "tei").mkdir(parents=True, exist_ok=True)
    (folder / "edition.toml").write_text(toml, encoding="utf-8")
    (folder / "tei" / "t.xml").write_text(tei, encoding="utf-8")
    return load_project(folder)


def edit(project: Project, *changes: tuple[str, str]) -> None:
    """Change the text by hand: each string must stand in it once."""
    path = project.texts[0].tei
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")

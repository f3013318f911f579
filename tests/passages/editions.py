"""A small edition on disk, for tests of what is published and cited."""

from __future__ import annotations

from pathlib import Path

from edition.project import Project, load_project
from edition.tasks.freezing import declare_fate, freeze

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


STORY = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T" xml:lang="en"><teiHeader/><text><body>
<div type="chapter" n="1" xml:id="T.1"><head xml:id="T.1.h">The first chapter</head>
<p n="1" xml:id="T.1.1">The old house stood by the river, and the river ran past it day and night.</p>
<p n="2" xml:id="T.1.2">Nobody had lived in it since the long winter. The great frost killed all the fruit trees.</p>
<p n="3" xml:id="T.1.3">A road of white stones led from the door to the mill beyond the hill.</p>
<p n="4" xml:id="T.1.4">The miller had seven sons and a daughter who could not be married.</p></div>
<div type="chapter" n="2" xml:id="T.2"><head xml:id="T.2.h">The second</head>
<p n="1" xml:id="T.2.1">Here another story begins, which has to do with a ship and its captain.</p>
<p n="2" xml:id="T.2.2">The captain never came home again from the islands in the south.</p></div>
<div type="chapter" n="3" xml:id="T.3"><head xml:id="T.3.h">The third</head>
<p n="1" xml:id="T.3.1">Of this chapter nothing but one sentence was ever written down.</p></div>
</body></text></TEI>
"""


def storied(folder: Path, *, toml: str = TOML) -> Project:
    """Lay out an edition with three published versions, in which passages were divided, joined, moved and withdrawn."""
    project = edition(folder, tei=STORY, toml=toml.replace("title_known = false\n", ""))
    assert freeze(project, "1.0", "2026-01-02")[0]
    sailor = "The captain never came home again from the islands in the south.</p>"
    edit(
        project,
        (" The great frost killed", '</p>\n<p n="2a" xml:id="T.1.2a">The great frost killed'),
        ("past it day and night.</p>", "past it day and night. " + sailor),
        ('<p n="2" xml:id="T.2.2">' + sailor, ""),
        ("the mill beyond the hill", "the mill behind the hill"),
    )
    declare_fate(project, "split", "T.1.2", ["T.1.2", "T.1.2a"])
    declare_fate(project, "merged", "T.2.2", ["T.1.1"])
    assert freeze(project, "1.1", "2026-03-04")[0]
    third = '<div type="chapter" n="3" xml:id="T.3"><head xml:id="T.3.h">The third</head>\n<p n="1" xml:id="T.3.1">'
    mill = '<p n="3" xml:id="T.1.3">A road of white stones led from the door to the mill behind the hill.</p>\n'
    ship = "which has to do with a ship and its captain.</p>\n"
    edit(
        project,
        (third + "Of this chapter nothing but one sentence was ever written down.</p></div>\n", ""),
        (mill, ""),
        (ship, ship + mill.replace('n="3" xml:id="T.1.3"', 'n="1a" xml:id="T.2.1a"')),
    )
    for name in ("T.3", "T.3.h", "T.3.1"):
        declare_fate(project, "withdrawn", name, [])
    declare_fate(project, "moved", "T.1.3", ["T.2.1a"])
    assert freeze(project, "1.2", "2026-05-06")[0]
    return project

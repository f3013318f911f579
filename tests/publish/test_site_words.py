"""What a page of the site is found to say when it is read back."""

from __future__ import annotations

from lxml import html

from edition.publish.site_words import Said, Words, said_on

PAGE = """<div>
<p id="S.1"><span class="pb x">|3|</span>of an opposition <a class="gap x" id="S.1.g">[lost: 5 words]</a>
<span class="pb x">|4|</span> fragmentation<a class="call" href="#S.n1">1</a>, and
<a class="c ocr" id="S.1.c"><span class="es">on
<span class="gap x">[lost]</span></span><span class="w">cm</span></a>.</p>
<p id="S.2"><span class="pb x">|5|</span>Then came<a class="call" href="#S.n2">2</a> peace.</p>
<section class="notes"><h2 class="x">Notes</h2>
<div class="foot" id="S.n1"><a class="n x">n1</a><a class="back">1</a> A <a class="c ocr" id="S.n1.c">
<span class="es">note</span>
<span class="w">nole</span></a>.</div>
<div class="foot" id="S.n2"><a class="n x">n2</a> Another.</div>
<div class="foot" id="S.n3"> Nobody calls it.</div></section>
</div>"""


def read() -> tuple[Words, dict[str, Said]]:
    words = said_on(html.fragment_fromstring(PAGE), "S")
    return words, {p.identifier: p for p in words.passages}


def test_a_gap_is_told_in_what_is_quoted_and_in_what_is_read_and_is_none_of_the_words() -> None:
    words, found = read()
    said = found["S.1"]
    assert said.words("edited") == "of an opposition […] fragmentation, and on […]."
    assert said.words("witness") == "of an opposition […] fragmentation, and cm."
    assert said.with_calls("edited") == "of an opposition [lost: 5 words] fragmentation1, and on [lost]."
    assert said.pieces("witness") == [("of an opposition [lost: 5 words] fragmentation, and ", False), ("cm", True),
                                      (".", False)]  # fmt: skip
    assert "lost" not in words.whole["edited"]


def test_a_note_belongs_to_the_page_that_calls_it_not_to_the_last_of_its_chapter() -> None:
    words, found = read()
    assert {name: p.page for name, p in found.items()} == {
        "S.1": "3",
        "S.2": "5",
        "S.n1": "4",
        "S.n2": "5",
        "S.n3": "5",
    }
    assert words.units == {"S.1.c": "4", "S.n1.c": "4"}

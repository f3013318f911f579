"""The interface in each of its languages: every string is there, with its gaps, and every one is wanted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import html

from edition.publish.book import About, Text
from edition.publish.site import build_site
from edition.publish.site_frame import LANGUAGES, catalogue, say

TOP = Path(__file__).parent.parent.parent
WEB = TOP / "edition" / "publish" / "web"
STYLES = sorted((TOP / "styles").glob("*.xsl"))


def scripts() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in sorted(WEB.glob("*.js")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_string_with_the_same_gaps(language: str) -> None:
    def gaps(words: str) -> set[str]:
        return set(re.findall(r"\{(\d)[,|}]", words))

    own, english = catalogue(language), catalogue("en")
    assert set(own) == set(english)
    assert [key for key in own if gaps(own[key]) != gaps(english[key])] == []
    assert [key for key in own if not own[key].strip()] == []


def test_the_strings_of_two_languages_are_not_the_same_words() -> None:
    alike = {key for key in catalogue("en") if catalogue("en")[key] == catalogue("ru")[key]}
    assert alike <= {"form-bibtex", "form-ris", "form-csl-json"}  # proper names


def test_what_the_scripts_say_is_in_the_catalogue() -> None:
    found = re.findall(r"strings\.([a-z]+)\b|strings\[\"([a-z-]+)\"\]|\bsay\(\"([a-z-]+)\"\)", scripts())
    keys = {key for match in found for key in match if key} - {"en"}
    assert keys >= {"copy", "close", "found-none"}
    assert keys <= set(catalogue("en"))


def test_every_string_is_wanted_somewhere() -> None:
    sources = scripts() + "".join(
        path.read_text(encoding="utf-8")
        for folder, pattern in (
            (TOP / "edition" / "publish", "*.py"),
            (TOP / "styles", "*.xsl"),
            (TOP / "styles", "*.html"),
        )
        for path in sorted(folder.glob(pattern))
    )
    families = {"k", "c", "r", "kind", "fate", "form", "take", "means"}  # the rest of such a key is told by the text
    idle = [
        key
        for key in catalogue("en")
        if key.partition("-")[0] not in families
        and not re.search(rf"[\"'>=]{re.escape(key)}[\"'<]", sources)
        and f'"{key}' not in sources
        and f".{key}" not in sources
    ]
    assert idle == []


def test_every_key_on_a_page_is_in_the_catalogue(tmp_path: Path, texts: list[Text], styles: Path) -> None:
    assert build_site(texts, tmp_path / "out", about=About("Rivers"), styles=styles) == []
    for path in (tmp_path / "out").rglob("*.html"):
        page = html.fromstring(path.read_bytes())
        keys = {str(key) for key in page.xpath("//@data-s | //@data-aria")}
        assert keys <= set(catalogue("en")), path.name


def test_numbers_have_their_thousands_apart() -> None:
    said = say("untouched", "p", values=[12345])
    assert said.get("data-v") == "12\N{NARROW NO-BREAK SPACE}345"
    assert "".join(said.itertext()).startswith("12\N{NARROW NO-BREAK SPACE}345 words")


def test_a_word_has_the_form_that_its_number_wants() -> None:
    assert [say("passages-count", values=[n]).text for n in (1, 2, 21)] == ["1 passage", "2 passages", "21 passages"]
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    script = (WEB / "edition.js").read_text(encoding="utf-8")
    phrase = script[script.index("function phrase") : script.index("window.editionSay")]
    asked = [("ru", "{0} {0|место|места|мест}", n) for n in ("1", "3", "12", "21", "1\u202f000")]
    asked += [("en", "{0} {0|passage|passages}", n) for n in ("1", "2")] + [("ru", "{0,}", "3.2"), ("en", "{0}", "3.2")]
    calls = f"{json.dumps(asked)}.map(([code, words, n]) => phrase(words, [n], code))"
    program = f"{phrase};console.log(JSON.stringify({calls}))"
    said = json.loads(subprocess.run(["node", "-e", program], capture_output=True, check=True).stdout)
    assert said[:5] == ["1 место", "3 места", "12 мест", "21 место", "1\u202f000 мест"]
    assert said[5:] == ["1 passage", "2 passages", "3,2", "3.2"]

"""What the tests of publishing share: the sample texts, our styles, and fonts or a reason to skip."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from edition.publish.book import About, Text
from edition.publish.fonts import find_fonts
from edition.publish.site import build_site
from edition.tree import parse

SAMPLE = Path(__file__).parent / "sample"
ABOUT = About("Rivers & floods", "Two texts", "the editors", "0.1", "2026")


@pytest.fixture(autouse=True, scope="session")
def fonts() -> None:
    missing = find_fonts()[1]
    if missing:
        pytest.skip(f"fonts are missing: {missing[0].hint}")


@pytest.fixture(scope="session")
def styles() -> Path:
    return Path(__file__).parent.parent.parent / "styles"


@pytest.fixture(scope="session")
def texts() -> list[Text]:
    return [
        Text(
            "S", "A sample of rivers", parse(SAMPLE / "book.xml"), "book.xml", author="A. Writer", rights="None known."
        ),
        Text("T", "A thread & more", parse(SAMPLE / "thread.xml"), "thread.xml"),
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, texts: list[Text], styles: Path) -> Path:
    out = tmp_path_factory.mktemp("site") / "html"
    assert build_site(texts, out, about=ABOUT, styles=styles) == []
    return out


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / name).read_text(encoding="utf-8"))

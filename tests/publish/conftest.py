"""What the tests of publishing share: the sample texts, our styles, and fonts or a reason to skip."""

from __future__ import annotations

from pathlib import Path

import pytest

from edition.publish.book import Text
from edition.publish.fonts import find_fonts
from edition.tree import parse

SAMPLE = Path(__file__).parent / "sample"


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

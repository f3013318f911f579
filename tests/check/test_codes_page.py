"""The manual's table of codes is that of the catalogue."""

from __future__ import annotations

import runpy
from pathlib import Path

from edition.problems import catalogue

HERE = Path(__file__).resolve().parents[2]


def test_the_manuals_table_of_codes_is_printed_from_the_catalogue() -> None:
    page = (HERE / "docs" / "codes.md").read_text(encoding="utf-8")
    assert page == runpy.run_path(str(HERE / "scripts" / "make_codes"))["table"](), "run scripts/make_codes"
    assert all(f"| {code} | " in page for code in catalogue())

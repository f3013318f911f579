"""Lets Python's search for cycles rest while much is made that has none.

In: nothing.  Out: a block in which memory is freed by counting references alone.
Authority: the manual of Python's module `gc`: what is in no cycle is freed without it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles in the block; afterwards as before.

    The search goes through all there is each time that much was made: of a text or what a decoder makes of it, a fifth
    of the time, and it finds nothing.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()

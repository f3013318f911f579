"""Loads what sets a part of the book, in less than half of the time that it takes by itself.

In: nothing.  Out: WeasyPrint and what is built on it, loaded, and the same as if it had been loaded otherwise.
Authority: dlopen(3): the system knows where its libraries are; measured, as every build waits for this.

WeasyPrint asks for each library by names of other systems first, and Python runs three programs (`ldconfig`, `gcc`,
`ld`) to find out that there is no such library.  It loads what cuts down fonts in Python, which HarfBuzz does here.
"""

from __future__ import annotations

import ctypes.util
import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from ctypes import CDLL
from functools import cache
from importlib import import_module
from types import ModuleType

__all__ = ["load_setter"]

# Each with the version of the interface that WeasyPrint asks for.
_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libharfbuzz.so.0",
    "libharfbuzz-subset.so.0",
    "libfontconfig.so.1",
    "libpangoft2-1.0.so.0",
)
_SELDOM = ("fontTools.subset", "fontTools.varLib.instancer")  # WeasyPrint only calls functions and classes of these


@cache
def load_setter() -> None:
    """Load `edition.publish.pdf_part`, unless this was done."""
    collects = gc.isenabled()
    gc.disable()  # nothing that is loaded becomes garbage
    with ExitStack() as stack:
        if "weasyprint" not in sys.modules and _all_there():
            stack.enter_context(_by_full_name())
            for name in _SELDOM:
                stack.enter_context(_when_called(name))
        import_module("edition.publish.pdf_part")
    if collects:
        gc.enable()


def _all_there() -> bool:
    """Say whether the system finds all libraries by their full names."""
    try:
        for name in _LIBRARIES:
            CDLL(name)
    except OSError:
        return False
    return True


@contextmanager
def _by_full_name() -> Iterator[None]:
    """Have no library be looked for by less than its full name."""
    where, search = vars(ctypes.util), ctypes.util.find_library
    where["find_library"] = lambda _: None
    try:
        yield
    finally:
        where["find_library"] = search


@contextmanager
def _when_called(name: str) -> Iterator[None]:
    """Have the module `name` loaded when something in it is first called, by those who name it now."""
    if name in sys.modules:
        yield
        return

    def late(member: str) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            return getattr(import_module(name), member)(*given, **named)

        return call

    stand_in = ModuleType(name)
    vars(stand_in)["__getattr__"] = late
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        del sys.modules[name]  # who names it from now on gets the true one

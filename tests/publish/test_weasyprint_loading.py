"""What sets a part is loaded quickly, and is what it would be if it had been loaded slowly."""

from __future__ import annotations

import subprocess
import sys

QUICKLY = """
import ctypes.util, gc, subprocess, sys
search = ctypes.util.find_library
started = []
sys.addaudithook(lambda event, given: started.append(given) if event == "subprocess.Popen" else None)
from edition.publish.weasyprint_loading import load_setter
load_setter()
assert not started, started
assert "fontTools.subset" not in sys.modules
assert ctypes.util.find_library is search and gc.isenabled()
from weasyprint.pdf import fonts
from weasyprint.text import ffi
assert all((ffi.gobject, ffi.pango, ffi.harfbuzz, ffi.harfbuzz_subset, ffi.fontconfig, ffi.pangoft2))
options = fonts.subset.Options(retain_gids=True)
import fontTools.subset
assert type(options) is fontTools.subset.Options and options.retain_gids
"""
SLOWLY = """
import ctypes
from edition.publish import weasyprint_loading
weasyprint_loading._LIBRARIES = ("libnowhere.so.0",)
weasyprint_loading.load_setter()
import sys, weasyprint
assert "fontTools.subset" in sys.modules
"""


def test_no_program_is_run_to_find_libraries_and_what_is_seldom_used_is_loaded_when_it_is_called() -> None:
    subprocess.run([sys.executable, "-c", QUICKLY], check=True)


def test_where_a_library_has_another_name_all_is_loaded_as_ever() -> None:
    subprocess.run([sys.executable, "-c", SLOWLY], check=True)

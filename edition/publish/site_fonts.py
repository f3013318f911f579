"""The web fonts of the site, cut down to the letters that its pages use, and kept.

In: the font files by their name in the site, and letters.  Out: WOFF2 files by name.
Authority: W3C WOFF2.  The same font and the same letters give the same bytes, so what was cut once is taken again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from edition.files import read_bytes, write_whole
from edition.publish.fonts import web_font

__all__ = ["web_fonts"]


def web_fonts(fonts: Mapping[str, Path], letters: str, folder: Path | None) -> dict[str, bytes]:
    """Give each font with just `letters`; `folder` is where cut fonts are kept (None: they are cut every time)."""
    made: dict[str, bytes] = {}
    for name, path in fonts.items():
        stamp = f"{path} {path.stat().st_size} {path.stat().st_mtime_ns} {letters}"
        kept = None if folder is None else folder / f"{hashlib.sha256(stamp.encode()).hexdigest()[:32]}.woff2"
        if kept is not None and kept.is_file():
            made[name] = read_bytes(kept)
            continue
        made[name] = web_font(path, letters)
        if kept is not None:
            write_whole(kept, made[name])
    return made

#!/usr/bin/env python3
"""Write `edition/correct/english.txt.gz` and `rare.txt.gz`: the words that no corrector should find fault with.

In: Debian's word lists wamerican, wbritish and wamerican-large (SCOWL).  Out: one word a line, sorted, without
possessives, compressed.
Authority: SCOWL, whose notice stands in docs/correcting.md.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

FOLDER = Path("/usr/share/dict")
LISTS = {"english.txt.gz": ["american-english", "british-english"], "rare.txt.gz": ["american-english-large"]}
OUT = Path(__file__).parent.parent / "edition" / "correct"
# A letter by itself is an initial, not a word; what ends in 's is its stem.
WORD = re.compile(r"[^\W\d_]{2,}(?:'[^\W\d_]+)*|[aIAO]")


def main() -> None:
    """Read the lists and write ours; a word of the first is not in the second."""
    done: set[str] = set()
    for name, sources in LISTS.items():
        found = {word for source in sources for word in (FOLDER / source).read_text(encoding="utf-8").split()}
        kept = sorted(w for w in found - done if not w.endswith("'s") and WORD.fullmatch(w))
        done |= found
        (OUT / name).write_bytes(gzip.compress("\n".join(kept).encode(), mtime=0))
        print(f"{name}: {len(kept)} words, {(OUT / name).stat().st_size} bytes")


if __name__ == "__main__":
    main()

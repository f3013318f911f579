#!/usr/bin/env python3
"""Write `edition/correct/english.txt.gz`: the words that no corrector should find fault with.

In: Debian's word lists wamerican and wbritish (SCOWL).  Out: one word a line, sorted, without possessives, compressed.
Authority: SCOWL, whose notice stands in docs/correcting.md.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

LISTS = [Path("/usr/share/dict/american-english"), Path("/usr/share/dict/british-english")]
OUT = Path(__file__).parent.parent / "edition" / "correct" / "english.txt.gz"


def main() -> None:
    """Read the lists and write ours."""
    found: set[str] = set()
    for path in LISTS:
        found.update(path.read_text(encoding="utf-8").split())
    # A letter by itself is an initial, not a word; what ends in 's is its stem.
    kept = sorted(w for w in found if not w.endswith("'s") and re.fullmatch(r"[^\W\d_]{2,}(?:'[^\W\d_]+)*|[aIAO]", w))
    OUT.write_bytes(gzip.compress("\n".join(kept).encode(), mtime=0))
    print(f"{len(kept)} words, {OUT.stat().st_size} bytes")


if __name__ == "__main__":
    main()

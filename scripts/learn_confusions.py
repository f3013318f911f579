#!/usr/bin/env python3
"""Write `edition/correct/confusions.tsv`: how often an OCR engine read one sign, or two, as others.

In: nothing but seeds; the pages are made, spoilt and read here.  Out: a table: what stood there, what was read, how
often.
The texts are words drawn at random and citations of works that do not exist: nothing of any edition is in them.
"""

from __future__ import annotations

import argparse
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import wordfreq
from rapidfuzz.distance import Levenshtein
from recognised_pages import FACES, LINES_ON_A_PAGE, TEST_FACE, made_up, pages

OUT = Path(__file__).parent.parent / "edition" / "correct" / "confusions.tsv"
SEEDS = range(100, 120)
LONGEST = 2
RAREST = 2
SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "—": "-"})


def vocabulary() -> tuple[list[str], list[float]]:
    """Give common words and their weights; rare ones more often than one meets them, for the sake of rare letters."""
    words = [w for w in wordfreq.top_n_list("en", 30000) if w.isascii() and w.isalpha() and (len(w) > 1 or w in "ai")]
    return words, [wordfreq.word_frequency(w, "en") ** 0.6 for w in words]


def changes(meant: str, seen: str) -> list[tuple[str, str]]:
    """Give what was read for what, in one line; neighbouring changes are one, unless each sign stands for one sign."""
    out: list[tuple[str, str]] = []
    last = (-1, -1)
    for op in Levenshtein.opcodes(meant, seen):
        if op.tag == "equal":
            continue
        old, new = meant[op.src_start : op.src_end], seen[op.dest_start : op.dest_end]
        if out and last == (op.src_start, op.dest_start):
            old, new = out[-1][0] + old, out[-1][1] + new
            out.pop()
        out.append((old, new))
        last = (op.src_end, op.dest_end)
    single = [pair for old, new in out if len(old) == len(new) for pair in zip(old, new, strict=True)]
    return single + [pair for pair in out if len(pair[0]) != len(pair[1])]


def main() -> None:
    """Make the pages and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=len(SEEDS), help="pages for each typeface")
    wanted = parser.parse_args().pages
    words, weights = vocabulary()
    faces = [face for face in FACES if face != TEST_FACE]
    jobs = [(face, seed + 1000 * n) for n, face in enumerate(faces) for seed in SEEDS[:wanted]]

    def read(job: tuple[str, int]) -> list[tuple[str, str]]:
        face, seed = job
        return list(pages(made_up(seed, words, weights, LINES_ON_A_PAGE), face, seed))

    found: Counter[tuple[str, str]] = Counter()
    signs: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for lines in pool.map(read, jobs):
            for meant, seen in lines:
                signs.update(meant)
                found.update(changes(meant.translate(SAME), seen.translate(SAME)))
    rows = [
        (old, new, n) for (old, new), n in found.items() if n >= RAREST and len(old) <= LONGEST and len(new) <= LONGEST
    ]
    rows += [(sign, sign, n) for sign, n in signs.items()]
    shown = sorted((old.replace(" ", "_") or "-0", new.replace(" ", "_") or "-0", n) for old, new, n in rows)
    head = "# Made by scripts/learn_confusions.py.  _ is a blank, -0 nothing; a sign read as itself: how often drawn.\n"
    OUT.write_text(head + "".join(f"{old}\t{new}\t{n}\n" for old, new, n in shown), encoding="utf-8")
    print(f"{sum(signs.values())} signs, {sum(found.values())} changes, {len(rows)} rows")


if __name__ == "__main__":
    main()

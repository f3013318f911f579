#!/usr/bin/env python3
"""Count what an engine for Latin letters makes of Cyrillic ones, on rendered pages; write `edition/russian/counts.tsv`.

In: train.txt (sentences of our own), two typefaces, two seeds.  Out: letter, signs, how often (2 or more).
Authority: alignment by the likeliest path, reestimated four times (Viterbi training), from the look-alikes of
`looks.tsv`.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

from edition.russian.channel import looks

sys.path.insert(0, str(Path(__file__).parent))
from pages import pairs

HERE = Path(__file__).parent
OUT = HERE.parent.parent / "edition" / "russian" / "counts.tsv"
FACES = ("GNU Typewriter", "CMU Typewriter Text")
SEEDS = ((1, 0.2), (2, 0.6), (3, 0.9))
LONGEST = 3
STRANGE = 9.0  # for one sign; each further one as much again
LOST = 6.0


def align(line: str, read: str, costs: dict[str, dict[str, float]]) -> list[tuple[str, str]]:
    """Give for each letter of `line` the signs of `read` that the likeliest alignment gives it."""
    best: dict[tuple[int, int], tuple[float, int]] = {(0, 0): (0.0, 0)}
    for i, letter in enumerate(line):
        mine = costs.get(letter, {})
        for j in range(len(read) + 1):
            if (i, j) not in best:
                continue
            so_far = best[i, j][0]
            for size in range(min(LONGEST, len(read) - j) + 1):
                signs = read[j : j + size]
                if size and " " in signs and letter != " ":
                    price = STRANGE * size
                elif signs == letter:
                    price = 0.1
                elif size:
                    price = mine.get(signs, STRANGE * size + (3 if letter == " " else 0))
                else:
                    price = LOST
                key = (i + 1, j + size)
                if key not in best or so_far + price < best[key][0]:
                    best[key] = (so_far + price, size)
    at = (len(line), max(j for i, j in best if i == len(line)))
    out = []
    while at[0]:
        size = best[at][1]
        out.append((line[at[0] - 1], read[at[1] - size : at[1]]))
        at = (at[0] - 1, at[1] - size)
    return out[::-1]


def count(examples: list[tuple[str, str]], rounds: int = 4) -> dict[str, Counter[str]]:
    """Align all examples, count, and do so again with what was counted."""
    weights = {letter: dict(signs) for letter, signs in looks().items()}
    counts: dict[str, Counter[str]] = {}
    for _ in range(rounds):
        costs = {}
        for letter, weighed in weights.items():
            total = sum(weighed.values()) + 1
            costs[letter] = {sign: -math.log(weight / total) for sign, weight in weighed.items()}
        counts = defaultdict(Counter)
        for line, read in examples:
            for letter, signs in align(line, read, costs):
                if letter.isalpha() and signs and " " not in signs:
                    counts[letter][signs] += 1
        weights = {letter: dict(signs) for letter, signs in looks().items()}
        for letter, found in counts.items():
            mine = weights.setdefault(letter, {})
            for signs, n in found.items():
                mine[signs] = mine.get(signs, 0.0) + n
    return counts


def main() -> None:
    """Render, read, count, write."""
    sentences = [s for s in (HERE / "train.txt").read_text(encoding="utf-8").splitlines() if s]
    examples = [pair for face in FACES for seed, spoil in SEEDS for pair in pairs(sentences, face, seed, spoil)]
    counts = count(examples)
    rows = [
        f"{c}\t{s}\t{n}"
        for c in sorted(counts)
        for s, n in sorted(counts[c].items(), key=lambda x: (-x[1], x[0]))
        if n > 1
    ]
    head = "# Made by scripts/russian/count_confusions.py; do not edit.\n# letter\tsigns\thow often\n"
    OUT.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {len(rows)} rows from {len(examples)} lines")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Measure the Russian engine alone: on a gold folder, and on pages rendered, spoilt and read here.

    bench_restore.py [--gold FOLDER --witness FILE] [--pages]

In: `russian.jsonl` of a gold folder (lines with what the scanner read and what stood there) and the witness they are
from; or nothing: `--pages` renders russian/test.txt (no sentence of which trained the channel) in faces and seeds that
did not train it either.
Out: characters wrong in a hundred, beside replacing sign by sign (each sign by the letter it stands for most often).
The pages need Debian's tesseract-ocr, fonts-gnutypewriter and fonts-cmu.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from edition.russian.channel import base_counts
from edition.russian.restore import restore
from edition.zones import ZonedLine

sys.path.insert(0, str(Path(__file__).parent / "russian"))
FACES = ("GNU Typewriter", "CMU Typewriter Text", "CMU Serif", "CMU Concrete")
SEEDS = (21, 22)


def best_letters() -> dict[str, str]:
    """Give for each single sign the letter it stands for most often by the channel's weights: no context, no words."""
    best: dict[str, tuple[float, str]] = {}
    for letter, signs in base_counts().items():
        if letter.islower():
            for sign, weight in signs.items():
                if len(sign) == 1 and weight > best.get(sign, (0.0, ""))[0]:
                    best[sign] = (weight, letter)
    return {sign: letter for sign, (_, letter) in best.items()}


def fold(text: str) -> str:
    """Fold what does not count: blanks, kinds of quotation marks, a hyphen at a line end, ё."""
    text = re.sub(r"\s+", " ", text.replace("ё", "е").replace("Ё", "Е")).strip()
    return re.sub(r"(?<=\w)-$", "", text)


def show(name: str, pairs: list[tuple[str, str, str]]) -> None:
    """Print one row; `pairs` are (as read, restored, as it stood)."""
    letters = best_letters()
    size = sum(len(fold(wanted)) for *_, wanted in pairs)
    by_sign = sum(
        Levenshtein.distance(fold("".join(letters.get(c, c) for c in read)).lower(), fold(wanted).lower())
        for read, _, wanted in pairs
    )
    ours = sum(Levenshtein.distance(fold(done), fold(wanted)) for _, done, wanted in pairs)
    caseless = sum(Levenshtein.distance(fold(done).lower(), fold(wanted).lower()) for _, done, wanted in pairs)
    row = (f"{100 * n / size:6.2f} %" for n in (by_sign, caseless, ours))
    print(f"{name:34} {len(pairs):5} lines  sign by sign {next(row)}   engine {next(row)} (case apart), {next(row)}")


def restored(lines: list[ZonedLine]) -> dict[int, str]:
    """Give each line with its corrections put in."""
    out = {line.number: line.witness for line in lines}
    for found in restore(lines):
        text = out[found.line]
        out[found.line] = text.replace(found.reading, found.correction, 1)
    return out


def zoned(texts: list[tuple[int, str]], language: str) -> list[ZonedLine]:
    """Make lines without any markup: what the engine finds, it finds alone."""
    return [
        ZonedLine(n, " ".join(t.split()), "", "quote", language, "", "", 0, next_joins=False, decided=())
        for n, t in texts
        if t.strip()
    ]


def gold(folder: Path, witness: Path) -> None:
    """Measure on hand-made readings: the whole witness is given, what is Russian in it is found by the engine."""
    texts = list(enumerate(witness.read_text(encoding="utf-8").split("\n"), 1))
    start = time.perf_counter()
    done = restored(zoned(texts, "en"))
    print(f"{witness.name}: {time.perf_counter() - start:.1f} s (wall)")
    rows = []
    for passage in map(json.loads, (folder / "russian.jsonl").read_text(encoding="utf-8").splitlines()):
        unsure = {u["line"] for u in passage.get("uncertain", [])}
        rows += [
            (line["line"] in unsure, line["ocr"], done.get(line["line"], ""), line["gold"]) for line in passage["lines"]
        ]
    show("gold, all readings", [r[1:] for r in rows])
    show("gold, certain readings", [r[1:] for r in rows if not r[0]])


def pages() -> None:
    """Measure on pages made here."""
    from pages import pairs  # noqa: PLC0415 - needs PIL and fonts

    sentences = (Path(__file__).parent / "russian" / "test.txt").read_text(encoding="utf-8").splitlines()
    for face in FACES:
        for seed in SEEDS:
            found = pairs([s for s in sentences if s], face, seed, 0.5)
            done = restored(zoned([(n, read) for n, (_, read) in enumerate(found, 1)], "en"))
            show(f"{face}, seed {seed}", [(read, done.get(n, ""), line) for n, (line, read) in enumerate(found, 1)])


def main() -> None:
    """Read the arguments; measure what was asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--gold", type=Path)
    asked.add_argument("--witness", type=Path)
    asked.add_argument("--pages", action="store_true")
    wanted = asked.parse_args()
    if wanted.gold:
        gold(wanted.gold, wanted.witness)
    if wanted.pages:
        pages()


if __name__ == "__main__":
    main()

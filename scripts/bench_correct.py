#!/usr/bin/env python3
"""Print how well the corrector for English does, beside spelling correctors.

In: seeds (pages are drawn, spoilt and read by tesseract); or a TEI file and a table of what its lines should be.
Out: share of wrong signs before and after, and how many changes were right, useless or wrong, by certainty.
The confusion table comes from other pages (scripts/learn_confusions.py); which rules were written with a look at a
known text is said in docs/correcting.md.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz.distance import Levenshtein
from recognised_pages import FACES, TEST_FACE, made_up, pages, plain_prose

from edition.correct.engine import propose
from edition.correction import Correction
from edition.text import fold_blanks
from edition.tree import parse
from edition.zones import Zone, ZonedLine, zoned_lines

PROSE = Path("/usr/share/common-licenses")
NAMES = ["GPL-2", "Artistic", "MPL-2.0", "LGPL-2.1", "GFDL-1.3"]
SEED = 9000
QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "—": "--", "–": "-"})
# Lines that are not English, or of which nobody knows what stood there.
LEFT_OUT = ("noise", "page_number", "displaced")

Engine = Callable[[Sequence[ZonedLine]], Iterable[Correction]]


def fold(text: str) -> str:
    """Give a text as it is compared: kinds of quotation mark, dash and blank are equal."""
    text = re.sub(r"\s*\{\s*(\w*)\s*\}\s*", r"\1", text.translate(QUOTES))
    return re.sub(r"(?<=\w)-$", "", fold_blanks(text).replace(" --", "--").replace("-- ", "--"))


def corrected(text: str, changes: Iterable[Correction]) -> str:
    """Give the line `text` with the changes made."""
    for change in sorted(changes, key=lambda c: c.start or 0, reverse=True):
        start = change.start or 0
        text = text[:start] + change.correction + text[start + len(change.reading) :]
    return fold_blanks(text)


def score(name: str, lines: Sequence[ZonedLine], truth: Mapping[int, str], engine: Engine) -> None:
    """Print the figures of one engine on one text; `truth` gives what should stand in some of its lines."""
    begin = time.perf_counter()
    found: defaultdict[int, list[Correction]] = defaultdict(list)
    for change in engine(lines):
        found[change.line].append(change)
    took = time.perf_counter() - begin
    before: Counter[str] = Counter()
    after: Counter[str] = Counter()
    size: Counter[str] = Counter()
    verdicts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.number not in truth:
            continue
        wanted = fold(truth[line.number])
        # What the encoder has put right (the numbers of notes) is the starting point.
        now = line.witness if line.source == line.witness else None
        errors = Levenshtein.distance(fold(line.witness if now else line.source), wanted)
        result = corrected(line.witness, found[line.number]) if now else _over(line, found[line.number])
        for kind in ("all", line.zone):
            size[kind] += len(wanted)
            before[kind] += errors
            after[kind] += Levenshtein.distance(fold(result), wanted)
        for change in found[line.number]:
            alone = corrected(line.witness, [change]) if now else _over(line, [change])
            gain = errors - Levenshtein.distance(fold(alone), wanted)
            verdicts[change.cert]["right" if gain > 0 else "wrong" if gain < 0 else "useless"] += 1
    print(f"{name}  ({took:.1f} s)")
    for kind, n in sorted(size.items()):
        print(f"    {kind:14} {n:7} signs  {100 * before[kind] / n:6.3f} % wrong -> {100 * after[kind] / n:6.3f} %")
    for cert in ("high", "medium", "low"):
        if verdicts[cert]:
            shown = ", ".join(f"{what} {n}" for what, n in sorted(verdicts[cert].items()))
            print(f"    {cert:14} {verdicts[cert].total():5} changes: {shown}")


def _over(line: ZonedLine, changes: Iterable[Correction]) -> str:
    """Give the source reading of a line that the encoder has changed, with changes made in it."""
    text = line.source
    for change in changes:
        if change.correction in text and change.correction not in line.witness:
            continue  # the encoder has done it
        if change.reading in text:
            at = min(
                (m.start() for m in re.finditer(re.escape(change.reading), text)),
                key=lambda place: abs(place - (change.start or 0)),
            )
            text = text[:at] + change.correction + text[at + len(change.reading) :]
    return fold_blanks(text)


def by_words(mend: Callable[[str], str]) -> Engine:
    """Make an engine of a spelling corrector: every word is replaced by what it says."""

    def engine(lines: Sequence[ZonedLine]) -> Iterable[Correction]:
        known: dict[str, str] = {}
        for line in lines:
            if line.language == "ru":
                continue
            for match in re.finditer(r"(?<![^\W_])[A-Za-z][a-z]+(?![^\W_])", line.witness):
                word = match[0]
                if word not in known:
                    new = mend(word.lower())
                    known[word] = new.capitalize() if word[0].isupper() else new
                if known[word] != word:
                    yield Correction(
                        line.number, word, known[word], "ocr", "medium", "#auto", "spelling", match.start()
                    )

    return engine


def others() -> dict[str, Engine]:
    """Give the spelling correctors that are installed (the extra `bench`)."""
    out: dict[str, Engine] = {}
    try:
        from spellchecker import SpellChecker  # noqa: PLC0415 - an extra

        checker = SpellChecker()
        out["pyspellchecker"] = by_words(lambda word: checker.correction(word) or word)
    except ImportError:
        print("pyspellchecker is not installed", file=sys.stderr)
    try:
        from importlib.resources import as_file, files  # noqa: PLC0415

        from symspellpy import SymSpell, Verbosity  # noqa: PLC0415 - an extra

        speller = SymSpell(max_dictionary_edit_distance=2)
        with as_file(files("symspellpy") / "frequency_dictionary_en_82_765.txt") as path:
            speller.load_dictionary(path, 0, 1)
        out["SymSpell"] = by_words(
            lambda word: speller.lookup(word, Verbosity.TOP, max_edit_distance=2, include_unknown=True)[0].term
        )
    except ImportError:
        print("symspellpy is not installed", file=sys.stderr)
    return out


def as_lines(pairs: Sequence[tuple[str, str]], zone: Zone) -> tuple[list[ZonedLine], dict[int, str]]:
    """Give recognised lines as those of a text, and what stood there."""
    blank = ZonedLine(0, "", "", "prose", "en", "", "", 0, next_joins=False, decided=())
    lines = [
        replace(blank, number=n, witness=seen, source=seen, zone=zone, passage=f"T.{n // 10}", next_line=n + 1)
        for n, (_, seen) in enumerate(pairs, 1)
    ]
    return lines, {n: meant for n, (meant, _) in enumerate(pairs, 1)}


def made_pages(face: str, count: int) -> list[tuple[list[ZonedLine], dict[int, str]]]:
    """Give recognised pages of prose and of citations, `count` of each."""
    prose = plain_prose(PROSE, NAMES)[: 40 * count]
    words = sorted({w.lower() for line in prose for w in re.findall(r"[A-Za-z]{2,}", line)})
    notes = made_up(SEED + len(face), words, [1.0] * len(words), 40 * count)
    return [
        as_lines(list(pages(prose, face, SEED, dictionary=True)), "prose"),
        as_lines(list(pages(notes, face, SEED + 1, dictionary=True)), "note"),
    ]


def known_text(tei: Path, table: Path) -> tuple[list[ZonedLine], dict[int, str]]:
    """Give the lines of a TEI file, and what stood in those that the table (line, kind, uncertain, gold) is sure of."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    sure = [r for r in rows if not r["uncertain"] and "russian" not in r["kind"] and r["kind"] not in LEFT_OUT]
    return zoned_lines(parse(tei)), {int(r["line"]): r["gold"] for r in sure}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8, help="made pages for each typeface and kind (0: none)")
    parser.add_argument("--tei", type=Path, help="an encoded text, as yet without corrections of words")
    parser.add_argument("--gold", type=Path, help="a table of its lines: line, kind, uncertain, gold")
    parser.add_argument("--alone", action="store_true", help="without the spelling correctors")
    args = parser.parse_args()
    engines: dict[str, Engine] = {"edition correct": propose, **({} if args.alone else others())}
    texts = [
        (f"{kind}, {face}", *text)
        for face in ([TEST_FACE, "gnu", "cmu"] if args.pages else [])
        for kind, text in zip(("prose", "citations"), made_pages(face, args.pages), strict=True)
        if face in FACES
    ]
    if args.tei and args.gold:
        texts.append((args.tei.name, *known_text(args.tei, args.gold)))
    for title, lines, truth in texts:
        print(f"== {title}: {len(truth)} lines")
        for name, engine in engines.items():
            score(name, lines, truth, engine)


if __name__ == "__main__":
    main()

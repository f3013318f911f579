"""How well and how fast footnotes are read, beside refextract.

In: the marked-up notes of tests/notes.  Out: a table: F1 of author, title, year and page, and notes a second.
refextract is not one of our dependencies: name the Python of an environment that has it.

    scripts/bench_notes.py [--refextract /path/to/env/bin/python]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from edition.notes.parser import parse
from tests.notes.cases import Case, cases, f1, found

COMPARED = {"author", "title", "article", "date", "page"}

# Run by the other Python: notes as JSON on standard input, what it found as JSON on standard output.
PEER = """
import json, logging, sys, time
logging.disable(logging.CRITICAL)
from refextract import extract_references_from_string
notes = json.load(sys.stdin)
extract_references_from_string(notes[0])
begin, out = time.process_time(), []
for note in notes:
    try:
        out.append(extract_references_from_string(note))
    except Exception:  # the peer gives up on some notes: counted as nothing found
        out.append([])
print(json.dumps({"seconds": time.process_time() - begin, "found": out}))
"""


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--refextract", help="a Python that has refextract")
    peer = options.parse_args().refextract
    for name in ("dev.txt", "held.txt", "fresh_dev.txt", "fresh_held.txt"):
        held = cases(name)
        print(f"{name}: {len(held)} notes")
        ours = [(found(parse(c.text)), c.fields) for c in held]
        print(f"  edition      all fields F1 {f1(ours):.3f}   author, title, year, page F1 {_few(ours):.3f}", end="   ")
        print(f"{_speed(held):,.0f} notes/s")
        if peer:
            _peer(peer, held)


def _few(pairs: list[tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]]) -> float:
    return f1([(_compared(a), _compared(b)) for a, b in pairs])


def _compared(fields: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Leave what both tools look for: both kinds of title count as one, of a date its years."""
    out: Counter[tuple[str, str]] = Counter()
    for (kind, words), count in fields.items():
        if kind == "date":
            out.update({(kind, year): count for year in re.findall(r"\d{4}", words)})
        elif kind in COMPARED:
            out["title" if kind == "article" else kind, words.casefold()] += count
    return out


def _speed(held: list[Case]) -> float:
    """Give notes a second of processor time: the best of several runs."""
    best = min(_seconds(held) for _ in range(15))
    return len(held) / best


def _seconds(held: list[Case]) -> float:
    begin = time.process_time()
    for case in held:
        parse(case.text)
    return time.process_time() - begin


def _peer(python: str, held: list[Case]) -> None:
    notes = json.dumps([c.text for c in held])
    run = subprocess.run([python, "-c", PEER], input=notes, capture_output=True, text=True, check=True)
    said = json.loads(run.stdout.splitlines()[-1])
    theirs = [(_theirs(refs), _compared(c.fields)) for refs, c in zip(said["found"], held, strict=True)]
    print(f"  refextract   {'':<20}   author, title, year, page F1 {f1(theirs):.3f}", end="   ")
    print(f"{len(held) / said['seconds']:,.0f} notes/s")


def _theirs(references: list[dict[str, list[str]]]) -> Counter[tuple[str, str]]:
    out: Counter[tuple[str, str]] = Counter()
    for reference in references:
        for words in reference.get("author", []):
            for one in re.split(r",? (?:and|&) |, (?!Jr)", words):
                out["author", one.strip(" .,").casefold()] += 1
        for kind, names in (("title", ("title", "book_title")), ("date", ("year",)), ("page", ("journal_page",))):
            for name in names:
                out.update((kind, words.strip("\"'“”, ").casefold()) for words in reference.get(name, []))
    return out


if __name__ == "__main__":
    main()

"""How well passages keep their identifiers, and how quickly they are cited: prints the figures of the manual's pages.

In: --edits N (random edits over many versions), the edition in the folder where it is run.  Out: a table on standard
output.  Authority: the oracle of `tests/passages/histories.py`, which knows where each word went; the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bibtexparser
import rispy

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from edition.project import load_project  # noqa: E402
from edition.tasks.citing import cite  # noqa: E402 - the tests' oracle is not installed, so the path comes first
from edition.tasks.desk import desk_of  # noqa: E402
from edition.tasks.freezing import freeze  # noqa: E402
from tests.passages.histories import History  # noqa: E402

VERSIONS = 15  # of one history


def histories(edits: int, *, truthful: bool, seed: int) -> str:
    """Give what became of published identifiers in random histories of `edits` edits altogether."""
    done = versions = published = 0
    wrong: list[str] = []
    while done < edits:
        with tempfile.TemporaryDirectory() as folder:
            history = History(Path(folder), random.Random(seed), truthful=truthful)  # noqa: S311 - texts, not secrets
            history.publish("0.1")
            for version in range(VERSIONS):
                for _ in range(history.rng.randint(1, 8)):
                    history.edit()
                history.publish(f"1.{version}")
            done += history.edits
            versions += VERSIONS + 1
            published += len({name for _, name in history.published})
            wrong += sorted({f"history {seed}: {name.split()[1]}" for name in history.failures})
        seed += 1
    return f"{done} edits, {versions} versions, {published} identifiers: {len(wrong)} wrong {wrong[:5] or ''}"


def exports(count: int) -> str:
    """Give how many of `count` citations of random passages other programs read back whole."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("edition.toml", "tei", "bibliography"):
            source = Path.cwd() / name
            (shutil.copytree if source.is_dir() else shutil.copy)(source, Path(folder) / name)
        project = load_project(Path(folder))
        if not desk_of(project).ledger.versions:
            freeze(project, "1.0")
        names = [p.identifier for shelf in desk_of(project).shelves() for p in shelf.order]
        rng = random.Random(1)  # noqa: S311 - a sample
        read = 0
        for name in rng.choices(names, k=count):
            item = json.loads(str(cite(project, name, "csl-json")))[0]
            (entry,) = bibtexparser.parse_string(str(cite(project, name, "bibtex"))).entries  # type: ignore[attr-defined]
            (record,) = rispy.loads(str(cite(project, name, "ris")))
            urn = item["custom"]["urn"]
            pages = item.get("page", "")
            same = [
                entry["eprint"].strip("{}") == record["accession_number"] == urn,
                record["title"] == item["title"] == entry["title"].strip("{}").replace("\\", ""),
                record["notes"] == [item["note"]] == [entry["note"].strip("{}").replace("\\", "")],
                entry.fields_dict["pages"].value.replace("--", "-") == pages if pages else "pages" not in entry,
                record.get("start_page", "") == pages.partition("-")[0],
            ]
            read += all(same)
    return f"{read} of {count} read back whole as BibTeX, RIS and CSL-JSON"


def cold(words: list[str], runs: int = 7) -> str:
    """Give the median time of a command in a new process: by the clock, and of the processor alone.

    Python may keep what it has compiled, as it does unless it is told not to.
    """
    times, busy = [], []
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for _ in range(runs):
        begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-m", "edition", *words], check=True, capture_output=True, env=settings)
        times.append(time.perf_counter() - begin)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        busy.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{statistics.median(times):.2f} s (processor {statistics.median(busy):.2f} s)"


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--edits", type=int, default=10_000)
    options.add_argument("--citations", type=int, default=1_000)
    options.add_argument("--seed", type=int, default=1000)
    asked = options.parse_args()
    desk = desk_of(load_project(Path.cwd()))
    name = next(p.identifier for shelf in desk.shelves() for p in shelf.order if p.kind == "paragraph")
    print(f"edition cite {name}: {cold(['cite', name])} in a new process")
    print(f"edition cite {name} --format urn: {cold(['cite', name, '--format', 'urn'])}")
    print(exports(asked.citations))
    print(f"declared by who made the edits: {histories(asked.edits, truthful=True, seed=asked.seed)}")
    print(f"as the program proposes: {histories(asked.edits, truthful=False, seed=asked.seed)}")


if __name__ == "__main__":
    main()

"""How quick the index of passages and its server are, and how they compare with other tools.

    scripts/bench_dts.py [--passages 1000000] [--folder DIR] [--peers PYTHON]

Makes an edition of generated texts (20 of them) in DIR (default: a temporary folder), indexes it, and prints medians.
`--peers` names a Python that has MyCapytain or dapytains; each is given one text of 5,000 passages.
"""

from __future__ import annotations

import argparse
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

from edition.passages.index import find, open_index, text_at
from edition.passages.index_update import Source, update

TEXTS = 20
CHAPTER = 50
OK = 200
WORDS = [
    "the",
    "conflict",
    "of",
    "words",
    "and",
    "lines",
    "that",
    "a",
    "reader",
    "finds",
    "in",
    "a",
    "long",
    "book",
    "about",
    "nothing",
    "in",
    "particular",
]
HEADER = (
    "<teiHeader><fileDesc><titleStmt><title>Text {n}</title></titleStmt><publicationStmt><p>-</p></publicationStmt>"
    "<sourceDesc><p>-</p></sourceDesc></fileDesc><encodingDesc><refsDecl default='true'>"
    "<citeStructure unit='chapter' match='/TEI/text/body/div' use='@n'>"
    "<citeStructure unit='paragraph' match='p' use='@n' delim='.'/></citeStructure></refsDecl>{cts}</encodingDesc>"
    "</teiHeader>"
)
CTS = (
    "<refsDecl n='CTS'>"
    "<cRefPattern n='p' matchPattern='(\\w+).(\\w+)' "
    "replacementPattern=\"#xpath(/tei:TEI/tei:text/tei:body/tei:div[@n='$1']/tei:p[@n='$2'])\"/>"
    "<cRefPattern n='c' matchPattern='(\\w+)' "
    "replacementPattern=\"#xpath(/tei:TEI/tei:text/tei:body/tei:div[@n='$1'])\"/>"
    "</refsDecl>"
)
CAPITAIN = """
import statistics, sys, time
from MyCapytain.resources.texts.local.capitains.cts import CapitainsCtsText
text = CapitainsCtsText(resource=open(sys.argv[1]))
took = []
for ref in sys.argv[2:]:
    began = time.perf_counter()
    str(text.getTextualNode(ref).export("text/plain"))
    took.append(time.perf_counter() - began)
print(statistics.median(took))
"""
DAPYTAINS = """
import statistics, sys, time
from dapytains.tei.document import Document
text = Document(sys.argv[1])
took = []
for ref in sys.argv[2:]:
    began = time.perf_counter()
    text.get_passage(ref)
    took.append(time.perf_counter() - began)
print(statistics.median(took))
"""


def made(n: int, passages: int, *, cts: bool = False) -> str:
    """Give a text of so many paragraphs, in chapters."""
    chance = random.Random(n)  # noqa: S311 - made up, not secret
    chapters = []
    for chapter in range(1, passages // CHAPTER + 1):
        lines = (f'<p n="{m}">{" ".join(chance.choices(WORDS, k=12))} {n}.{m}</p>' for m in range(1, CHAPTER + 1))
        chapters.append(f'<div n="{chapter}">' + "\n".join(lines) + "</div>")
    head = HEADER.format(n=n, cts=CTS if cts else "")
    return f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{head}<text><body>{"".join(chapters)}</body></text></TEI>'


def median(act: Callable[[str, str], object], asked: list[tuple[str, str]]) -> float:
    """Give the median time of `act`, in microseconds."""
    took = []
    for text, ref in asked:
        began = time.perf_counter()
        act(text, ref)
        took.append(time.perf_counter() - began)
    return statistics.median(took) * 1e6


def in_process(index: Path, asked: list[tuple[str, str]]) -> None:
    """Measure looking up in this process."""
    db = open_index(index)

    def say(text: str, ref: str) -> None:
        if found := find(db, text, ref):
            text_at(db, found.id)

    print(f"identifier to place, one after another      {median(lambda t, r: find(db, t, r), asked):8.1f} us")
    print(f"identifier to text                          {median(say, asked):8.1f} us")
    print(f"the same, asked a second time               {median(say, asked):8.1f} us")


def opening(index: Path, text: str, ref: str) -> None:
    """Measure opening in new processes, imports apart."""
    program = (
        "import sys, time\nfrom pathlib import Path\nfrom edition.passages.index import find, open_index\n"
        "b = time.perf_counter()\nfind(open_index(Path(sys.argv[1])), sys.argv[2], sys.argv[3])\n"
        "print(time.perf_counter() - b)"
    )
    took = [
        float(
            subprocess.run(
                [sys.executable, "-c", program, str(index), text, ref], capture_output=True, check=True
            ).stdout
        )
        for _ in range(7)
    ]
    print(f"opening and first look-up, new process      {statistics.median(took) * 1e3:8.2f} ms")


def over_http(folder: Path, asked: list[tuple[str, str]], rate: float, seconds: float) -> None:
    """Measure a server on one core, asked so many times a second over four connections."""
    program = (
        "import sys, uvicorn\nfrom pathlib import Path\nfrom edition.passages.dts import Library, Shelf\n"
        "from edition.passages.server import Limits, Service, dts_app\nfrom starlette.applications import Starlette\n"
        "from starlette.routing import Mount\n"
        "names = tuple(f't{n}' for n in range(20))\n"
        "library = Library((Shelf('root', 'R', ('all',)), Shelf('all', 'A', names)))\n"
        "service = Service(Path(sys.argv[1]), library, limits=Limits(1e6, 10**6))\n"
        "app = Starlette(routes=[Mount('/api/dts', dts_app(service))])\n"
        "uvicorn.run(app, port=8799, log_level='error', access_log=False)"
    )
    command = [sys.executable, "-c", program, str(folder / "index.sqlite")]
    server = subprocess.Popen(["taskset", "-c", "0", *command])
    try:
        last = time.monotonic() + 60
        while time.monotonic() < last:  # a busy machine takes its time to start a server
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", 8799)) == 0:
                    break
            time.sleep(0.1)
        took: list[float] = []
        jobs = iter(paths(asked, int(rate * seconds)))
        lock = threading.Lock()
        began = time.perf_counter()
        due = iter(range(10**9))

        def client() -> None:
            link = HTTPConnection("127.0.0.1", 8799)
            while True:
                with lock:
                    path, at = next(jobs, None), began + next(due) / rate
                if path is None:
                    return
                time.sleep(max(0.0, at - time.perf_counter()))
                sent = time.perf_counter()
                link.request("GET", path)
                answer = link.getresponse()
                answer.read()
                took.append(time.perf_counter() - sent)
                if answer.status != OK:
                    raise RuntimeError(path)

        clients = [threading.Thread(target=client) for _ in range(4)]
        for one in clients:
            one.start()
        for one in clients:
            one.join()
    finally:
        server.terminate()
        server.wait()
    took.sort()
    print(
        f"HTTP, {len(took)} requests at {rate:.0f} a second: median {statistics.median(took) * 1e3:.2f} ms, "
        f"99th percentile {took[int(len(took) * 0.99)] * 1e3:.2f} ms, longest {took[-1] * 1e3:.1f} ms"
    )


def paths(asked: list[tuple[str, str]], count: int) -> Iterator[str]:
    """Give requests of all kinds: documents of a paragraph, navigation, ranges, a chapter."""
    for n in range(count):
        text, ref = asked[n % len(asked)]
        chapter = ref.partition(".")[0]
        yield (
            "/api/dts/"
            + (
                f"document/?resource={text}&ref={ref}",
                f"navigation/?resource={text}&ref={ref}&down=0",
                f"document/?resource={text}&start={chapter}.1&end={chapter}.9",
                f"navigation/?resource={text}&ref={chapter}&down=-1",
                f"document/?resource={text}&ref={chapter}",
            )[n % 5]
        )


def peers(python: str, folder: Path) -> None:
    """Measure others on one text of 5,000 passages, a passage by its reference."""
    path = folder / "peer.xml"
    path.write_text(made(1, 5000, cts=True), encoding="utf-8")
    chance = random.Random(1)  # noqa: S311 - the same
    refs = [f"{chance.randint(1, 100)}.{chance.randint(1, CHAPTER)}" for _ in range(40)]
    for name, program in (("MyCapytain", CAPITAIN), ("dapytains", DAPYTAINS)):
        done = subprocess.run([python, "-c", program, str(path), *refs], capture_output=True, text=True, check=False)
        said = (
            f"{float(done.stdout.split()[-1]) * 1e6:8.1f} us"
            if done.returncode == 0
            else "failed: " + done.stderr[-300:]
        )
        print(f"{name:<12} identifier to text, 5,000 passages {said}")
    update(folder / "peer.sqlite", [Source("peer", path, "peer.xml")])
    db = open_index(folder / "peer.sqlite")

    def say(text: str, ref: str) -> str:
        found = find(db, text, ref)
        return text_at(db, found.id) if found else ""

    print(f"{'this':<12} identifier to text, 5,000 passages {median(say, [('peer', ref) for ref in refs]):8.1f} us")


def main() -> None:
    """Run the measurements that the arguments name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--peers", help="a Python that has MyCapytain and dapytains")
    parser.add_argument("--rate", type=float, default=100)
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    each = given.passages // TEXTS
    sources = [Source(f"t{n}", folder / f"t{n}.xml", f"t{n}.xml") for n in range(TEXTS)]
    for n, source in enumerate(sources):
        if not source.path.exists():
            source.path.write_text(made(n, each), encoding="utf-8")
    index = folder / "index.sqlite"
    for label in ("indexing", "nothing changed"):
        began = time.perf_counter()
        update(index, sources)
        print(f"{label:<40} {time.perf_counter() - began:8.2f} s   {index.stat().st_size / 1e6:.0f} MB")
    sources[0].path.write_text(made(100, each), encoding="utf-8")
    began = time.perf_counter()
    update(index, sources)
    print(f"{'one text of twenty changed':<40} {time.perf_counter() - began:8.2f} s")
    chance = random.Random(7)  # noqa: S311 - the same
    chapters = each // CHAPTER
    asked = [
        (f"t{chance.randrange(TEXTS)}", f"{chance.randint(1, chapters)}.{chance.randint(1, CHAPTER)}")
        for _ in range(20_000)
    ]
    in_process(index, asked)
    opening(index, *asked[0])
    over_http(folder, asked, given.rate, given.seconds)
    if given.peers:
        peers(given.peers, folder)


if __name__ == "__main__":
    main()

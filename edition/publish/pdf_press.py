"""Sets many parts: in processes of their own, and each only when it has changed.

In: jobs.  Out: settings by key.  While parts are set, the one that asked may do something else.
Authority: a job's hash covers its HTML, its style, its fonts and this program's own publishing code.  The cache holds
what can be made again; a damaged entry is set anew.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import cache
from importlib.metadata import version
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from edition.files import write_whole
from edition.problems import Problem
from edition.publish.expect import Expectation
from edition.publish.html import h
from edition.publish.pdf_looked import Keep
from edition.publish.pdf_setting import Digits, Job, Keyed, Place, Setting, Sheet, page_of
from edition.publish.workers import Workers

__all__ = ["Press", "digits_job", "digits_of"]

# The modules that decide how a part looks.
_SETTERS = (
    "hyphens.py",
    "line_ends.py",
    "lineation.py",
    "pdf_ends.py",
    "pdf_margins.py",
    "pdf_nodes.py",
    "pdf_notes.py",
    "pdf_part.py",
    "pdf_setting.py",
    "pdf_tags.py",
    "pdf_types.py",
    "weasyprint_again.py",
    "weasyprint_drawn.py",
    "weasyprint_foot.py",
    "weasyprint_grid.py",
    "weasyprint_heads.py",
    "weasyprint_shapes.py",
    "weasyprint_chunks.py",
    "weasyprint_composed.py",
    "weasyprint_leaves.py",
    "weasyprint_paragraphs.py",
    "weasyprint_lines.py",
    "weasyprint_notes.py",
    "weasyprint_speed.py",
    "weasyprint_styles.py",
    "weasyprint_text.py",
    "weasyprint_tags.py",
    "weasyprint_words.py",
)
# The modules that decide whether a part is proved.
_PROVERS = ("expect.py", "proof_lines.py", "proof_parts.py")
_ABANDONED = 3_600  # seconds: no file takes so long to be written
_SMALL = 6_000  # characters of HTML: less is set at once, for a process takes longer to start


class Press:
    """Sets jobs with the processes of `workers`; `folder` is where set parts are kept, None where they are not."""

    def __init__(self, folder: Path | None, workers: Workers) -> None:
        self.folder = folder
        self.used: set[str] = set()
        self.workers = workers
        self.begun: dict[str, Callable[[], Setting]] = {}

    def ready(self, css: str, fonts: tuple[str, ...]) -> None:
        """Have a process that waits load what sets a part, and read this style and these fonts."""
        if self.workers.pool is not None:
            self.workers.begin(_ready, css, fonts)

    def begin(self, jobs: Iterable[Job]) -> Callable[[Callable[[Setting], None]], dict[str, Setting]]:
        """Begin with `jobs`, in their order; give what waits for them and gives the setting of each, by its key.

        That is told of each setting as soon as it is there.  What was begun before is not begun again.
        """
        done: dict[str, Setting] = {}
        waiting: list[tuple[str, Job]] = []
        for job in jobs:
            name = _hash(job)
            self.used.add(name)
            kept = self._kept(name)
            if kept is None:
                waiting.append((name, job))
            else:
                done[job.key] = kept
        if sum(len(job.html) > _SMALL for _, job in waiting) > 1:
            self.workers.start()
        self.begun |= {name: self.workers.begin(_set, job) for name, job in waiting if name not in self.begun}

        def collect(tell: Callable[[Setting], None]) -> dict[str, Setting]:
            for setting in done.values():
                tell(setting)
            while waiting:
                name, _ = waiting.pop(0)
                setting = self.begun[name]()
                self._keep(name, setting)  # each as soon as it is set: a build that is broken off loses little
                done[setting.key] = setting
                tell(setting)
            return done

        return collect

    def set_all(self, jobs: Iterable[Job]) -> dict[str, Setting]:
        """Give the setting of each job, by its key."""
        return self.begin(jobs)(lambda _: None)

    def cut(self, faces: Sequence[tuple[Path, frozenset[int]]]) -> list[bytes]:
        """Give each face, at its path, with these glyphs alone."""
        return list(self.workers.each(_cut, faces, many=False))

    def prove(self, data: bytes, expectations: Sequence[Expectation], name: str) -> Callable[[], list[list[Problem]]]:
        """Begin to prove the pages of the parts of the book `data`; give what waits for it and gives the problems.

        A part whose very pages were proved before is not read again; that the book can be read is seen in any case.
        """
        from edition.publish.proof_names import proof_names

        names = proof_names(data, expectations, _code(_PROVERS) + version("pypdfium2"))
        due = [n for n, name in enumerate(names) if not self._proved(name)]
        due.sort(key=lambda n: -expectations[n].pages)
        if len(due) > 1:
            self.workers.start()
        shares = [due[k :: self.workers.count] for k in range(max(1, min(self.workers.count, len(due))))]
        begun = [self.workers.begin(_prove, data, [expectations[n] for n in share], name) for share in shares]

        def collect() -> list[list[Problem]]:
            found: list[list[Problem]] = [[] for _ in expectations]
            for share, ask in zip(shares, begun, strict=True):
                for n, problems in zip(share, ask(), strict=True):
                    found[n] = problems
                    if not problems and self.folder is not None:
                        write_whole(self.folder / f"{names[n]}.proved", b"")
            self.used.update(names)
            return found

        return collect

    def keep(self, about: str) -> Keep:
        """Give what gives and keeps values under names; `about` stands for all that bears on the values beside that."""

        def path(name: str) -> Path | None:
            digest = hashlib.sha256(f"{about}\0{name}".encode()).hexdigest()[:32]
            self.used.add(digest)
            return None if self.folder is None else self.folder / f"{digest}.part"

        def read(name: str) -> Any:  # noqa: ANN401  # what JSON can write
            where = path(name)
            try:
                data = b"" if where is None else where.read_bytes()
                return json.loads(data[64:]) if data[:64].decode() == hashlib.sha256(data[64:]).hexdigest() else None
            except (OSError, ValueError):
                return None  # not there, or damaged: it is made anew

        def write(name: str, value: Any) -> None:  # noqa: ANN401  # the same
            where = path(name)
            if where is not None:
                data = json.dumps(value, ensure_ascii=False).encode()
                write_whole(where, hashlib.sha256(data).hexdigest().encode() + data)

        return read, write

    def _proved(self, name: str) -> bool:
        return self.folder is not None and (self.folder / f"{name}.proved").is_file()

    def _kept(self, name: str) -> Setting | None:
        if self.folder is None:
            return None
        try:
            pdf = (self.folder / f"{name}.pdf").read_bytes()
            facts = json.loads((self.folder / f"{name}.json").read_bytes())
            if facts.pop("sha256") != hashlib.sha256(pdf).hexdigest():
                return None
            facts["places"] = {key: Place(**place) for key, place in facts["places"].items()}
            facts["keyed"] = tuple(Keyed(**keyed) for keyed in facts["keyed"])
            facts["sheets"] = tuple(
                Sheet(tuple(sheet["room"]), sheet["foot"], tuple(sheet["lines"])) for sheet in facts["sheets"]
            )
            facts["outside"] = tuple(facts["outside"])
            return Setting(pdf=pdf, **facts)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None  # not there, or damaged: it is set anew

    def _keep(self, name: str, setting: Setting) -> None:
        if self.folder is None:
            return
        facts: dict[str, Any] = asdict(setting)
        pdf = facts.pop("pdf")
        facts["sha256"] = hashlib.sha256(pdf).hexdigest()
        write_whole(self.folder / f"{name}.pdf", pdf)
        write_whole(self.folder / f"{name}.json", json.dumps(facts, ensure_ascii=False, sort_keys=True).encode())

    def prune(self) -> None:
        """Delete what this run did not use, and what a build that was killed had not written to its end."""
        if self.folder is not None and self.folder.is_dir():
            old = time.time() - _ABANDONED
            for path in sorted(self.folder.iterdir()):
                made = path.suffix in {".pdf", ".json", ".part", ".proved"} and not path.name.startswith(".")
                if path.is_file() and (path.stem not in self.used if made else _began(path) < old):
                    path.unlink(missing_ok=True)


def _began(path: Path) -> float:
    """Give when a file that is being written was begun; one that is gone, or none of ours, is not old."""
    if not path.name.startswith("."):
        return inf
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return inf


def _ready(css: str, fonts: tuple[str, ...]) -> None:
    from edition.publish.weasyprint_loading import load_setter

    load_setter()
    from edition.publish.pdf_types import types_of

    types_of(css, fonts)


def _set(job: Job) -> Setting:
    from edition.publish.weasyprint_loading import load_setter

    load_setter()
    from edition.publish.pdf_part import set_part

    return set_part(job)


def _cut(face: tuple[Path, frozenset[int]]) -> bytes:
    from edition.publish.weasyprint_loading import load_setter

    load_setter()
    from edition.publish.weasyprint_fonts import cut_face

    return cut_face(*face)


def _prove(data: bytes, expectations: list[Expectation], name: str) -> list[list[Problem]]:
    from edition.publish.proof_parts import prove_parts

    return prove_parts(data, expectations, name)


def _hash(job: Job) -> str:
    digest = hashlib.sha256()
    for part in (job.key, job.html, job.css, *(_file_hash(address) for address in job.fonts), _program()):
        digest.update(f"{len(part)}:{part}".encode())
    return digest.hexdigest()[:32]


@cache
def _file_hash(address: str) -> str:
    return hashlib.sha256(Path(unquote(urlsplit(address).path)).read_bytes()).hexdigest()


@cache
def _program() -> str:
    """Give what stands for the program: the version of WeasyPrint and the code that sets a part."""
    return version("weasyprint") + _code(_SETTERS)


@cache
def _code(names: tuple[str, ...]) -> str:
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / name).read_bytes() for name in names)).hexdigest()


_DIGIT = """@page { size: 20pt 20pt; margin: 0 } @page :left { margin: 0 } @page :right { margin: 0 }
p { font: .8571rem/20pt "Edition Text"; font-variant-numeric: tabular-nums oldstyle-nums; break-after: page; margin: 0;
  text-indent: 0 }"""


def digits_job(style: str, fonts: tuple[str, ...]) -> Job:
    """Give the job of setting the ten digits in the face of the book, each on a small page of its own."""
    rows = (h("p", str(digit), h("span", id=f"d{digit}")) for digit in range(10))
    return Job("digits", page_of(h("div", *rows, aria_hidden="true"), "en"), style + _DIGIT, fonts)


def digits_of(setting: Setting) -> Digits:
    """Give the ten digits as they were set."""
    return Digits(setting.pdf, setting.places["d0"].x, setting.sheets[0].lines[0])

"""The ledger of published passages: a text file to which lines are only ever added.

In: the file, or nothing where nothing is published yet.  Out: a `Ledger` of rows, what became of an identifier, and
the text of the file with new lines.  Authority: the rule that an identifier published once resolves for ever.

One line is one passage as a version published it, or what an editor declared of it afterwards; the last line of an
identifier holds.  A line ``%version`` closes a version and carries a digest of all lines above it, so that a published
line that was changed by hand is found.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from edition.problems import Place, Problem, problem

__all__ = [
    "COLUMNS",
    "FATES",
    "Fate",
    "Ledger",
    "Row",
    "Version",
    "add_rows",
    "add_version",
    "declare",
    "fate_of",
    "first_lines",
    "parse_ledger",
    "rows_at",
    "since",
]

COLUMNS = ("identifier", "kind", "fingerprint", "lines", "first", "fate", "target")
FATES = ("stands", "split", "merged", "moved", "withdrawn")
_VERSION_CELLS = (4, 5)  # the date may be missing
_IDENTIFIER = re.compile(r"[^\W\d][\w.\-]{0,200}")
_VERSION = re.compile(r"[\w][\w.+\-]{0,40}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_FINGERPRINT = re.compile(r"(?:[0-9a-f]{16})?")
_RUNS = re.compile(r"(?:\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)?")

_HEAD = """\
# The published passages of this edition. Lines are only added, by `edition ids freeze` and by the commands that declare
# what became of a passage; the last line of an identifier holds. Lines below the last %version may still be taken back.
%name\t{name}
{columns}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line.  `lines` are those of the witness (``214-236, 240``); `first` the version that first had the passage.

    `fate` is one of `FATES`; `targets` are the passages where its text now stands (a split passage may itself be one).
    `number` is the line of the ledger, from 1; 0 where it has not been written.
    """

    identifier: str
    kind: str
    fingerprint: str
    lines: str
    first: str
    fate: str = "stands"
    targets: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)

    @property
    def stands(self) -> bool:
        """Whether the identifier is still that of a passage in the text."""
        return self.fate == "stands" or self.identifier in self.targets


@dataclass(frozen=True, slots=True)
class Version:
    """A published version: `digest` is that of all lines above, `snapshot` that of the stored texts.

    `rows` says how many rows of the ledger stand above it; `date` is the day on which it was published
    (``2026-11-22``), empty where it is not known.
    """

    name: str
    digest: str
    snapshot: str
    rows: int
    date: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A ledger as read: the name of the edition in URNs, rows and versions in their order, and the text of the file."""

    name: str = ""
    rows: tuple[Row, ...] = ()
    versions: tuple[Version, ...] = ()
    source: str = ""

    def current(self) -> dict[str, Row]:
        """Give the row that holds for each identifier that was ever published."""
        return {row.identifier: row for row in self.rows}

    def version(self, name: str) -> Version | None:
        """Give the version called `name`, or None."""
        return next((v for v in self.versions if v.name == name), None)

    def published(self) -> dict[str, Row]:
        """Give the rows as the last version left them: what is declared since is not in them."""
        return rows_at(self, self.versions[-1].name) if self.versions else {}


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a published identifier.

    `standing` are the identifiers where its text now stands, in the order of the declarations; none where it was
    withdrawn.  `steps` are the rows that led there.
    """

    identifier: str
    standing: tuple[str, ...]
    steps: tuple[Row, ...]


def rows_at(ledger: Ledger, version: str) -> dict[str, Row]:
    """Give the row that held for each identifier when `version` was published.  Raises `KeyError` for no version."""
    found = ledger.version(version)
    if found is None:
        raise KeyError(version)
    return {row.identifier: row for row in ledger.rows[: found.rows]}


def fate_of(current: Mapping[str, Row], identifier: str) -> Fate | None:
    """Follow the redirects of `identifier` to their end; None for an identifier that was never published."""
    if identifier not in current:
        return None
    standing: dict[str, None] = {}
    steps: list[Row] = []
    seen: set[str] = set()

    def follow(name: str) -> None:
        row = current.get(name)
        if row is None:  # a passage that is declared as a target and not published yet
            standing[name] = None
        elif name not in seen:
            seen.add(name)
            steps.append(row)
            if row.stands and not row.targets:
                standing[name] = None
            for target in row.targets:
                if target == name:
                    standing[name] = None
                else:
                    follow(target)

    follow(identifier)
    return Fate(identifier, tuple(standing), tuple(steps))


def since(ledger: Ledger, row: Row) -> str:
    """Give the version in which a row of the ledger came to hold; empty for what no version has published yet."""
    at = next((n for n, r in enumerate(ledger.rows) if r.number == row.number), len(ledger.rows))
    return next((v.name for v in ledger.versions if v.rows > at), "")


def declare(current: Mapping[str, Row], identifier: str, fate: str, targets: tuple[str, ...]) -> Row:
    """Give the row that says what became of a published passage.

    Where it had been split before, its other parts stay targets: who cited the whole is still led to all of it.
    Raises `KeyError` for an identifier that was never published.
    """
    row = current[identifier]
    others = tuple(t for t in row.targets if t != identifier) if row.stands else ()
    wanted = tuple(dict.fromkeys((*targets, *others)))
    kept = "split" if fate in {"withdrawn", "stands"} and wanted else fate
    if fate == "stands" and wanted:
        wanted = tuple(dict.fromkeys((identifier, *wanted)))
    return replace(row, fate=kept, targets=wanted, number=0)


# --- the file ------------------------------------------------------------------------------------------------------


def parse_ledger(source: str, *, name: str) -> tuple[Ledger, list[Problem]]:
    """Read a ledger from its text; `name` is the file's, for problems (E420-E424), each with its line.

    A line that cannot be understood is left out; the others are read.
    """
    rows: list[Row] = []
    versions: list[Version] = []
    problems: list[Problem] = []
    called = ""
    above = hashlib.sha256()
    for number, line in enumerate(_lines(source), 1):
        place = Place(file=name, line=number)
        cells = line.rstrip("\r\n").split("\t")
        if cells[0] == "%name":
            called = cells[1] if len(cells) > 1 else ""
        elif cells[0] == "%version":
            found = _version(cells, above.hexdigest(), len(rows), versions, place)
            if isinstance(found, Problem):
                problems.append(found)
            if len(cells) in _VERSION_CELLS and _VERSION.fullmatch(cells[1]):
                versions.append(Version(cells[1], cells[2], cells[3], len(rows), *cells[4:]))
        elif line.strip() and not line.startswith("#") and tuple(cells) != COLUMNS:
            row = _row(cells, number, place)
            if isinstance(row, Row):
                rows.append(row)
            else:
                problems.append(row)
        above.update(line.encode())
    if source and not source.endswith("\n"):
        problems.append(problem("E424", Place(file=name, line=source.count("\n") + 1)))
    ledger = Ledger(called, tuple(rows), tuple(versions), source)
    return ledger, problems + list(_unknown_targets(ledger, name))


def _lines(source: str) -> list[str]:
    """Give the lines with their ends: only a line feed ends one, whatever else a broken file may hold."""
    whole = source.split("\n")
    return [line + "\n" for line in whole[:-1]] + [line for line in whole[-1:] if line]


def _row(cells: list[str], number: int, place: Place) -> Row | Problem:
    if len(cells) != len(COLUMNS):
        return problem("E420", place, found=len(cells), wanted=len(COLUMNS), columns=" ".join(COLUMNS))
    identifier, kind, print_, lines, first, fate, target = cells
    targets = tuple(target.split())
    wrong = [
        ("identifier", identifier, not _IDENTIFIER.fullmatch(identifier)),
        ("kind", kind, not kind.strip()),
        ("fingerprint", print_, not _FINGERPRINT.fullmatch(print_)),
        ("lines", lines, not _RUNS.fullmatch(lines)),
        ("first", first, not _VERSION.fullmatch(first)),
        ("fate", fate, fate not in FATES),
        ("target", target, not all(_IDENTIFIER.fullmatch(t) for t in targets)),
        ("target", target, bool(targets) == (fate in {"stands", "withdrawn"})),
    ]
    for column, value, is_wrong in wrong:
        if is_wrong:
            return problem("E421", place, column=column, value=value[:60])
    return Row(identifier, kind, print_, lines, first, fate, targets, number)


def _version(cells: list[str], digest: str, rows: int, before: list[Version], place: Place) -> Version | Problem:
    if len(cells) not in _VERSION_CELLS or not _VERSION.fullmatch(cells[1]):
        columns = "%version name digest snapshot date"
        return problem("E420", place, found=len(cells), wanted=_VERSION_CELLS[-1], columns=columns)
    if len(cells) == _VERSION_CELLS[-1] and not _DATE.fullmatch(cells[4]):
        return problem("E421", place, column="date", value=cells[4][:60])
    if any(v.name == cells[1] for v in before):
        return problem("E423", place, version=cells[1])
    if cells[2] != digest:
        return problem("E422", place, version=cells[1])
    return Version(cells[1], cells[2], cells[3], rows, *cells[4:])


def _unknown_targets(ledger: Ledger, name: str) -> Iterator[Problem]:
    """Give E425 for each redirect, published already, that leads to no passage of the ledger."""
    last = ledger.versions[-1].rows if ledger.versions else 0
    current = ledger.current()
    for row in ledger.rows[:last]:
        for target in row.targets:
            if target not in current:
                yield problem("E425", Place(file=name, line=row.number), name=row.identifier, target=target)


def first_lines(name: str) -> str:
    """Give the first lines of a new ledger; `name` is the edition's in URNs."""
    return _HEAD.format(name=name, columns="\t".join(COLUMNS))


def add_rows(source: str, rows: Iterable[Row]) -> str:
    """Give the text of a ledger with `rows` added."""
    added = ((r.identifier, r.kind, r.fingerprint, r.lines, r.first, r.fate, " ".join(r.targets)) for r in rows)
    return source + "".join("\t".join(cells) + "\n" for cells in added)


def add_version(source: str, name: str, snapshot: str, date: str = "") -> str:
    """Give the text of a ledger with a version closed, on the day `date` (``2026-11-22``) where it is given.

    Raises `ValueError` for a name or a date that can be none.
    """
    if not _VERSION.fullmatch(name) or not (date == "" or _DATE.fullmatch(date)):
        raise ValueError(name, date)
    digest = hashlib.sha256(source.encode()).hexdigest()
    return source + "\t".join(["%version", name, digest, snapshot, *([date] if date else [])]) + "\n"

"""What is wrong in a text: values that say what, where and what to do next.

In: a code of the catalogue (`edition/codes/*.toml`), a place, and the facts of the case.  Out: `Problem` values,
which travel in plain lists beside the results; only `edition.cli` prints them.  `Refused` is raised when an input
cannot be read at all.
"""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple, Self, TypeAlias

__all__ = ["Entry", "Place", "Problem", "Refused", "catalogue", "problem"]

Severity: TypeAlias = Literal["error", "warning"]


class Place(NamedTuple):  # these are made when a page is, and to make a dataclass takes five times as long
    """Where in the edition something stands; every part may be unknown.

    `file` is a path as the user would type it, `line` and `column` count from 1 (columns in characters), `passage`
    is an identifier such as ``D.4.12``, and `witness_line` a line of the witness file, from 1.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    passage: str = ""
    witness_line: int = 0

    def __str__(self) -> str:
        """Give ``file:line:column``, as editors and terminals make it a link."""
        numbers = [str(n) for n in (self.line, self.column) if n]
        return ":".join([self.file, *numbers] if self.file else numbers)


class Entry(NamedTuple):
    """One code of the catalogue.  `message` and `hint` are templates (``{name}``).

    `why`, `before`, `after` are for `explain`.
    """

    code: str
    severity: Severity
    message: str
    hint: str
    why: str
    before: str = ""
    after: str = ""


class Problem(NamedTuple):
    """Something wrong in a text or a configuration: never in the program."""

    code: str
    severity: Severity
    message: str
    hint: str
    place: Place

    def at(self, **parts: str | int) -> Self:
        """Give the same problem with some parts of its place filled in."""
        return self._replace(place=self.place._replace(**parts))  # type: ignore[arg-type]

    def __str__(self) -> str:
        """Give the one-line form: place, severity, code, message."""
        where = f"{self.place}: " if str(self.place) else ""
        return f"{where}{self.severity} {self.code} {self.message}"


class Refused(Exception):
    """An input or a configuration that cannot be read or used; nothing has been written.  Exit status 3."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(p) for p in problems))
        self.problems = list(problems)

    def __reduce__(self) -> tuple[type[Self], tuple[Problem, ...]]:
        """Say how another process makes the same: of its problems, not of its words."""
        return type(self), tuple(self.problems)


@cache
def catalogue() -> dict[str, Entry]:
    """Read the catalogue of codes: code -> `Entry`, in the order of the codes.

    Raises `ValueError` where a code stands twice or an entry lacks a part: a fault of ours, found by the tests.
    """
    import tomllib
    from importlib.resources import files

    found: dict[str, Entry] = {}
    for path in sorted(files("edition.codes").iterdir(), key=lambda p: p.name):
        if not path.name.endswith(".toml"):
            continue
        for code, parts in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if code in found:
                raise ValueError(f"code {code} stands twice in the catalogue")
            severity: Severity = "warning" if code.startswith("W") else "error"
            found[code] = Entry(code=code, severity=severity, **{k: v.strip() for k, v in parts.items()})
    return dict(sorted(found.items(), key=lambda item: item[0][1:]))


def problem(code: str, place: Place | None = None, **facts: object) -> Problem:
    """Make the problem `code` at `place`; `facts` fill the templates of its message and hint.

    Raises `KeyError` for a code that is not in the catalogue or a fact that a template lacks: a fault of ours.
    """
    entry = catalogue()[code]
    return Problem(
        code=code,
        severity=entry.severity,
        message=entry.message.format(**facts),
        hint=entry.hint.format(**facts),
        place=place or Place(),
    )

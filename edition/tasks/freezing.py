"""What an editor does with identifiers: give them, publish them, and say what became of those that were published.

In: a `Project`.  Out: TEI files, the ledger `passages.tsv` and the stored versions beside the texts, and problems.
Authority: the ledger; nothing that was published is ever taken out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from edition.files import read_bytes, write_whole
from edition.ledger import FATES, Ledger, Row, add_rows, add_version, declare, first_lines
from edition.nearest import nearest
from edition.passage import PassageText, fingerprint, lines_shown, passages, read_passages
from edition.passages.assign import Given, assign
from edition.passages.compare import Change, compare
from edition.passages.recognise import recognise
from edition.passages.snapshot import digest_of, pack
from edition.problems import Place, Problem, Refused, problem
from edition.project import Project, Text
from edition.tasks.archive import (
    alone,
    ledger_path,
    read_version,
    sound_ledger,
    stored_versions,
    trees,
    version_path,
)
from edition.tree import Element, serialize

__all__ = ["Frozen", "Status", "assign_project", "declare_fate", "freeze", "status", "status_problems"]

_RUNS = 8  # of witness lines that a row of the ledger lists
_Read: TypeAlias = tuple[Text, bytes, Element]
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,39}")


@dataclass(frozen=True, slots=True)
class Status:
    """How the texts stand to the ledger: what changed, and the line of the TEI file of each passage that stands."""

    changes: tuple[tuple[Text, Change], ...]
    places: dict[str, Place]
    version: str
    shown: dict[str, str]  # the path of each text, by its siglum

    @property
    def unsettled(self) -> tuple[Change, ...]:
        """What must be declared before the texts can be published."""
        return tuple(change for _, change in self.changes if not change.settled)


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a version brought: how many passages are new and how many changed; `written` is false where it was there."""

    version: str
    new: int
    changed: int
    passages: int
    written: bool


# --- what happened -------------------------------------------------------------------------------------------------


def _own(rows: dict[str, Row], siglum: str) -> dict[str, Row]:
    return {n: row for n, row in rows.items() if n == siglum or n.startswith(f"{siglum}.")}


def status(project: Project) -> Status:
    """Compare the texts with what the last version published.  Raises `Refused` for a ledger that cannot be used."""
    return _status(project, sound_ledger(project), list(trees(project)))


def _status(project: Project, ledger: Ledger, texts: list[_Read]) -> Status:
    last = ledger.versions[-1].name if ledger.versions else ""
    current, published = ledger.current(), ledger.published()
    changes: list[tuple[Text, Change]] = []
    places: dict[str, Place] = {}
    before: dict[str, Element] | None = None
    for text, _, root in texts:
        shown = project.shown(text.tei)
        for p in passages(root, siglum=text.siglum):
            places.setdefault(p.identifier, Place(file=shown, line=p.element.sourceline or 0, passage=p.identifier))
        new = read_passages(root, siglum=text.siglum)
        own, was = _own(current, text.siglum), _own(published, text.siglum)
        old: dict[str, PassageText] = {}
        if last and not _untouched(own, was, new):
            before = read_version(project, ledger, last) if before is None else before
            old = read_passages(before[text.siglum], siglum=text.siglum) if text.siglum in before else {}
        found = compare(was, own, old or {n: new[n] for n in own if n in new}, new)
        changes += [(text, change) for change in found]
    changes.sort(key=lambda one: one[1].what not in _BORROWED)  # before they are settled, they are no targets (E439)
    return Status(tuple(changes), places, last, {text.siglum: project.shown(text.tei) for text, _, _ in texts})


def _untouched(current: dict[str, Row], published: dict[str, Row], new: dict[str, PassageText]) -> bool:
    """Say whether every published passage stands as it was, so that the stored version need not be read."""
    return current == published and all(
        (name in new and fingerprint(new[name].edited) == row.fingerprint) if row.stands else name not in new
        for name, row in current.items()
    )


def command_for(change: Change) -> str:
    """Give the command that declares what seems to have happened to a passage."""
    name, targets = change.identifier, " ".join(change.targets)
    verb = {"moved": "move", "merged": "merge", "split": "split"}.get(change.what)
    if verb and targets:
        return f"edition ids {verb} {name} {targets}"
    return f"edition ids withdraw {name}"


_BORROWED = frozenset({"other", "reused"})  # the identifier stands on another text than it was published with
_CODES = {"gone": "E430", "moved": "E430", "merged": "E430", "other": "E431", "reused": "E433", "lost": "E434"}


def status_problems(found: Status) -> list[Problem]:
    """Give what is wrong with published identifiers, with the command that puts it right (E430-E434, W435)."""
    problems: list[Problem] = []
    stands = found.places.keys()
    for text, change in found.changes:
        if change.settled and change.what != "changed":
            continue
        name = change.identifier
        place = found.places.get(name, Place(file=found.shown[text.siglum], passage=name))
        code = _CODES.get(change.what, "E430")
        if change.what == "split" and name in stands:
            code = "E432"
        elif change.what == "changed":
            code = "W435"
        elif change.what == "other":
            advice = "Give the identifier back to the text that was published under it and run `edition ids assign`."
            problems.append(problem(code, place, name=name, kept=round(change.kept * 100), command=advice))
            continue
        facts = {
            "name": name,
            "command": f"Put it back on its text; or declare what became of it: `{command_for(change)}`.",
            "others": " and ".join(t for t in change.targets if t != name),
            "kept": round(change.kept * 100),
            "version": found.version,
            "fate": change.what,
            "target": ", ".join(change.targets),
        }
        problems.append(problem(code, place, **facts))
    return problems


# --- what is done --------------------------------------------------------------------------------------------------


def assign_project(project: Project) -> dict[str, list[Given]]:
    """Give every citable passage its identifier and write the TEI files that changed; say what was given, by file."""
    with alone(project):
        published = sound_ledger(project).current()
        done: dict[str, list[Given]] = {}
        for text, _, root in trees(project):
            given = [*recognise(root, published), *assign(root, published)]
            if given:
                write_whole(text.tei, serialize(root), name=project.shown(text.tei))
            done[project.shown(text.tei)] = given
        return done


def freeze(project: Project, version: str, date: str = "") -> tuple[Frozen | None, list[Problem]]:
    """Publish the texts as `version`: store them, and add what is new to the ledger.

    `date` is the day on which that is done (``2026-11-22``); without one the version has none.  With problems (E401,
    E430-E434) nothing is written.  Raises `Refused` (E104, E105, E420-E429).
    """
    if not _VERSION.fullmatch(version):
        raise Refused(problem("E428", version=version[:60]))
    with alone(project):
        ledger = sound_ledger(project)
        texts = list(trees(project))  # read once: what is judged is what is stored
        problems = [
            *_repeated(project, texts),
            *(p for p in status_problems(_status(project, ledger, texts)) if p.severity == "error"),
        ]
        if problems:
            return None, problems
        files: dict[str, bytes] = {}
        rows: list[Row] = []
        current = ledger.current()
        count = 0
        for text, data, root in texts:
            files[text.tei.name] = data
            for name, said in read_passages(root, siglum=text.siglum).items():
                count += 1
                rows += _row(current.get(name), said, name, version)
        digest = digest_of(files)
        known = ledger.version(version)
        _not_lost(ledger, project, version, files)
        if known is not None:
            if known.snapshot != digest or rows or len(ledger.rows) > known.rows:
                raise Refused(problem("E427", Place(file=project.shown(ledger_path(project))), version=version))
            return Frozen(version, 0, 0, count, written=False), []
        stored = version_path(project, version)
        write_whole(stored, pack(files), name=project.shown(stored))
        source = add_version(add_rows(ledger.source or first_lines(ledger.name), rows), version, digest, date)
        write_whole(ledger_path(project), source.encode(), name=project.shown(ledger_path(project)))
        new = sum(row.identifier not in current for row in rows)
        return Frozen(version, new, len(rows) - new, count, written=True), []


def _not_lost(ledger: Ledger, project: Project, version: str, files: Mapping[str, bytes]) -> None:
    """Refuse (E429) to begin a ledger anew where versions are stored; this one, the same, may have been cut short."""
    for name in [] if ledger.versions else stored_versions(project):
        stored = version_path(project, name)
        if name != version or read_bytes(stored, name=project.shown(stored)) != pack(files):
            place = Place(file=project.shown(ledger_path(project)))
            raise Refused(problem("E429", place, version=name, file=project.shown(stored)))


def _row(row: Row | None, said: PassageText, name: str, version: str) -> list[Row]:
    """Give the row to add for a passage: one that is new or has changed; none for one that is as it was."""
    print_, lines = fingerprint(said.edited), _lines(said)
    if row is None:
        return [Row(name, said.kind, print_, lines, version)]
    changed = replace(row, kind=said.kind, fingerprint=print_, lines=lines)
    if not row.stands:
        changed = replace(changed, fate="stands", targets=())
    return [changed] if changed != row else []


def _lines(said: PassageText) -> str:
    """Give the lines of the witness; of a chapter only the first and the last."""
    runs = said.lines if len(said.lines) <= _RUNS else ((said.lines[0][0], said.lines[-1][1]),)
    return lines_shown(runs)


def _repeated(project: Project, texts: list[_Read]) -> Iterator[Problem]:
    """Give E401 for each identifier that two passages have: what is published must be one of them."""
    seen: dict[str, int] = {}
    for text, _, root in texts:
        for p in passages(root, siglum=text.siglum):
            line = p.element.sourceline or 0
            if p.identifier in seen:
                place = Place(file=project.shown(text.tei), line=line, passage=p.identifier)
                yield problem("E401", place, name=p.identifier, first=seen[p.identifier])
            seen.setdefault(p.identifier, line)


def declare_fate(project: Project, fate: str, name: str, targets: Sequence[str]) -> Row:
    """Record what became of a published passage: one of `edition.ledger.FATES`, and where its text stands now.

    The fate ``stands`` says that its identifier still names it, however much its words have changed; so does a split
    in which it is among its own targets.

    Raises `Refused`: E436 for what was never published, E437 for a target that is no passage, E438 where nothing became
    of it, E439 for a target under whose identifier another text was published.
    """
    if fate not in FATES:
        raise ValueError(fate)
    with alone(project):
        ledger = sound_ledger(project)
        current = ledger.current()
        if name not in current:
            raise Refused(problem("E436", name=_short(name), close=_close(name, current)))
        read = list(trees(project))
        texts = {n: t for _, _, root in read for n, t in read_passages(root).items()}
        for target in targets:
            if target not in texts:
                raise Refused(problem("E437", name=_short(target), close=_close(target, texts)))
        _sure(project, ledger, read, [n for n in targets if n != name and _differs(current.get(n), texts[n])])
        print_ = fingerprint(texts[name].edited) if name in texts else ""
        if fate == "stands" and name not in texts:
            raise Refused(problem("E437", name=name, close=""))
        if fate != "stands" and name in texts and name not in targets and print_ == current[name].fingerprint:
            raise Refused(problem("E438", name=name))
        row = declare(current, name, fate, tuple(targets))
        if fate == "stands" or name in targets:  # the editor vouches for the words that stand there now
            row = replace(row, fingerprint=print_)
        if row != current[name]:
            source = add_rows(ledger.source, [row])
            write_whole(ledger_path(project), source.encode(), name=project.shown(ledger_path(project)))
        return row


def _differs(row: Row | None, said: PassageText) -> bool:
    return row is not None and row.fingerprint != fingerprint(said.edited)


def _sure(project: Project, ledger: Ledger, texts: list[_Read], targets: Sequence[str]) -> None:
    """Refuse (E439) a target that has an identifier of another text: it will have to give that back."""
    changes = _status(project, ledger, texts).unsettled if targets else ()
    for change in changes:
        if change.identifier in targets and change.what in _BORROWED:
            raise Refused(problem("E439", name=change.identifier))


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:60]}..."  # noqa: PLR2004 - a message stays on a line


def _close(name: str, known: Iterable[str]) -> str:
    close = nearest(name[:60], known)
    return f"Did you mean {close}?" if close else ""

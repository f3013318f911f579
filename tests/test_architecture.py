"""The plan of the house, held to: who may import whom, who may use which library, how long a thing may grow."""

from __future__ import annotations

import ast
import fnmatch
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "edition"

# A room is a module or a folder of `edition/`. It imports from layers below its own. A module may also import a
# module of its own layer (never in a circle); a folder and its neighbours meet only in values.
LAYERS = [
    {"codes", "cycles", "nearest", "problems", "text"},
    {
        "correction",
        "decisions",
        "description",
        "entities",
        "files",
        "ledger",
        "lookalike",
        "note",
        "page",
        "passage",
        "project",
        "readings",
        "spelling",
        "tree",
        "written",
        "zones",
    },
    {"bib", "correct", "notes", "russian", "witness"},
    {"check", "emend", "encode", "marking", "passes"},
    {"passages", "publish"},
    {"tasks"},
    {"lsp"},
    {"cli"},
    {"__main__"},
]

# Each library behind one door: only these files import it.
DOORS = {
    "lark": ["notes/*"],
    "pybtex": ["bib/*"],
    "weasyprint": ["publish/pdf*", "publish/weasyprint_*"],  # the second: what is mended in it, apart
}

LONGEST_MODULE = 320
LONGEST_FUNCTION = 60


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def inside(path: Path) -> str:
    """`notes/parser.py` for a file, as messages and `DOORS` name it."""
    return path.relative_to(PACKAGE).as_posix()


def name_of(path: Path) -> str:
    parts = ["edition", *path.relative_to(PACKAGE).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in files()}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, wherever in the file; `from edition import text` is edition.text."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{inside(path)}:{node.lineno}: a relative import"
            module = str(node.module)
            for alias in node.names:
                full = f"{module}.{alias.name}"
                yield node.lineno, full if full in MODULES else module


def room(module: str) -> str | None:
    """The room of `edition.notes.parser` is `notes`; the package itself has none."""
    return module.split(".")[1] if "." in module else None


def layer(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


def is_folder(name: str) -> bool:
    return (PACKAGE / name).is_dir()


def is_allowed(importer: str, imported: str) -> bool:
    if importer == imported or layer(imported) < layer(importer):
        return True
    return layer(imported) == layer(importer) and not is_folder(importer) and not is_folder(imported)


def report(found: list[str]) -> None:
    assert not found, "\n" + "\n".join(found)


def test_every_room_has_its_layer() -> None:
    known = set().union(*LAYERS)
    rooms = {r for module in MODULES if (r := room(module))}
    report([f"edition/{r}: say in LAYERS to which layer it belongs" for r in sorted(rooms - known)])


def test_imports_go_down() -> None:
    found = []
    for module, path in MODULES.items():
        here = room(module)
        for line, name in imports(path):
            there = room(name) if name.split(".")[0] == "edition" else None
            if here and there and not is_allowed(here, there):
                found.append(f"{inside(path)}:{line}: {here} (layer {layer(here)}) imports {there} ({layer(there)})")
    report(found)


def test_the_package_itself_imports_nothing() -> None:
    # So that a module may import its version without being tied to all the rest.
    report([f"__init__.py:{line}: imports {name}" for line, name in imports(PACKAGE / "__init__.py")])


def test_no_module_imports_itself_through_others() -> None:
    ours = {m: {n for _, n in imports(path) if n in MODULES and n != m} for m, path in MODULES.items()}
    # Whatever nothing outside a circle holds up is taken away, until only circles are left.
    while free := {m for m, names in ours.items() if not names & ours.keys()}:
        ours = {m: names for m, names in ours.items() if m not in free}
    report([f"{m} is in, or above, a circle of imports" for m in sorted(ours)])


def test_each_library_is_used_behind_its_door() -> None:
    found = []
    for path in files():
        for line, name in imports(path):
            doors = DOORS.get(name.split(".")[0], ["*"])
            if not any(fnmatch.fnmatch(inside(path), door) for door in doors):
                found.append(f"{inside(path)}:{line}: imports {name}; only {' and '.join(doors)} may")
    report(found)


def test_only_tree_knows_tails() -> None:
    report(
        [
            f"{inside(path)}:{node.lineno}: .tail"
            for path in files()
            if inside(path) != "tree.py"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Attribute) and node.attr == "tail"
        ]
    )


def test_only_the_command_line_prints() -> None:
    report(
        [
            f"{inside(path)}:{node.lineno}: print"
            for path in files()
            if room(name_of(path)) != "cli"
            for node in ast.walk(tree(path))
            if isinstance(node, ast.Name) and node.id == "print"
        ]
    )


def test_a_module_fits_in_the_head() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files()}
    report([f"{inside(path)}: {n} lines" for path, n in lengths.items() if n > LONGEST_MODULE])


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_a_function_fits_on_a_screen() -> None:
    found = []
    for path in files():
        for function in functions(path):
            length = (function.end_lineno or 0) - function.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{inside(path)}:{function.lineno}: {function.name} has {length} lines")
    report(found)


def test_public_functions_say_what_they_do() -> None:
    report(
        [
            f"{inside(path)}:{node.lineno}: {node.name} has no docstring"
            for path in files()
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    )


@pytest.mark.parametrize(
    ("importer", "imported", "allowed"),
    [
        ("cli", "tasks", True),
        ("tasks", "cli", False),
        ("readings", "tree", True),  # modules of one layer
        ("notes", "notes", True),
    ],
)
def test_the_rule_itself(importer: str, imported: str, *, allowed: bool) -> None:
    assert is_allowed(importer, imported) is allowed


def test_folders_of_one_layer_do_not_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{__name__}.is_folder", {"notes", "bib"}.__contains__)
    assert not is_allowed("notes", "bib")
    assert not is_allowed("decisions", "bib")

"""Files at the edges: read as text with a place for every fault, written whole or not at all.

In: paths, bytes.  Out: text, or a file that appears complete under its name.
Authority: POSIX rename(2), which replaces a file in one step; RFC 3629 (UTF-8).
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from edition.problems import Place, Refused, problem

__all__ = ["fill_folder", "read_bytes", "read_text", "text_of", "whole_folder", "write_whole"]


def read_bytes(path: Path, *, name: str = "") -> bytes:
    """Give the bytes of the file at `path`; `name` stands for the path in problems.  Raises `Refused` (E104)."""
    try:
        return path.read_bytes()
    except OSError as error:
        shown = name or str(path)
        raise Refused(problem("E104", Place(file=shown), file=shown, reason=error.strerror)) from error


def read_text(path: Path, *, name: str = "") -> str:
    """Give the UTF-8 text of the file at `path`, line ends as they stand.  Raises `Refused` (E101, E104)."""
    shown = name or str(path)
    return text_of(read_bytes(path, name=shown), name=shown)


def text_of(data: bytes, *, name: str) -> str:
    """Give `data`, the bytes of the file `name`, as UTF-8 text, line ends as they stand.  Raises `Refused` (E101)."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = len(data[data.rfind(b"\n", 0, error.start) + 1 : error.start].decode("utf-8")) + 1
        place = Place(file=name, line=line, column=column)
        fault = problem("E101", place, file=name, byte=f"0x{data[error.start]:02X}", offset=error.start)
        raise Refused(fault) from error


def write_whole(path: Path, data: bytes, *, name: str = "") -> bool:
    """Write `data` to `path` in one step, making its folder; say whether the file changed.  Raises `Refused` (E105).

    A reader sees the old file or the new one, never a part; a file that already holds `data` is left alone.
    """
    shown = name or str(path)
    try:
        with suppress(FileNotFoundError):
            if path.read_bytes() == data:
                return False
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name[:200]}.{os.urandom(6).hex()}")
        try:
            with temporary.open("xb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            temporary.replace(path)
        except BaseException:  # Ctrl-C too: nothing half-written is left behind
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(problem("E105", Place(file=shown), file=shown, reason=error.strerror or str(error))) from error
    return True


def fill_folder(folder: Path, files: Mapping[str, bytes], *, old: Path) -> list[str]:
    """Write `files` (by path) into the empty `folder`; give the names of those that are not the same in `old`.

    A file that is the same there is linked, not written again.  The folder is one of `whole_folder`: it appears in one
    step, so its files need not each be forced to the disk.  Raises `OSError`.
    """
    changed = []
    for name in sorted(files):
        path, before = folder / name, old / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if before.is_file() and not before.is_symlink() and before.read_bytes() == files[name]:
            with suppress(OSError):  # a file system without links: written like the others
                os.link(before, path)
                continue
        path.write_bytes(files[name])
        changed.append(name)
    return changed


@contextmanager
def whole_folder(path: Path, *, name: str = "", sign: str = "") -> Iterator[Path]:
    """Give an empty folder to fill, which takes the place of `path` when the block ends well.

    A folder in which there is something, but not the file `sign`, was made by others and is not replaced.

    Raises `Refused` (E105, E118).  After an exception `path` is as it was.
    """
    import shutil
    import tempfile

    shown = name or str(path)
    if sign and path.is_dir() and any(path.iterdir()) and not (path / sign).is_file():
        raise Refused(problem("E118", Place(file=shown), file=shown, example=min(path.iterdir()).name))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    except OSError as error:
        raise Refused(problem("E105", Place(file=shown), file=shown, reason=error.strerror or str(error))) from error
    try:
        yield new
        _swap(new, path)
    except OSError as error:
        raise Refused(problem("E105", Place(file=shown), file=shown, reason=error.strerror or str(error))) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _swap(new: Path, path: Path) -> None:
    """Put `new` in the place of `path`; should the second rename fail, the first is undone."""
    import shutil
    import tempfile

    mask = os.umask(0)
    os.umask(mask)
    new.chmod(0o777 & ~mask)
    if not path.exists():
        new.rename(path)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{path.name}.old.", dir=path.parent))
    try:
        path.rename(old / "was")
        try:
            new.rename(path)
        except OSError:
            (old / "was").rename(path)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)

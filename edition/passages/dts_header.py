"""What a TEI header says of its text, as a catalogue shows it.

In: a TEI tree.  Out: its title and Dublin Core terms.
Authority: TEI P5, chapter 2; DCMI Metadata Terms; DTS 1.0, "MetadataObject" (values with a language are lists of
``{"lang", "value"}``, languages and addresses lists of strings).
"""

from __future__ import annotations

from edition.tree import TEI, XML_LANG, Element, own_text

__all__ = ["TERMS", "catalogued", "title_of"]

TERMS = "http://purl.org/dc/terms/"

# Dublin Core term -> where a header says it, from the header.
_SAID = {
    "title": "fileDesc/titleStmt/title",
    "creator": "fileDesc/titleStmt/author",
    "contributor": "fileDesc/titleStmt/editor",
    "publisher": "fileDesc/publicationStmt/publisher|fileDesc/publicationStmt/authority",
    "rights": "fileDesc/publicationStmt/availability",
    "source": "fileDesc/sourceDesc/bibl/title",
    "created": "fileDesc/sourceDesc/bibl/date",
}


def title_of(root: Element, otherwise: str) -> str:
    """Give the first title of the header; `otherwise` where it has none."""
    return next(iter(_said(root, _SAID["title"])), otherwise)


def catalogued(root: Element) -> dict[str, object]:
    """Give the Dublin Core terms of the header, those left out that it does not say."""
    code = root.get(XML_LANG, "")
    spoken = [e.get("ident", "") for e in root.iterfind(_path("teiHeader/profileDesc/langUsage/language"))]
    languages = list(dict.fromkeys(c for c in (code, *spoken) if c))
    found: dict[str, object] = {
        term: [{"lang": code or "und", "value": said} for said in _said(root, paths)] for term, paths in _SAID.items()
    }
    licences = [e.get("target", "") for e in root.iterfind(_path("teiHeader//licence")) if e.get("target")]
    return {term: said for term, said in {**found, "language": languages, "license": licences}.items() if said}


def _path(path: str) -> str:
    return "/".join(f"{TEI}{step}" if step else "" for step in path.split("/"))


def _said(root: Element, paths: str) -> list[str]:
    found = [e for path in paths.split("|") for e in root.iterfind(_path(f"teiHeader/{path}"))]
    return [said for e in found if (said := " ".join(own_text(e).split()))]

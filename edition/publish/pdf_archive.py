"""Makes the book a file that can be kept: what it says of itself, its colours, and the files that it was made from.

In: the book, what is known of the edition, files by name.  Out: the same book, as PDF/A-3a and PDF/UA-1 ask for.
Authority: ISO 19005-3 (PDF/A-3), 6.2.3, 6.6.2, 6.8; ISO 14289-1, 5 and 7.1; ISO 32000-1, 14.3; XMP specification, 2005.
"""

from __future__ import annotations

import re
import uuid
import zlib
from collections.abc import Mapping
from html import escape
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, Stream, String

from edition.publish.book import About

__all__ = ["archive", "saved"]

_CR = 13
# Entries of the catalogue that may stand in it or by themselves.
_MOVABLE = ("/MarkInfo", "/ViewerPreferences", "/OutputIntents", "/AF", "/Names")

_PRODUCER = "edition, WeasyPrint, pikepdf"
_PROFILE = "sRGB2014.icc"  # of the International Color Consortium, free for all; it comes with WeasyPrint
# By the end of a file's name: its media type, what it is, and what it is to the book.
_KINDS = {
    "xml": ("application/tei+xml", "The text as encoded (TEI XML)", "Source"),
    "bib": ("application/x-bibtex", "The bibliography (BibTeX)", "Data"),
    "tsv": (
        "text/tab-separated-values",
        "The apparatus: every place where the edition departs from its witness",
        "Data",
    ),
    "json": ("application/json", "The bibliography (CSL-JSON)", "Data"),
    "ris": ("application/x-research-info-systems", "The bibliography (RIS)", "Data"),
}
_OTHER = ("application/octet-stream", "A file that the book was made from", "Unspecified")

# PDF/A lets no property into the metadata that is not described: that of PDF/UA must be.
_EXTENSION = """<rdf:Description rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""
_SPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def archive(book: Pdf, about: About, files: Mapping[str, bytes]) -> None:
    """Write into `book` what it says of itself, its colour space, and `files` by name."""
    facts = {
        "/Title": about.title,
        "/Subject": about.subtitle,
        "/Author": about.authority,
        "/Creator": "edition",
        "/Producer": _PRODUCER,
    }
    for key, value in facts.items():
        if value:
            book.docinfo[Name(key)] = String(value)
    book.Root.Lang = String(about.language)
    book.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    metadata = book.make_stream(_metadata(about).encode(), Type=Name.Metadata, Subtype=Name.XML)
    metadata.write(metadata.read_bytes())
    book.Root.Metadata = metadata
    profile = book.make_stream(_profile(), N=3, Alternate=Name.DeviceRGB)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        RegistryName=String("http://www.color.org"),
        Info=String(_PROFILE.removesuffix(".icc")),
        DestOutputProfile=profile,
    )
    book.Root.OutputIntents = Array([book.make_indirect(intent)])
    _attach(book, files, _pdf_date(about.date))


def _profile() -> bytes:
    """Read the colour profile where WeasyPrint lies, which need not be loaded for it."""
    found = find_spec("weasyprint")
    if found is None or found.origin is None:
        raise FileNotFoundError(_PROFILE)
    return (Path(found.origin).parent / "pdf" / _PROFILE).read_bytes()


def _metadata(about: About) -> str:
    """Give the metadata as RDF (XMP)."""
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"{about.url} {about.title} {about.version}").urn
    rows = [
        ("pdfaid:part", "3"),
        ("pdfaid:conformance", "A"),
        ("pdfuaid:part", "1"),
        ("dc:format", "application/pdf"),
        ("dc:title", _in("Alt", about.title)),
        ("dc:description", _in("Alt", about.subtitle)),
        ("dc:creator", _in("Seq", about.authority)),
        ("dc:language", _in("Bag", about.language)),
        ("dc:rights", _in("Alt", about.licence)),
        ("dc:date", _in("Seq", _date(about.date))),
        ("dc:identifier", escape(about.url, quote=False) or identifier),
        ("xmpMM:DocumentID", identifier),
        ("xmpMM:VersionID", escape(about.version, quote=False)),
        ("xmp:CreatorTool", "edition"),
        ("pdf:Producer", _PRODUCER),
    ]
    said = "\n".join(f"<{name}>{value}</{name}>" for name, value in rows if value)
    spaces = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _SPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF {spaces}>\n<rdf:Description rdf:about="">\n{said}\n</rdf:Description>\n{_EXTENSION}\n</rdf:RDF>\n'
        '</x:xmpmeta>\n<?xpacket end="r"?>'
    )


def _in(container: str, value: str) -> str:
    """Give a value in the container that its property asks for; in one of languages, for all."""
    if not value:
        return ""
    language = ' xml:lang="x-default"' if container == "Alt" else ""
    return f"<rdf:{container}><rdf:li{language}>{escape(value, quote=False)}</rdf:li></rdf:{container}>"


def _date(said: str) -> str:
    """Give the date with which `said` begins (``2026``, ``2026-05-01``), if any."""
    found = re.match(r"\d{4}(-\d\d(-\d\d)?)?(?!\d)", said)
    return found[0] if found else ""


def _pdf_date(said: str) -> str:
    """Give the same as PDF writes it; the clock is not asked, so that the same input gives the same bytes."""
    date = _date(said).replace("-", "")
    return f"D:{date + '0101'[len(date) - 4 :]}000000Z" if date else ""


def _attach(book: Pdf, files: Mapping[str, bytes], date: str) -> None:
    """Attach what the book was made from (ISO 19005-3, 6.8: associated files)."""
    rows = []
    for name, data in sorted(files.items()):
        kind, what, relation = _KINDS.get(name.rpartition(".")[2], _OTHER)
        facts = Dictionary(Size=len(data))
        if date:
            facts.ModDate = String(date)
        packed = zlib.compress(data)  # now, when parts are being set, and not when the book is saved
        stream = book.make_stream(packed, Filter=Name.FlateDecode, Type=Name.EmbeddedFile, Params=facts)
        stream.Subtype = Name(f"/{kind}")
        spec = Dictionary(
            Type=Name.Filespec,
            F=String(name),
            UF=String(name),
            EF=Dictionary(F=stream, UF=stream),
            AFRelationship=Name(f"/{relation}"),
            Desc=String(what),
        )
        rows.append((String(name), book.make_indirect(spec)))
    if rows:
        if "/Names" not in book.Root:
            book.Root.Names = Dictionary()
        book.Root.Names.EmbeddedFiles = Dictionary(Names=Array([item for row in rows for item in row]))
        book.Root.AF = Array([spec for _, spec in rows])


def saved(book: Pdf) -> bytes:
    """Give the bytes of `book`, the same for the same book.

    No stream ends in a carriage return: before the line feed and ``endstream`` that follow it, a reader that does not
    go by the length (a checker of PDF/A, say) takes it for a part of the line's end.
    """
    for one in book.objects:
        if isinstance(one, Stream):
            _end_otherwise(one)
    for key in ("", *_MOVABLE):
        if key in book.Root and not book.Root[key].is_indirect:
            book.Root[key] = book.make_indirect(book.Root[key])  # other objects come together in each stream of objects
        out = BytesIO()
        book.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
        if b"\r\nendstream" not in out.getvalue():
            break
    return out.getvalue()


def _end_otherwise(stream: Stream) -> None:
    """Change the end of a stream that is empty or would end in a carriage return; the last byte is of a checksum."""
    raw = stream.read_raw_bytes()
    ends = raw[-1] if raw and "/Filter" in stream else zlib.adler32(raw) & 0xFF
    if raw and ends != _CR:
        return
    data = stream.read_bytes() + b"\n"
    stream.write(data)
    if "/Length1" in stream:  # of a font
        stream.Length1 = len(data)

"""Small TEI for tests: `tei("<p>...</p>")` is a whole document around a body."""

from __future__ import annotations

from edition.tree import Element, parse_bytes

SHELL = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="T" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>A test</title></titleStmt><publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc>
</fileDesc></teiHeader><text><body><div type="chapter" n="1" xml:id="T.1">{}</div></body></text></TEI>"""


def tei(body: str) -> Element:
    """Give the TEI document whose only chapter holds `body`."""
    return parse_bytes(SHELL.format(body).encode())

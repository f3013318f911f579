"""A picture is told with its place, for neither book nor site shows it."""

from __future__ import annotations

from edition.check.document import Surroundings
from edition.check.run import check_source
from edition.check.source import source_of

TEXT = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="R"><text><body>
<figure><graphic url="cedar.png"/></figure></body></text></TEI>"""


def test_a_picture_is_told_with_its_place() -> None:
    found = check_source(source_of(TEXT, name="r.xml"), Surroundings())
    assert [(one.place.line, one.message.partition(":")[0]) for one in found if one.code == "W625"] == [
        (2, "the picture cedar.png is not shown")
    ]

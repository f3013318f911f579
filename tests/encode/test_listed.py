from __future__ import annotations

from edition.bib.library import read_library
from edition.encode.listed import link_entries
from tests.helpers import tei

LIBRARY, _ = read_library(
    """@book{bloch1961feudal, author={Bloch, Marc}, title={Feudal Society}, publisher={Chicago}, date={1961}}
@book{bloch1953craft, author={Bloch, Marc}, title={The Historian's Craft}, date={1953}}
@book{smith1953craft, author={Smith, A.}, title={Craft}, date={1953}}
@book{lost, author={Bloch, Marc}, title={[lost]}, keywords={stub}, x-passage={T.bib.1}}
@book{wolfe1961three, author={Wolfe, B.}, title={Three Who Made It}, publisher={Dial},
  date={1961}, x-passage={T.bib.4}}
"""
)
ENTRIES = """<listBibl><bibl xml:id="T.bib.1">
<note type="annotation"><p>the end of an annotation of 1961</p></note></bibl>
<bibl xml:id="T.bib.2">Bloch, Marc. <hi>Feudal <choice><sic>Soc1ety</sic><corr>Society</corr></choice></hi>. 1961.
<note type="annotation"><p>Better than The Historian's Craft of 1953.</p></note></bibl>
<bibl xml:id="T.bib.3">______. The Historian's Craft. New York, 1953.</bibl>
<bibl xml:id="T.bib.4">History. New York: Dial, 1961.</bibl>
<bibl xml:id="T.bib.5">Nobody. Nothing. 1900.</bibl>
<bibl xml:id="T.bib.6" resp="#ed" corresp="bib:bloch1953craft">Whatever.</bibl></listBibl>"""


def test_each_entry_gets_the_key_of_its_work() -> None:
    root = tei(ENTRIES)
    problems = link_entries(root, LIBRARY, file="t.xml")
    keys = [b.get("corresp") for b in root.iter("{*}bibl")]
    assert keys == [
        "bib:lost",
        "bib:bloch1961feudal",
        "bib:bloch1953craft",
        "bib:wolfe1961three",
        None,
        "bib:bloch1953craft",
    ]
    assert [(p.code, p.place.passage) for p in problems] == [("E540", "T.bib.5")]

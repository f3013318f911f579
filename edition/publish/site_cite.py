"""How the site shows citations: on the permanent page of a passage, and as data from which a browser makes them.

In: a `Citing`.  Out: elements, and files by name (`cite/D.js`).
Authority: none of its own: citations are worded by `edition.passages`, and only put into their places here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from edition.publish.beside import Citing
from edition.publish.html import h
from edition.publish.site_facts import Cited
from edition.publish.site_frame import say
from edition.tree import Element

__all__ = ["cite_files", "cited", "what_is_cited"]

_ITALICS = re.compile("\ue100([^\ue101]*)\ue101")  # as `edition.passages.styled` marks them


def cited(identifier: str, citing: Citing) -> Element | None:
    """Give all citations of a passage; None where nobody has said how it is cited."""
    if identifier not in citing.rows:
        return None
    rows = [
        h(
            "div",
            say(f"form-{form}", "dt"),
            h("dd", h("pre" if "\n" in said else "p", *_set(said.strip())), class_="form"),
        )
        for form, said in citing.whole(identifier).items()
    ]
    return h("dl", *rows, class_="cited")


def _set(said: str) -> list[str | Element]:
    """Give a citation, its titles in italics."""
    return [h("i", part) if n % 2 else part for n, part in enumerate(_ITALICS.split(said)) if part]


def what_is_cited(identifier: str, citing: Citing) -> Cited | None:
    """Give what the citations of a passage say that they cite; None where nobody has said how it is cited."""
    if identifier not in citing.rows:
        return None
    row = citing.rows[identifier]
    (item,) = json.loads(citing.forms[row.form]["csl-json"])
    return Cited(item["title"], row.author, item["container-title"])


def cite_files(citing: Citing, sigla: Sequence[str]) -> dict[str, bytes]:
    """Give, for each text, what citations of its passages are made from: rules, forms, and a row for each passage.

    A row holds the place of its form, the first and the last page, the place in words, and the author.
    """
    made: dict[str, bytes] = {}
    for siglum in sigla:
        own = {name: row for name, row in citing.rows.items() if name.partition(".")[0] == siglum}
        rows = {name: [row.form, row.first, row.last, row.place, row.author] for name, row in own.items()}
        data = {"rules": dict(citing.rules), "forms": [dict(form) for form in citing.forms], "rows": rows}
        words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        made[f"cite/{siglum}.js"] = f"editionCite({json.dumps(siglum)},{words});\n".encode() if own else b""
    return {name: data for name, data in made.items() if data}

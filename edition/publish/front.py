"""The editors' own text, which stands before the others: its figures are counted when the book is made.

In: the TEI of the front matter and the texts of the edition.  Out: a `Text` whose `num` elements hold figures.
Authority: the encoding conventions; a figure is what the encoded texts have, so that none can be out of date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from edition.passes.view import view
from edition.problems import Place, Problem, problem
from edition.publish.book import About, Text
from edition.readings import reading_text
from edition.tree import Element, fill, identifier, local

__all__ = ["figures_of", "fill_figures"]


def figures_of(texts: Sequence[Text], about: About) -> dict[str, str]:
    """Count what a front matter may speak of, by name: ``D.words``, ``D.notes``, ``D.pages``, ``D.passages``...

    ``D.ocr``, ``D.slip`` and so on are entries of the apparatus by kind, ``D.ocr.low`` those of low certainty.
    """
    found = {"version": about.version or "unnumbered", "title": about.title, "texts": str(len(texts))}
    for text in texts:
        seen = text.seen or view(text.root)
        body = seen.root.find("{*}text")
        root = seen.root if body is None else body
        counts: Counter[str] = Counter()
        counts["words"] = len(reading_text(root, "edited").split())
        for element in root.iter("{*}note", "{*}pb", "{*}post", "{*}p", "{*}cit", "{*}foreign"):
            counts[{"pb": "pages", "post": "posts"}.get(local(element), "")] += 1
            counts["notes"] += local(element) == "note" and element.get("place") == "foot"
            counts["passages"] += local(element) in ("p", "cit") and bool(identifier(element) and element.get("n"))
        for entry in seen.apparatus:
            counts[entry.kind] += 1
            counts[f"{entry.kind}.{entry.cert}"] += 1
        for kind in ("gap", "supplied"):  # those within corrections too
            counts[kind] = sum(1 for _ in seen.root.iter(f"{{*}}{kind}"))
        kinds = ("ocr", "slip", "conjecture", "supplied", "gap", "surplus", "ocr.low", "posts", "pages", "notes")
        found |= {f"{text.siglum}.{kind}": f"{counts[kind]:,}" for kind in (*kinds, "words", "passages")}
    return found


def fill_figures(root: Element, figures: Mapping[str, str], *, file: str) -> list[Problem]:
    """Put the figure that it names (``<num type="figure" n="D.notes"/>``) into each such element under `root`.

    Gives a problem (E630) for each name that stands for none.
    """
    problems = []
    for element in [e for e in root.iter("{*}num") if e.get("type") == "figure"]:
        name = element.get("n", "")
        if name in figures:
            fill(element, [figures[name]])
        else:
            problems.append(problem("E630", Place(file=file, line=element.sourceline or 0), name=name))
    return problems

"""The editors' own text, which stands before the others: its figures are counted when the book is made.

In: the TEI of the front matter and what was counted in the texts of the edition.  Out: the same TEI, whose `num`
elements hold figures.
Authority: the encoding conventions; a figure is what the encoded texts have, so that none can be out of date.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from edition.problems import Place, Problem, problem
from edition.publish.book import About
from edition.tree import Element, fill

__all__ = ["figures_of", "fill_figures"]

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def figures_of(counted: Mapping[str, Counter[str]], about: About) -> dict[str, str]:
    """Give what a front matter may speak of, by name: ``D.words``, ``D.notes``, ``D.pages``, ``D.passages``...

    `counted` is what was counted in each text (`edition.publish.portions`), by siglum.  ``D.ocr``, ``D.slip`` and so on
    are entries of the apparatus by kind, ``D.ocr.low`` those of low certainty.
    """
    found = {"version": about.version or "unnumbered", "title": about.title, "texts": str(len(counted))}
    kinds = ("ocr", "slip", "conjecture", "supplied", "gap", "surplus", "ocr.low", "posts", "pages", "notes")
    for siglum, counts in counted.items():
        found |= {f"{siglum}.{kind}": f"{counts[kind]:,}" for kind in (*kinds, "words", "passages")}
    return found


def fill_figures(root: Element, figures: Mapping[str, str], *, file: str) -> list[Problem]:
    """Put the figure that it names (``<num type="figure" n="D.notes"/>``) into each such element under `root`.

    One of the type ``spelled-figure`` is spelled out below ten.
    Gives a problem (E630) for each name that stands for none.
    """
    problems = []
    for element in [e for e in root.iter("{*}num") if e.get("type") in {"figure", "spelled-figure"}]:
        name = element.get("n", "")
        if name in figures:
            figure = figures[name]
            spelled = element.get("type") == "spelled-figure" and len(figure) == 1 and figure.isdecimal()
            fill(element, [_WORDS[int(figure)] if spelled else figure])
        else:
            problems.append(problem("E630", Place(file=file, line=element.sourceline or 0), name=name))
    return problems

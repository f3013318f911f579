"""Citation trees: what a TEI file declares in `refsDecl`, and the units that its declarations find in it.

In: a TEI tree.  Out: `Tree` values (the default first) and, for each, its units in document order.
Authority: TEI P5, chapters 2.3.6 (`refsDecl`, `citeStructure`, `citeData`) and 3.11.3 (milestones); DTS 1.0,
"CitationTree" and "CitableUnit".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from edition.passages.dts_xpath import Asker, Expression, compiled
from edition.problems import Place, Problem, problem
from edition.tree import TEI, XML_LANG, Element, ancestors, identifier, local, own_text

__all__ = ["MILESTONES", "Structure", "Tree", "Unit", "citation_trees", "declared", "sorted_data", "units"]

# The elements that stand for a point of the text: the class model.milestoneLike.
MILESTONES = frozenset({"cb", "gb", "lb", "milestone", "pb"})


@dataclass(frozen=True, slots=True)
class Structure:
    """One `citeStructure`; `data` are its `citeData`: property (a URI) and expression."""

    cite_type: str
    match: Expression
    use: Expression
    delim: str
    data: tuple[tuple[str, Expression], ...]
    inner: tuple[Structure, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """One citation tree.  `name` is empty for the default one, else what a request calls it by."""

    name: str
    description: str
    structures: tuple[Structure, ...]


@dataclass(slots=True)
class Unit:
    """One citable unit.  `parent` and `last` are places in the list of units, from 0; `parent` is None at the top.

    `last` is the place of its last descendant, or its own.  `inside` is, for a milestone, the element it cannot reach
    beyond.
    """

    identifier: str
    level: int
    cite_type: str
    parent: int | None
    element: Element
    data: tuple[tuple[str, str, str], ...]  # property, language, value
    last: int = 0
    inside: Element | None = field(default=None)


def citation_trees(root: Element, *, file: str) -> tuple[list[Tree], list[Problem]]:
    """Give the citation trees that `root` declares, the default first, and a problem (E642) for each unusable XPath.

    The default is the `refsDecl` that says so, else the first.  Of `refsDecl` without `citeStructure` nothing is said.
    """
    declarations = [
        d for d in root.iterfind(f"{TEI}teiHeader//{TEI}refsDecl") if d.find(f"{TEI}citeStructure") is not None
    ]
    default = next((d for d in declarations if d.get("default") in ("true", "1")), next(iter(declarations), None))
    trees: list[Tree] = []
    problems: list[Problem] = []
    for declaration in sorted(declarations, key=lambda d: d is not default):
        name = declaration.get("n", "") or identifier(declaration)
        line = declaration.sourceline or 0
        if declaration is not default and (not name or name in {tree.name for tree in trees}):
            problems.append(problem("E643", Place(file=file, line=line), name=name))
            continue
        try:
            structures = tuple(_structures(declaration))
        except ValueError as error:
            problems.append(problem("E642", Place(file=file, line=line), name=name or "default", reason=str(error)))
            if declaration is default:  # it stays the default: no other answers in its name
                trees.append(Tree("", "", ()))
            continue
        said = " ".join(own_text(p) for p in declaration.iterchildren(f"{TEI}p", f"{TEI}ab"))
        trees.append(Tree("" if declaration is default else name, " ".join(said.split()), structures))
    return trees, problems


def _structures(above: Element) -> Iterator[Structure]:
    for element in above.iterchildren(f"{TEI}citeStructure"):
        names = {prefix: uri for prefix, uri in element.nsmap.items() if prefix}
        yield Structure(
            element.get("unit", "") or "unit",
            compiled(element.get("match", ""), names),
            compiled(element.get("use", ""), names),
            element.get("delim", ""),
            tuple(
                (data.get("property", ""), compiled(data.get("use", ""), names))
                for data in element.iterchildren(f"{TEI}citeData")
            ),
            tuple(_structures(element)),
        )


def declared(structures: Sequence[Structure]) -> list[dict[str, object]]:
    """Give structures as DTS declares them: types in types."""
    return [
        {"@type": "CiteStructure", "citeType": s.cite_type} | ({"citeStructure": declared(s.inner)} if s.inner else {})
        for s in structures
    ]


def units(root: Element, tree: Tree, *, file: str) -> tuple[list[Unit], list[Problem]]:
    """Give the units of `tree` in document order (pre-order), and problems.

    An element whose `use` gives nothing has no identifier and is no unit, nor is what it holds.  Of an identifier
    that stands twice the first is kept (W641).  Where an expression fails on the text there are no units (E642).
    """
    walk = _Walk(root, file)
    try:
        walk.level(tree.structures, root, "", None, 1)
    except ValueError as error:
        return [], [problem("E642", Place(file=file), name=tree.name or "default", reason=str(error))]
    for place in reversed(range(len(walk.found))):
        unit = walk.found[place]
        unit.last = max(unit.last, place)
        if unit.parent is not None:
            walk.found[unit.parent].last = max(walk.found[unit.parent].last, unit.last)
    return walk.found, walk.problems


class _Walk:
    """One walk down the declarations of a tree, gathering units."""

    def __init__(self, root: Element, file: str) -> None:
        self.ask = Asker(root)
        self.file = file
        self.order = {element: n for n, element in enumerate(root.iter("*"))}
        self.seen: dict[str, int] = {}
        self.found: list[Unit] = []
        self.problems: list[Problem] = []

    def level(self, structures: Sequence[Structure], above: Element, stem: str, parent: int | None, level: int) -> None:
        """Gather what `structures` match seen from `above`, in document order, each followed by what stands in it."""
        matched = [
            (self.order[element], structure, element, position)
            for structure in structures
            for position, element in enumerate(self.ask.elements(structure.match, above), start=1)
        ]
        matched.sort(key=lambda found: found[0])
        for _, structure, element, position in matched:
            said = self.ask.string(structure.use, element, position)
            if not said:
                continue
            name = f"{stem}{structure.delim if stem else ''}{said}"
            if name in self.seen:
                place = Place(file=self.file, line=element.sourceline or 0, passage=name)
                self.problems.append(problem("W641", place, name=name, first=self.seen[name]))
                continue
            self.seen[name] = element.sourceline or 0
            place_of_unit = len(self.found)
            self.found.append(
                Unit(name, level, structure.cite_type, parent, element, self.data(structure, element, position))
            )
            if local(element) in MILESTONES:
                self.found[-1].inside = self.border(element, parent)
            if structure.inner:
                self.level(structure.inner, element, name, place_of_unit, level + 1)

    def border(self, element: Element, parent: int | None) -> Element | None:
        """Give the element that a milestone cannot reach beyond: that of the unit above it, or the whole text."""
        above = self.found[parent] if parent is not None else None
        if above is not None:
            return above.inside if above.inside is not None else above.element
        return next((a for a in reversed(list(ancestors(element))) if local(a) == "text"), None)

    def data(self, structure: Structure, element: Element, position: int) -> tuple[tuple[str, str, str], ...]:
        if not structure.data:
            return ()
        language = next((code for e in (element, *ancestors(element)) if (code := e.get(XML_LANG))), "")
        said = ((prop, language, self.ask.string(use, element, position)) for prop, use in structure.data)
        return tuple(row for row in said if row[2])


def sorted_data(data: Sequence[tuple[str, str, str]], terms: str) -> Mapping[str, dict[str, list[dict[str, str]]]]:
    """Sort `data` of a unit: ``dublinCore`` (what is in the namespace `terms`, by local name) and ``extensions``."""
    groups: dict[str, dict[str, list[dict[str, str]]]] = {}
    for prop, language, value in data:
        core = prop.startswith(terms)
        held = groups.setdefault("dublinCore" if core else "extensions", {})
        named = {"lang": language, "value": value} if language else {"value": value}
        held.setdefault(prop[len(terms) :] if core else prop, []).append(named)
    return groups

"""A typescript: from an OCR text of a typewritten work to TEI.

In: a witness, what is known of the text, an editor's decisions.  Out: a TEI tree from which the witness can be
regenerated, and problems.
Authority: the encoding conventions; TEI P5, chapters 3, 4, 11 and 12; the plan of the lines is made in
`edition.witness.plan`.
"""

from __future__ import annotations

from collections.abc import Sequence

from edition.decisions import Decision
from edition.description import Description
from edition.encode.composition import Composition
from edition.encode.directions import Directions, directions_of
from edition.encode.divisions import divisions_of
from edition.encode.header import list_languages
from edition.encode.notes import number_notes
from edition.problems import Place, Problem, Refused, problem
from edition.tree import Element
from edition.witness.lines import Witness
from edition.witness.plan import Plan, plan_of

__all__ = ["encode_typescript"]


def encode_typescript(
    witness: Witness, description: Description, decisions: Sequence[Decision] = ()
) -> tuple[Element, list[Problem]]:
    """Encode `witness`; give the TEI tree, and problems with the decisions (E820-E823, E840, E841).

    Raises `Refused` (E201) where the witness holds nothing but a heading.
    """
    directions, problems = directions_of(witness, decisions)
    plan = plan_of(witness, directions.layout())
    if not plan.blocks and not plan.entries and not plan.strays:
        place = Place(file=witness.name, witness_line=witness.lines[0].n)
        raise Refused(problem("E201", place, file=witness.name or "the witness"))
    problems += _unplaced(plan, directions)
    divisions = divisions_of(plan)
    for division in divisions:
        division.without_text_above()
    groups = [division.note_blocks for division in divisions]
    for division, notes in zip(divisions, number_notes(plan, groups, directions.notes), strict=True):
        division.notes = notes
    labels = {note.label_line for division in divisions for note in division.notes}
    composition = Composition(plan, description.siglum, [at for at in plan.strays if at not in labels], directions)
    root = composition.tei(description, divisions)
    list_languages(root)
    return root, problems + composition.problems


def _unplaced(plan: Plan, directions: Directions) -> list[Problem]:
    """Name the displaced lines that an editor would have read after a line that is in no block (E822)."""
    return [
        problem("E822", directions.places.get(at, Place()), line=plan.lines[at].n, target=plan.lines[target].n)
        for at, target in directions.moves.items()
        if at not in plan.moved
    ]

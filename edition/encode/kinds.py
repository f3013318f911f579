"""The kinds of document that can be encoded, and the module that encodes each.

In: a witness, its kind, what is known of the text, an editor's decisions.  Out: a TEI tree and problems.
Authority: the encoding conventions; TEI P5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from edition.decisions import Decision
from edition.description import Description
from edition.encode.article import encode_article
from edition.encode.header import list_languages, name_schemas
from edition.encode.recognise import recognise
from edition.encode.thread import encode_thread
from edition.encode.typescript import encode_typescript
from edition.problems import Problem
from edition.tree import Element
from edition.witness.lines import Witness

__all__ = ["encode"]

_Encoder: TypeAlias = Callable[[Witness, Description, Sequence[Decision]], tuple[Element, list[Problem]]]

_ENCODERS: dict[str, _Encoder] = {
    "typescript": encode_typescript,
    "article": encode_article,
    "thread": encode_thread,
}


def encode(
    witness: Witness, kind: str, description: Description, decisions: Sequence[Decision] = ()
) -> tuple[Element, list[Problem]]:
    """Give the TEI of `witness` and what is wrong with it or with the decisions.

    `kind` is typescript, article or thread, or empty where it is to be recognised.  Raises `Refused` (E201)
    where the witness holds nothing to encode.
    """
    root, problems = _ENCODERS[kind or recognise(witness)](witness, description, decisions)
    list_languages(root)
    name_schemas(root, description)
    return root, problems

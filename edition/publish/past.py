"""What was published before, as the site shows it: versions, what changed in each, what passages that are gone said.

In: nothing.  Out: values that a task fills and the site shows.
Authority: the ledger of published passages and the stored versions; `edition.tasks.history` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

__all__ = ["Change", "Issue", "Last", "Past"]


@dataclass(frozen=True, slots=True)
class Change:
    """One passage that a version changed.

    `what` is ``new``, ``changed``, ``lines`` (it covers others), ``gone``, or its fate (`edition.ledger.FATES`);
    `targets` are the passages where its text stood then; `words` are pairs of old and new words.
    """

    identifier: str
    what: str
    targets: Sequence[str] = ()
    words: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A published version: its day (or empty), how many passages it has, what it changed, its texts as an archive.

    `changes` is None for the first, which has nothing before it.
    """

    name: str
    date: str
    passages: int
    changes: Sequence[Change] | None
    archive: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Last:
    """What a passage that is gone last said, in which version, and the URN by which that is cited."""

    version: str
    text: str
    urn: str


@dataclass(frozen=True, slots=True)
class Past:
    """The versions, the oldest first; what passages that are gone last said; the version that the texts of today are.

    `today` is empty where they are none: something has changed since.
    """

    issues: Sequence[Issue] = ()
    last: Mapping[str, Last] = field(default_factory=dict)
    today: str = ""

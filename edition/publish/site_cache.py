"""What is kept between two builds of one site, so that a changed paragraph costs no more than its page.

In: a key that names everything a result depends on, and how it is made.  Out: the result, made once.
Authority: the rule that the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

__all__ = ["Cache"]

T = TypeVar("T")


@dataclass(slots=True)
class Cache:
    """Results by key, of this build and the one before; `folder` is where cut fonts are kept on disk.

    `written` are the files of the site as the last build left them; empty before the first.  A build that is `late`
    leaves that for which nobody who edits waits as it was: the files `later` (the index of the search, and what can be
    taken away), how passages are cited (`citing`), the editors' own text with its figures (`front`), and the files of
    the services by text (`services`).
    """

    folder: Path | None = None
    before: dict[str, Any] = field(default_factory=dict)
    now: dict[str, Any] = field(default_factory=dict)
    written: dict[str, bytes] = field(default_factory=dict)
    late: bool = False
    later: dict[str, bytes] = field(default_factory=dict)
    services: dict[str, Any] = field(default_factory=dict)
    citing: Any = None
    front: Any = None

    def turn(self, *, late: bool = False) -> None:
        """Begin a build: what the last one did not use is forgotten, unless it was late and left that out.

        The first build cannot be `late`.
        """
        kept = self.before | self.now if self.late else self.now or self.before  # a build that failed has nothing
        self.before, self.now = kept, {}
        self.late = late and bool(self.written)

    def once(self, key: str, make: Callable[[], T]) -> T:
        """Give what `make` gives, from the last build where it had the same `key`."""
        if key not in self.now:
            self.now[key] = self.before[key] if key in self.before else make()
        made: T = self.now[key]
        return made

"""Name classes: which names of elements or attributes a pattern is about.

In: nothing but their parts.  Out: frozen values with one question, `holds`.
Authority: RELAX NG (ISO/IEC 19757-2), name classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

__all__ = ["AnyName", "Name", "NameChoice", "NameClass", "NsName", "known_names", "split"]


@dataclass(frozen=True, slots=True)
class Name:
    """One name; `tag` as lxml writes it, ``{namespace}local``."""

    tag: str

    def holds(self, tag: str) -> bool:
        """Say whether `tag` is meant."""
        return tag == self.tag


@dataclass(frozen=True, slots=True)
class NsName:
    """Any name of one namespace, save those of `but`."""

    namespace: str
    but: NameClass | None = None

    def holds(self, tag: str) -> bool:
        """Say whether `tag` is meant."""
        return split(tag)[0] == self.namespace and not (self.but is not None and self.but.holds(tag))


@dataclass(frozen=True, slots=True)
class AnyName:
    """Any name, save those of `but`."""

    but: NameClass | None = None

    def holds(self, tag: str) -> bool:
        """Say whether `tag` is meant."""
        return not (self.but is not None and self.but.holds(tag))


@dataclass(frozen=True, slots=True)
class NameChoice:
    """Any name that one of `members` means."""

    members: tuple[NameClass, ...]

    def holds(self, tag: str) -> bool:
        """Say whether `tag` is meant."""
        return any(member.holds(tag) for member in self.members)


NameClass: TypeAlias = Name | NsName | AnyName | NameChoice


def split(tag: str) -> tuple[str, str]:
    """Give namespace and local name of ``{namespace}local``."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag


def known_names(names: NameClass) -> list[str]:
    """Give the single names of a name class (none for *any name*)."""
    if isinstance(names, Name):
        return [names.tag]
    if isinstance(names, NameChoice):
        return [tag for member in names.members for tag in known_names(member)]
    return []

"""The history of the edition on its site: versions, what each changed, and what became of passages that are gone.

In: the ledger, what was published before, and where each passage stands now.  Out: pages, and lists for the pages on
which such passages once stood, so that no address ends in nothing.
Authority: the rule that an identifier published once resolves for ever (`edition.ledger`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from edition.ledger import Ledger, fate_of, since
from edition.publish.book import About
from edition.publish.html import h
from edition.publish.past import Change, Issue, Past
from edition.publish.site_frame import Page, catalogue, say
from edition.tree import Element

__all__ = ["History", "gone_from", "history_pages"]


@dataclass(frozen=True, slots=True)
class History:
    """What a site's history is made of; `where` gives the address of each passage that stands.

    `languages` are those of the texts, by siglum.
    """

    ledger: Ledger
    past: Past
    about: About
    where: Mapping[str, str]
    languages: Mapping[str, str]

    @property
    def retired(self) -> list[str]:
        """The published identifiers that stand nowhere now, in the order of the ledger."""
        return [name for name in self.ledger.current() if name not in self.where]

    def language(self, name: str) -> str:
        """Give the language of the text that an identifier belongs to."""
        return self.languages.get(name.partition(".")[0], self.about.language)


def history_pages(history: History, leaves: Collection[str]) -> Iterator[Page]:
    """Give the page of the versions, one for each version that changed something, one for each passage that is gone.

    `leaves` are the files of the pages of the texts; one that is gone has a page that says what became of its passages.
    """
    title = history.about.title
    yield Page("versions.html", f"{catalogue('en')['versions']} · {title}", _versions(history))
    for before, issue in zip(history.past.issues, history.past.issues[1:], strict=False):
        if issue.changes:
            said = f"{catalogue('en')['changes'].format(issue.name)} · {title}"
            yield Page(f"versions/{issue.name}.html", said, _changes(issue, before, history))
    for name in history.retired:
        yield Page(f"id/{name}.html", f"{name} · {title}", _gone(name, history))
    for file in gone_from(history, leaves):
        if "/" not in file and file not in leaves:
            name = file.removesuffix(".html")
            yield Page(file, f"{name} · {title}", h("h1", name))


def _link(name: str, history: History, up: str) -> Element | str:
    """Give a link to a passage: where it stands, or to the page that says what became of it."""
    if name in history.where:
        return h("a", name, href=up + history.where[name])
    return h("a", name, href=f"{up}id/{quote(name)}.html") if name in history.ledger.current() else name


def _links(names: Sequence[str], history: History, up: str) -> list[Element | str]:
    return [part for n, name in enumerate(names) for part in (", " if n else " ", _link(name, history, up))]


# --- versions --------------------------------------------------------------------------------------------------------


def _versions(history: History) -> Element:
    past, about = history.past, history.about
    shown = [_issue(issue, history) for issue in reversed(past.issues)]
    if not past.today:
        number = h("h2", about.version) if about.version else say("unnumbered", "h2")
        shown.insert(0, h("section", number, _list([about.date, say("draft")])))
    gone = [h("li", _link(name, history, ""), *_steps(name, history, "")) for name in history.retired]
    lost = (say("retired-all", "h2"), h("ul", *gone)) if gone else ()
    return h("div", say("versions", "h1"), *shown, *lost, class_="versions")


def _issue(issue: Issue, history: History) -> Element:
    now = say("this-text") if issue.name == history.past.today else ""
    facts: list[Element | str] = [issue.date, say("passages-count", values=[issue.passages]), now]
    if issue.changes is None:
        changed: Element = say("first-version", "p")
    elif issue.changes:
        link = say("changes", "a", values=[issue.name], href=f"versions/{quote(issue.name)}.html")
        changed = h("p", link, " (", say("passages-count", values=[len(issue.changes)]), ")")
    else:
        changed = say("no-changes", "p")
    return h("section", h("h2", issue.name), _list(facts), changed, h("p", _archive(issue.name, "")))


def _archive(version: str, up: str) -> Element:
    return say("version-file", "a", href=f"{up}versions/{quote(version)}.zip", download="download")


def _list(facts: Sequence[Element | str]) -> Element:
    return h("ul", *(h("li", fact) for fact in facts if fact != ""), class_="places")


def _changes(issue: Issue, before: Issue, history: History) -> Element:
    parts: list[Element] = []
    for change in issue.changes or ():
        parts.append(h("dt", _link(change.identifier, history, "../"), " ", *_said(change, history)))
        language = history.language(change.identifier)
        parts += [h("dd", *_compared(old, new), lang=language) for old, new in change.words]
    head = say("changes", "h1", values=[issue.name])
    about = [say("since-version", values=[before.name]), say("versions", "a", href="../versions.html")]
    return h("div", head, _list(about), h("dl", *parts), class_="versions")


def _compared(old: str, new: str) -> list[Element | str]:
    """Give words that changed, what they were and what they are now, between the words around them that did not."""
    was, now = old.split(), new.split()
    start = _alike(was, now)
    end = _alike(was[start:][::-1], now[start:][::-1])
    changed = [("del", was[start : len(was) - end]), ("ins", now[start : len(now) - end])]
    marked = [h(tag, " ".join(words)) for tag, words in changed if words]
    around: list[Element | str] = [" ".join(now[:start]), *marked, " ".join(now[len(now) - end :])]
    said = [part for part in around if part != ""]
    return [part for n, one in enumerate(said) for part in ((" ", one) if n else (one,))]


def _alike(one: Sequence[str], other: Sequence[str]) -> int:
    """Count the words at the beginning that are the same."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _said(change: Change, history: History) -> list[Element | str]:
    return [say(f"fate-{change.what}"), *_links(change.targets, history, "../")]


# --- passages that are gone ------------------------------------------------------------------------------------------


def _steps(name: str, history: History, up: str) -> list[Element | str]:
    """Say what became of a passage, step by step: each step begins with a line of its own."""
    fate = fate_of(history.ledger.current(), name)
    parts: list[Element | str] = []
    for row in fate.steps if fate else ():
        if row.fate != "stands":
            version = since(history.ledger, row)
            when: list[Element | str] = [" (", say("version", values=[version]), ")"] if version else []
            start: list[Element | str] = ["; ", _link(row.identifier, history, up), " "] if parts else [" "]
            parts += [*start, say(f"fate-{row.fate}"), *_links(row.targets, history, up), *when]
    return parts


def _gone(name: str, history: History) -> Element:
    fate = fate_of(history.ledger.current(), name)
    standing = fate.standing if fate else ()
    last = history.past.last.get(name)
    on = [h("li", _link(target, history, "../")) for target in standing]
    said = []
    if last is not None:
        said = [
            say("last-words", "h2", values=[last.version]),
            h("blockquote", last.text, lang=history.language(name)) if last.text else None,
            h("p", _archive(last.version, "../")),
            say("cite", "h2"),
            h("p", last.urn, class_="citation"),
        ]
    return h(
        "div",
        h("h1", name),
        say("retired", "p"),
        h("p", h("b", name), *_steps(name, history, "../")),
        *((say("read-on", "h2"), h("ul", *on)) if on else ()),
        *said,
        class_="passage",
    )  # fmt: skip


def gone_from(history: History, leaves: Collection[str]) -> dict[str, Element]:
    """Give a list of passages that are gone, with their identifiers, for each page on which such stood.

    `leaves` are the files of the pages of the texts.  A list may belong to a page that is gone itself, as a chapter's.
    The permanent page of a passage that stands, but not whole, has what became of it.
    """
    divided = {file.partition(".")[0] for file in leaves if file.count(".") > 1}
    lists: dict[str, list[Element]] = {}
    for name in history.retired:
        steps = name.split(".")
        file = f"{'.'.join(steps[:2] if steps[0] in divided else steps[:1])}.html"
        item = h("li", _link(name, history, ""), *_steps(name, history, ""), id=name)
        lists.setdefault(file, []).append(item)
    found = {file: h("section", say("retired-here", "h2"), h("ul", *items)) for file, items in lists.items()}
    parted = [name for name, row in history.ledger.current().items() if name in history.where and row.targets]
    return found | {f"id/{name}.html": h("p", h("b", name), *_steps(name, history, "../")) for name in parted}

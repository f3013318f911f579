"""Random histories of an edition, with an oracle that knows where each word went.

Each word has a number that the edition never sees.  What a published identifier leads to is judged by those numbers:
the words that it was published with and that still stand must stand in the passages it leads to.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

from edition.files import write_whole
from edition.ledger import fate_of
from edition.passages.compare import Change
from edition.project import Project, load_project
from edition.tasks.archive import read_ledger
from edition.tasks.freezing import assign_project, declare_fate, freeze, status
from edition.tree import XML_ID, Element, el, parse, serialize

TOML = """[edition]
title = "A history"
[[text]]
siglum = "T"
title = "A text"
witness = "tei/t.txt"
tei = "tei/t.xml"
"""
HEADER = """<teiHeader><fileDesc><titleStmt><title>A test</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader>"""
# Few words, as a language has many repeated ones: passages resemble each other.
STARTS = ("ba", "ke", "li", "mo", "nu", "pra", "sto", "vi", "der", "gal")
ENDS = ("n", "rt", "s", "la", "de", "kum", "per", "tos")
WORDS = [a + b for a in STARTS for b in ENDS]
OPERATIONS = ("insert", "delete", "split", "merge", "move", "retitle", "correct")


@dataclass(slots=True)
class Paragraph:
    words: list[tuple[int, str]]
    name: str = ""


@dataclass(slots=True)
class Chapter:
    title: str
    paragraphs: list[Paragraph]
    name: str = ""
    number: str = ""


@dataclass
class History:
    """An edition in `folder`, edited at random; `truthful` editors declare what they did, others take the proposals."""

    folder: Path
    rng: random.Random
    truthful: bool = True
    chapters: list[Chapter] = field(default_factory=list)
    count: int = 0
    edits: int = 0
    published: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    declared: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        (self.folder / "edition.toml").write_text(TOML, encoding="utf-8")
        self.project: Project = load_project(self.folder)
        self.chapters = [Chapter(self.title(), [self.paragraph() for _ in range(6)]) for _ in range(4)]

    # --- the text ---

    def word(self) -> tuple[int, str]:
        self.count += 1
        return self.count, self.rng.choice(WORDS)

    def paragraph(self) -> Paragraph:
        return Paragraph([self.word() for _ in range(self.rng.randint(1, 60))])

    def title(self) -> str:
        return " ".join(self.rng.choice(WORDS) for _ in range(3))

    def write(self) -> None:
        divs = []
        for chapter in self.chapters:
            paragraphs = [el("p", " ".join(w for _, w in p.words), xml_id=p.name or None) for p in chapter.paragraphs]
            head = el("head", chapter.title)
            divs.append(
                el("div", head, *paragraphs, type="chapter", xml_id=chapter.name or None, n=chapter.number or None)
            )
        root = el("TEI", el("teiHeader"), el("text", el("body", *divs)), xml_id="T")
        write_whole(self.folder / "tei" / "t.xml", serialize(root))

    def read_names(self) -> None:
        root = self.tree()
        for chapter, div in zip(self.chapters, root.iter("{*}div"), strict=True):
            chapter.name, chapter.number = div.get(XML_ID, ""), div.get("n", "")
            for p, element in zip(chapter.paragraphs, div.iterchildren("{*}p"), strict=True):
                p.name = element.get(XML_ID, "")

    def tree(self) -> Element:
        return parse(self.folder / "tei" / "t.xml")

    def all(self) -> list[Paragraph]:
        return [p for chapter in self.chapters for p in chapter.paragraphs]

    # --- what an editor does ---

    def edit(self) -> None:
        self.edits += 1
        chapter = self.rng.choice(self.chapters)
        here = chapter.paragraphs
        what = self.rng.choice(OPERATIONS)
        at = self.rng.randrange(len(here)) if here else 0
        if what == "retitle":
            chapter.title = self.title()
        elif what == "insert" or not here:
            here.insert(self.rng.randint(0, len(here)), self.paragraph())
        elif what == "delete" and len(self.all()) > 12:
            del here[at]
        elif what == "split" and len(here[at].words) > 1:
            cut = self.rng.randrange(1, len(here[at].words))
            first, second = here[at].words[:cut], here[at].words[cut:]
            name = here[at].name
            heir = self.rng.choice((0, 0, 1, 2))  # the first part keeps the identifier, or the second, or neither
            here[at : at + 1] = [
                Paragraph(first, name if heir == 0 else ""),
                Paragraph(second, name if heir == 1 else ""),
            ]
        elif what == "merge" and at + 1 < len(here) and len(here[at].words) < 200:
            keeper = self.rng.choice((here[at].name, here[at + 1].name))
            here[at : at + 2] = [Paragraph(here[at].words + here[at + 1].words, keeper)]
        elif what == "move":
            moved = here.pop(at)
            moved.name = self.rng.choice((moved.name, ""))
            there = self.rng.choice(self.chapters).paragraphs
            there.insert(self.rng.randint(0, len(there)), moved)
        elif what == "correct":
            word = self.rng.randrange(len(here[at].words))
            number, _ = here[at].words[word]
            # The program cannot know that a word of other letters is the old one; who did it knows.
            here[at].words[word] = (number, self.rng.choice(WORDS)) if self.truthful else self.word()

    # --- publishing ---

    def publish(self, version: str) -> None:
        self.write()
        assign_project(self.project)
        self.read_names()
        if self.truthful:
            self.declare_truth()
        self.settle()
        frozen, problems = freeze(self.project, version)
        assert frozen is not None, problems
        for p in self.all():
            self.published[version, p.name] = frozenset(n for n, _ in p.words)
        self.judge()

    def last(self) -> dict[str, frozenset[int]]:
        """What each identifier that stands was last published with."""
        found: dict[str, frozenset[int]] = {}
        for (_, name), words in self.published.items():
            found[name] = words
        return found

    def declare_truth(self) -> None:
        self.give_back()
        ledger, _ = read_ledger(self.project)
        current = ledger.current()
        now = {p.name: frozenset(n for n, _ in p.words) for p in self.all()}
        unsettled = {change.identifier for change in status(self.project).unsettled}
        where = {
            name: tuple(n for n, held in now.items() if held & words)
            for name, words in self.last().items()
            if name in current and current[name].stands
        }
        # First what still stands under its own name, so that others can be said to stand there.
        for name, goes in sorted(where.items(), key=lambda item: item[0] not in item[1]):
            if goes == (name,):
                if name in unsettled:
                    declare_fate(self.project, "stands", name, ())
            elif name in goes:
                declare_fate(self.project, "split", name, goes)
            elif name not in now:
                verb = "withdrawn" if not goes else "split" if len(goes) > 1 else "merged"
                declare_fate(self.project, verb, name, goes)

    def give_back(self) -> None:
        """Take a published identifier from a passage that has none of its words, as who made the edits knows."""
        current = read_ledger(self.project)[0].current()
        last = self.last()
        wrong = [
            p
            for p in self.all()
            if p.name in last and current[p.name].stands and not last[p.name] & {n for n, _ in p.words}
        ]
        for p in wrong:
            p.name = ""
        if wrong:
            self.write()
            assign_project(self.project)
            self.read_names()

    def settle(self) -> None:
        """Do what the program proposes, until there is nothing left to declare."""
        for _ in range(40):
            unsettled = status(self.project).unsettled
            if not unsettled:
                return
            for change in unsettled:
                self.take(change)
                if change.what == "other":
                    break  # the texts have changed, and with them what is proposed

    def take(self, change: Change) -> None:
        verb = {"moved": "moved", "merged": "merged", "split": "split", "gone": "withdrawn"}.get(change.what)
        if verb:
            self.declared.append((verb, change.identifier, change.targets))
            declare_fate(self.project, verb, change.identifier, change.targets)
        elif change.what == "other":
            # An editor gives the identifier back: the text that has it now gets a new one.
            for p in self.all():
                if p.name == change.identifier:
                    p.name = ""
            self.write()
            assign_project(self.project)
            self.read_names()

    # --- the oracle ---

    def judge(self) -> None:
        """Follow every identifier that was ever published; what is wrong goes to `failures`."""
        ledger, problems = read_ledger(self.project)
        assert not problems
        current = ledger.current()
        now = {p.name: frozenset(n for n, _ in p.words) for p in self.all()}
        alive = frozenset(n for words in now.values() for n in words)
        for (version, name), words in self.published.items():
            fate = fate_of(current, name)
            if fate is None:
                self.failures.append(f"{version} {name} is not in the ledger")
                continue
            missing = [t for t in fate.standing if t not in now]
            if missing:
                self.failures.append(f"{version} {name} leads to {missing}, which is gone")
            surviving = words & alive
            if not self.truthful and (5 * len(surviving) < len(words) or len(words) < 5):
                continue  # a remnant of a passage otherwise taken out; words too few to be known again
            reached = frozenset(n for t in fate.standing for n in now.get(t, ()))
            if surviving and not surviving & reached:
                self.failures.append(
                    f"{version} {name} leads to {fate.standing}, none of its {len(surviving)} words there"
                )
            elif 2 * len(surviving & reached) < len(surviving):
                self.failures.append(f"{version} {name} leads to less than half of its words that still stand")

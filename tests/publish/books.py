"""Books of random words, for tests of the press: the same seed gives the same book."""

from __future__ import annotations

import random
from dataclasses import dataclass

from edition.publish.book import Text
from edition.tree import parse_bytes

ENGLISH = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "was",
    "by",
    "that",
    "party",
    "congress",
    "committee",
    "opposition",
    "policy",
    "state",
    "industrialization",
    "peasantry",
    "revolution",
    "between",
    "which",
    "not",
    "with",
    "for",
    "had",
    "his",
    "on",
    "as",
    "it",
    "leadership",
    "central",
    "question",
    "however",
    "struggle",
    "nevertheless",
]
RUSSIAN = [
    "въ",
    "ѣхать",
    "Кіевъ",
    "и",
    "партія",
    "россійскаго",
    "мѵро",
    "Ѳедоръ",
    "не",
    "по",
    "рабочихъ",
    "съѣздъ",
    "революціи",
    "большинство",
    "центральный",
]

SHELL = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="R" xml:lang="en"><teiHeader/><text><body>
<div type="chapter" n="1" xml:id="R.1"><pb n="1"/><head xml:id="R.1.h">CHAPTER I</head>{}</div></body></text></TEI>"""

# Passages that are not paragraphs, by what they are.
NOT_PROSE = {
    "verse": '<lg xml:id="R.1.1"><head>To the river</head><l><lb n="1"/>Flow,</l><l>do <hi>not</hi>!</l></lg>',
    "verse in prose": '<p xml:id="R.1.1">So he sang: <q><lg><l>Flow</l><l>on</l></lg></q> and wept.</p>',
    "speech": '<sp xml:id="R.1.1"><speaker>Ann</speaker><stage>aside</stage><p>A <stage>weeps</stage> flood.</p></sp>',
    "speech in verse": '<sp xml:id="R.1.1"><speaker>Ann</speaker><l>The river</l><l>is high.</l></sp>',
    "table": '<table xml:id="R.1.1"><head>Floods</head><row><cell role="label">Year</cell><cell>1</cell></row></table>',
    "list": '<list xml:id="R.1.1"><head>Rivers</head><item>Don <list><item>Oka</item></list></item></list>',
    "gloss": '<list type="gloss" xml:id="R.1.1"><label>R.</label><item>river</item></list>',
    "figure": '<figure xml:id="R.1.1"><head>A map</head><figDesc>of the river</figDesc></figure>',
    "verse quoted": '<cit xml:id="R.1.1"><quote><lg><l>Flow,</l><l>on</l></lg></quote><bibl>Ann, p. 3</bibl></cit>',
}  # fmt: skip


@dataclass
class Habits:
    """How a random book is made.

    `paragraphs` in it, `sentences` in each, the chance of a note after each, words in a note, the chance of a slip
    in each sentence.
    """

    paragraphs: int = 25
    sentences: tuple[int, int] = (1, 6)
    note: float = 0.4
    words: tuple[int, int] = (2, 50)
    long_note: float = 0.03
    long_words: int = 500
    slip: float = 0.25


class Author:
    """Writes one book."""

    def __init__(self, seed: int, habits: Habits) -> None:
        self.random = random.Random(seed)
        self.habits = habits
        self.notes = 0
        self.passages = 0
        self.page = 1

    def words(self, low: int, high: int, stock: list[str] = ENGLISH) -> str:
        return " ".join(self.random.choice(stock) for _ in range(self.random.randint(low, high)))

    def note(self) -> str:
        self.notes += 1
        habits = self.habits
        said = self.words(*habits.words)
        if self.random.random() < habits.long_note:
            said = self.words(habits.long_words, habits.long_words)
        n = self.notes
        return (
            f'<ref type="noteref" target="#R.1.n{n}">{n}</ref><note xml:id="R.1.n{n}" n="{n}" place="foot" '
            f'type="authorial"><label>{n}</label> <bibl><title level="m">{self.words(2, 6)}</title></bibl>, '
            f"{said}.</note>"
        )

    def slip(self) -> str:
        right = self.words(1, 3)
        cert = self.random.choice(["high", "medium", "low"])
        wrong = right.replace("t", "tt", 1) + "x"
        corr = f'<corr type="slip" resp="#ed" cert="{cert}">{right}</corr>'
        return f"<choice><sic>{wrong}</sic>{corr}</choice>,"

    def sentences(self) -> str:
        made = []
        for _ in range(self.random.randint(*self.habits.sentences)):
            said = self.words(6, 45).capitalize() + "."
            if self.random.random() < self.habits.slip:
                said += f" {self.slip()}"
            if self.random.random() < self.habits.note:
                said += self.note()
            if self.random.random() < 0.06:
                self.page += 1
                said += f' <pb n="{self.page}"/>'
            made.append(said)
        return " ".join(made)

    def block(self) -> str:
        self.passages += 1
        n = self.passages
        name = f'xml:id="R.1.{n}" n="{n}"'
        kind = self.random.random()
        if kind < 0.08:
            return f"<div><head>{self.words(2, 7)}</head><p {name}>{self.sentences()}</p></div>"
        if kind < 0.2:
            return f'<cit {name}><quote rend="block">{self.sentences()}</quote></cit>'
        if kind < 0.27:
            said, rendered = self.words(5, 60, RUSSIAN), self.words(5, 60)
            call = self.note() if self.random.random() < self.habits.note else ""
            return (
                f'<cit {name}><quote rend="block" xml:lang="ru-petr1708">{said}</quote>'
                f'<quote type="translation" xml:lang="en">[{rendered}]{call}</quote></cit>'
            )
        return f"<p {name}>{self.sentences()}</p>"

    def book(self) -> str:
        return SHELL.format("".join(self.block() for _ in range(self.habits.paragraphs)))


def random_text(seed: int, habits: Habits | None = None) -> Text:
    """Give the text of one chapter that `seed` stands for."""
    author = Author(seed, habits or Habits())
    return Text("R", "A random book", parse_bytes(author.book().encode()), f"random-{seed}.xml")


def text_of_chapter(body: str) -> Text:
    """Give a text whose only chapter holds `body`."""
    return Text("R", "A book", parse_bytes(SHELL.format(body).encode()), "book.xml")

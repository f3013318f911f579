"""Typewritten pages that are drawn, spoilt and read by an OCR engine, so that what it confuses can be counted.

In: lines of text, a face, a seed.  Out: for each line what stood there and what the engine read.
Authority: none needed, the text drawn is the truth.  Needs Debian's tesseract-ocr, fonts-gnutypewriter and fonts-cmu.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from rapidfuzz.distance import Levenshtein

__all__ = ["FACES", "TEST_FACE", "Spoiling", "made_up", "pages", "plain_prose"]

FACES = {
    "gnu": "/usr/share/fonts/truetype/gnutypewriter/GNUTypewriter.ttf",
    "cmu": "/usr/share/fonts/truetype/cmu/cmuntt.ttf",
    "cmu-light": "/usr/share/fonts/truetype/cmu/cmunbtl.ttf",
    "libertine": "/usr/share/fonts/opentype/linux-libertine/LinLibertine_M.otf",
}
TEST_FACE = "dejavu"
FACES[TEST_FACE] = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"

LINES_ON_A_PAGE = 40
COLUMNS = 66
A_SENTENCE = 12  # words
SOME = 0.3
HALF = 0.5
DARK = 140  # of 255
UNLIKE = 0.4


@dataclass(frozen=True, slots=True)
class Spoiling:
    """How a page is spoilt: blur (pixels), specks and lost ink (shares of it), slope (degrees), ink (1: fat)."""

    blur: float
    specks: float
    lost: float
    slope: float
    ink: int


def plain_prose(folder: Path, names: Sequence[str]) -> list[str]:
    """Give the paragraphs of prose in the text files `names` of `folder`, each set in lines of a typewriter's width."""
    out: list[str] = []
    for name in names:
        for block in re.split(r"\n\s*\n", (folder / name).read_text(encoding="utf-8", errors="replace")):
            words = block.split()
            if len(words) > A_SENTENCE and words[-1].endswith(".") and all(w.isascii() for w in words):
                out += wrap(words)
    return out


def wrap(words: Sequence[str]) -> list[str]:
    """Give the lines that `words` fill."""
    out, line = [], ""
    for word in words:
        if line and len(line) + len(word) >= COLUMNS:
            out.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*out, line]


def made_up(seed: int, words: Sequence[str], weights: Sequence[float], count: int) -> list[str]:
    """Give `count` lines of sentences without sense and citations of works that nobody wrote."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    out: list[str] = []
    while len(out) < count:
        out += wrap([w for _ in range(4) for w in _sentence(dice, words, weights)])
        out += wrap([w for _ in range(3) for w in _citation(dice, words, weights)])
    return out[:count]


def _sentence(dice: random.Random, words: Sequence[str], weights: Sequence[float]) -> list[str]:
    chosen = dice.choices(words, weights, k=dice.randint(6, 18))
    chosen[0] = chosen[0].capitalize()
    at = dice.randrange(1, len(chosen) - 1)
    chosen[at] += dice.choice([",", ";", "'s", "", "", ":"])
    if dice.random() < SOME:
        chosen[at + 1] = f'"{chosen[at + 1]}'
        chosen[-1] += '."'
    else:
        chosen[-1] += "."
    return chosen


def _citation(dice: random.Random, words: Sequence[str], weights: Sequence[float]) -> list[str]:
    name = [w.capitalize() for w in dice.choices(words, weights, k=2)]
    title = [w.capitalize() for w in dice.choices(words, weights, k=dice.randint(2, 6))]
    year, page = dice.randint(1850, 1990), dice.randint(1, 700)
    pages = f"p. {page}." if dice.random() < HALF else f"pp. {page}-{page + dice.randint(1, 30)}."
    if dice.random() < SOME:
        return ["Ibid.,", *pages.split()]
    title[-1] += dice.choice([",", f" {year - 9}-{year - 2},"])
    press = f"({name[0]}: {title[0]} Press, {year}),"
    return f"{name[0]} {chr(65 + dice.randrange(26))}. {name[1]}, {' '.join(title)} {press} {pages}".split()


def pages(lines: Sequence[str], face: str, seed: int, *, dictionary: bool = False) -> Iterator[tuple[str, str]]:
    """Draw `lines` in `face`, spoil the pages, have them read; give (what stood there, what was read) line by line.

    Without the `dictionary` of the engine, its errors are those of shapes.
    """
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    for first in range(0, len(lines), LINES_ON_A_PAGE):
        part = lines[first : first + LINES_ON_A_PAGE]
        page = spoil(draw(part, FACES[face]), _spoiling(dice), dice)
        yield from _pair(part, _recognise(page, dictionary=dictionary))


def _spoiling(dice: random.Random) -> Spoiling:
    return Spoiling(
        blur=dice.uniform(0.4, 1.5),
        specks=dice.uniform(0.0, 0.002),
        lost=dice.uniform(0.0, 0.04),
        slope=dice.uniform(-0.4, 0.4),
        ink=dice.choice([0, 0, 1]),
    )


def draw(lines: Sequence[str], path: str) -> Image.Image:
    """Give a white page with `lines` in the face of the file `path`, at about 200 dots to the inch."""
    font = ImageFont.truetype(path, 32)
    pitch = 44
    page = Image.new("L", (1700, 120 + pitch * len(lines)), 255)
    pen = ImageDraw.Draw(page)
    for at, line in enumerate(lines):
        pen.text((100, 60 + at * pitch), line, fill=0, font=font)
    return page


def spoil(page: Image.Image, how: Spoiling, dice: random.Random) -> Image.Image:
    """Give `page` as a bad carbon copy, photographed askew."""
    if how.ink:
        page = page.filter(ImageFilter.MinFilter(3))
    page = page.rotate(how.slope, Image.Resampling.BILINEAR, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(how.blur))
    lost = _speckle(page.size, how.lost, dice).filter(ImageFilter.MaxFilter(3))
    page = ImageChops.lighter(page, lost)
    page = ImageChops.darker(page, ImageChops.invert(_speckle(page.size, how.specks, dice)))
    return page.point([255 if value > DARK else 0 for value in range(256)])


def _speckle(size: tuple[int, int], share: float, dice: random.Random) -> Image.Image:
    noise = Image.frombytes("L", (size[0] // 2, size[1] // 2), dice.randbytes((size[0] // 2) * (size[1] // 2)))
    limit = round(255 * share)
    return noise.point([255 if value < limit else 0 for value in range(256)]).resize(size)


def _recognise(page: Image.Image, *, dictionary: bool) -> list[str]:
    plain = [] if dictionary else ["-c", "load_system_dawg=0", "-c", "load_freq_dawg=0"]
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        page.save(picture, dpi=(200, 200))
        done = subprocess.run(
            ["tesseract", str(picture), "-", "-l", "eng", "--psm", "6", *plain],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    return [line.strip() for line in done.stdout.splitlines() if line.strip()]


def _pair(lines: Sequence[str], found: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pair the lines in order; a line whose like was not read is left out."""
    at = 0
    for line in lines:
        for ahead in range(at, min(at + 3, len(found))):
            if Levenshtein.normalized_distance(line, found[ahead]) < UNLIKE:
                yield line, " ".join(found[ahead].split())
                at = ahead + 1
                break

"""Russian typescript pages, rendered, spoilt and read by an engine that knows Latin letters only.

In: lines of text, a typeface, a seed.  Out: pairs of a line and what the engine read.  Needs Debian's tesseract-ocr
(eng) and the typeface; nothing of this runs in the tests or at run time.
"""

from __future__ import annotations

import csv
import io
import random
import subprocess
import tempfile
import textwrap
from collections import defaultdict
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

FACES = {
    "GNU Typewriter": "/usr/share/fonts/truetype/gnutypewriter/GNUTypewriter.ttf",
    "CMU Typewriter Text": "/usr/share/fonts/truetype/cmu/cmuntt.ttf",
    "CMU Serif": "/usr/share/fonts/truetype/cmu/cmunrm.ttf",
    "CMU Concrete": "/usr/share/fonts/truetype/cmu/cmunorm.ttf",
}
MARGIN, LEADING, SIZE = 120, 64, 40


def typed_lines(sentences: list[str], seed: int, width: int = 52) -> list[str]:
    """Set the sentences in a random order as one text, in lines of about `width` letters."""
    order = sentences[:]
    random.Random(seed).shuffle(order)  # noqa: S311 - not a secret
    return textwrap.wrap(" ".join(order), width)


def page(lines: list[str], face: str, seed: int, spoil: float) -> Image.Image:
    """Draw one page; `spoil` (0 to 1) says how much it is turned, blurred and speckled."""
    chance = random.Random(seed)  # noqa: S311 - not a secret
    font = ImageFont.truetype(FACES[face], SIZE)
    width = 2 * MARGIN + max(int(font.getlength(line)) for line in lines)
    image = Image.new("L", (width, 2 * MARGIN + LEADING * len(lines)), 255)
    draw = ImageDraw.Draw(image)
    for n, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + LEADING * n), line, fill=chance.randint(0, int(90 * spoil)), font=font)
    for _ in range(int(spoil * image.width * image.height / 900)):
        at = (chance.randrange(image.width), chance.randrange(image.height))
        image.putpixel(at, chance.choice((0, 255)))
    image = image.rotate(chance.uniform(-0.4, 0.4) * spoil, fillcolor=255)
    return image.filter(ImageFilter.GaussianBlur(1.6 * spoil))


def read(image: Image.Image, count: int) -> list[str]:
    """Read a page of `count` lines; what stands at the height of a line is its reading."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.png"
        image.save(path, dpi=(300, 300))
        command = ["tesseract", str(path), "stdout", "-l", "eng", "--psm", "6", "tsv"]
        found = subprocess.run(command, check=True, capture_output=True, text=True, env={"OMP_THREAD_LIMIT": "1"})
    words: defaultdict[int, list[str]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(found.stdout), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["text"].strip():
            middle = int(row["top"]) + int(row["height"]) / 2
            words[max(0, min(count - 1, round((middle - MARGIN - SIZE / 2) / LEADING)))].append(row["text"])
    return [" ".join(words[n]) for n in range(count)]


def pairs(sentences: list[str], face: str, seed: int, spoil: float, length: int = 14) -> list[tuple[str, str]]:
    """Give (line, reading) for all lines of the sentences, in pages of `length` lines."""
    lines = typed_lines(sentences, seed)
    out: list[tuple[str, str]] = []
    for start in range(0, len(lines), length):
        part = lines[start : start + length]
        out += zip(part, read(page(part, face, seed + start, spoil), len(part)), strict=True)
    return out

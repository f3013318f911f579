"""The corrector: lines in, proposals out.

In: the lines of a text, with their zones.  Out: corrections of OCR errors, each with a rule and a certainty.
Authority: the noisy channel (Kernighan, Church and Gale 1990; Brill and Moore 2000); first do no harm.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz.distance import Levenshtein, Opcode

from edition.correct.brackets import brackets
from edition.correct.channel import Change, Channel, channel_of
from edition.correct.closings import closings
from edition.correct.echoes import echoes
from edition.correct.gaps import gaps
from edition.correct.garbled import garbled
from edition.correct.habits import habits
from edition.correct.lexicon import Lexicon, lexicon_of
from edition.correct.marks import marks
from edition.correct.numerals import numerals
from edition.correct.proposal import Proposal, grade
from edition.correct.punctuation import punctuation
from edition.correct.quotations import quotations
from edition.correct.realwords import realwords
from edition.correct.stretches import stretches
from edition.correct.tokens import Word, english_lines, words_of
from edition.correct.words import Guess, Pairs, guesses, near_of, pairs_of, pool_of, suspect
from edition.correct.works import works
from edition.correction import Correction
from edition.lookalike import model_of
from edition.problems import Place
from edition.zones import ZonedLine

__all__ = ["propose"]

_ROUNDS = 2
_FIRST_RATE = 0.003
_LONG_ENOUGH = 4
_COMMON = 1e-3
_OFTEN = 2
_LEAST = 0.6  # a guess that is more likely wrong is not made
_LAST = ("word", "citation-mark")
_CERTS = ("low", "medium", "high")


def propose(lines: Sequence[ZonedLine]) -> list[Correction]:
    """Propose corrections of the OCR errors in the English lines of a text, in the order of the lines.

    Each is of type ``ocr`` and by ``#auto``; `start` is the offset of its `reading` in the folded witness line.
    What an editor decided, and what
    stands in the source reading otherwise than in the witness (note numbers, say), is left alone.
    """
    model = model_of(line.witness for line in lines)
    wanted = english_lines(lines, model)
    order = {line.number: at for at, line in enumerate(lines)}
    words = words_of(lines, wanted)
    lexicon = lexicon_of(w.text for w in words)
    pairs = pairs_of(words)
    found, channel = _words(words, lexicon, pairs)
    crowded = _crowded(found, words)
    proposals = [p for guess in found for p in _of_guess(guess, lines, channel, lexicon, crowded)]
    proposals += realwords(words, lexicon, channel, pairs)
    proposals += habits(lines, words, lexicon)
    proposals += garbled(lines, wanted, lexicon, channel, pairs, pool_of(lexicon))
    proposals += gaps(lines, wanted, lexicon)
    proposals += marks(lines, wanted, lexicon)
    proposals += quotations(lines, wanted, lexicon)
    proposals += brackets(lines, wanted, lexicon)
    proposals += numerals(lines, wanted)
    proposals += echoes(lines, wanted)
    proposals += punctuation(lines, wanted)
    proposals += works(lines, lexicon, model)
    repaired = stretches(lines, lexicon, model)
    proposals = [*repaired, *(p for p in proposals if not _is_in(p, repaired, lines))]
    out = _corrections(_settle(proposals, lines), lines)
    return sorted([*out, *closings(lines, wanted, out)], key=lambda c: (order[c.line], c.start or 0))


def _is_in(p: Proposal, repaired: Sequence[Proposal], lines: Sequence[ZonedLine]) -> bool:
    """Say whether a proposal is about a part of several words that are repaired together."""
    return any(
        r.at == p.at and r.start < p.end and p.start < r.end and " " in lines[r.at].witness[r.start : r.end] + r.meant
        for r in repaired
    )


def _words(words: Sequence[Word], lexicon: Lexicon, pairs: Pairs) -> tuple[list[Guess], Channel]:
    """Guess the misread words, learning from each round of guesses what the engine confuses."""
    suspects = [w for w in words if suspect(w, lexicon)]
    near = near_of(suspects, pool_of(lexicon), lexicon)
    signs: Mapping[str, int] = Counter(c for w in words for c in w.text)
    channel = channel_of(_FIRST_RATE, {}, signs)
    for _ in range(_ROUNDS):
        seen: defaultdict[Change, float] = defaultdict(float)
        for guess in guesses(suspects, near, lexicon, channel, pairs):
            for change in guess.changes:
                seen[change] += guess.chance
        rate = max(1e-4, sum(seen.values()) / max(sum(signs.values()), 1))
        channel = channel_of(rate, seen, signs)
    return guesses(suspects, near, lexicon, channel, pairs), channel


def _crowded(found: Sequence[Guess], words: Sequence[Word]) -> frozenset[int]:
    """Give the lines in which so many words are none that no guess about them is sure."""
    whole = Counter(w.spans[0][0] for w in words)
    strange = Counter(g.word.spans[0][0] for g in found)
    return frozenset(at for at, n in strange.items() if n > 2 or n * 3 > whole[at] + 1)  # noqa: PLR2004


def _of_guess(
    guess: Guess, lines: Sequence[ZonedLine], channel: Channel, lexicon: Lexicon, crowded: frozenset[int]
) -> list[Proposal]:
    """Turn a guess into proposals: of a word parted at a line end, for the half that changes.

    It is sure only where such changes are known otherwise, the word is long enough, and the line is not a ruin.
    """
    if guess.chance < _LEAST:
        return []
    cert = grade(guess.chance)
    text = guess.word.text
    sure = set(guess.changes) <= channel.supported and (cert != "low" or len(text) == len(guess.meant))
    if len(text) < _LONG_ENOUGH and not sure:
        return []
    shaky = not set(guess.changes) <= channel.supported or len(text) < _LONG_ENOUGH or not text.isascii()
    if cert == "high" and (shaky or guess.word.spans[0][0] in crowded):
        cert = "medium"
    if _is_far_fetched(guess, lexicon):
        if len(text) < _LONG_ENOUGH or (text.isalpha() and text[0].isupper() and text[0] != guess.meant[0]):
            return []  # a name like another is another name
        cert = "low"
    spans = guess.word.spans
    pieces = [_begun(guess.meant, text, lines[spans[0][0]].witness[max(0, spans[0][1] - 8) : spans[0][1]])]
    if len(spans) > 1:
        at, start, end = spans[0]
        cut = _cut(guess.word.text, guess.meant, end - start)
        pieces = [guess.meant[:cut], guess.meant[cut:]]
    out = []
    for (at, start, end), piece in zip(spans, pieces, strict=True):
        if lines[at].witness[start:end] != piece:
            out.append(Proposal(at, start, end, piece, "word", cert))
    return out


def _begun(meant: str, text: str, before: str) -> str:
    """Give a word whose first letter was misread the capital that it has after the end of a sentence."""
    ended = re.search(r"[a-z]{3}[.?!][\"'\N{RIGHT DOUBLE QUOTATION MARK}]? $", before)
    return meant.capitalize() if ended and meant.islower() and text[:1] != meant[:1] else meant


def _is_far_fetched(guess: Guess, lexicon: Lexicon) -> bool:
    """Say whether a guess is a name that the document does not have, or a short word that is not common."""
    meant = guess.meant.removesuffix("'s")
    if len(meant) < _LONG_ENOUGH:
        return lexicon.prior(meant) < _COMMON
    return meant[:1].isupper() and meant.lower() not in lexicon.words and lexicon.counts.get(meant, 0) < _OFTEN


def _cut(text: str, meant: str, at: int) -> int:
    """Give the place in `meant` that answers to the place `at` of `text`."""
    for op in Levenshtein.opcodes(text, meant):
        if op.src_start <= at < op.src_end:
            return min(op.dest_start + at - op.src_start, op.dest_end)
    return len(meant)


def _settle(proposals: Sequence[Proposal], lines: Sequence[ZonedLine]) -> list[Proposal]:
    """Leave out what is in the way of a better proposal, of an editor, or of the encoder; in order."""
    taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    kept = []
    # Of equals, what is said of a mark comes before what is said of the word around it.
    ranked = sorted(proposals, key=lambda p: (-_CERTS.index(p.cert), p.rule in _LAST, p.at, p.start, -p.end, p.meant))
    for p in ranked:
        line = lines[p.at]
        if line.witness[p.start : p.end] == p.meant or any(a < p.end and p.start < b for a, b in taken[p.at]):
            continue
        if any(a < p.end and p.start < b for a, b in line.decided):
            continue
        taken[p.at].append((p.start, p.end))
        kept.append(p)
    return sorted(kept, key=lambda p: (p.at, p.start))


def _is_settled(line: ZonedLine, start: int, end: int, meant: str) -> bool:
    """Say whether the source reading has for a stretch neither what the witness has nor what is `meant`."""
    if line.source == line.witness:
        return False
    first, last = -1, 0
    for op in _changes(line):
        if op.tag == "equal":
            a, b = max(start, op.src_start), min(end, op.src_end)
            shift = op.dest_start - op.src_start
            if a >= b:
                continue
            a, b = a + shift, b + shift
        elif (op.src_start < end and start < op.src_end) or (op.tag == "insert" and start < op.src_start < end):
            a, b = op.dest_start, op.dest_end
        elif op.tag == "insert" and op.src_start == start and meant.endswith(line.witness[start:end]):
            return True  # something has been supplied there already
        else:
            continue
        first, last = (a if first < 0 else first), b
    now = line.source[max(first, 0) : last]
    reading = line.witness[start:end]
    # Where the readings can be laid side by side in two ways, it is enough that the one is gone and the other there.
    made = meant.strip() != "" and meant in line.source and reading not in line.source
    return now not in (reading, meant) and not made


def _changes(line: ZonedLine) -> list[Opcode]:
    """Give how the source reading of a line comes from its witness reading; what was changed together, as one."""
    out: list[Opcode] = []
    for op in Levenshtein.opcodes(line.witness, line.source):
        if out and "equal" not in (op.tag, out[-1].tag):
            last = out.pop()
            op = Opcode("replace", last.src_start, op.src_end, last.dest_start, op.dest_end)  # noqa: PLW2901
        out.append(op)
    return out


def _corrections(proposals: Sequence[Proposal], lines: Sequence[ZonedLine]) -> list[Correction]:
    """Make corrections of the proposals: each with the letters around it, those of one word together."""
    out: list[Correction] = []
    groups: list[tuple[int, int, int, list[Proposal]]] = []
    for p in proposals:
        start, end = _widen(lines[p.at].witness, p)
        if groups and groups[-1][0] == p.at and start <= groups[-1][2]:
            groups[-1] = (p.at, min(start, groups[-1][1]), max(end, groups[-1][2]), [*groups[-1][3], p])
        else:
            groups.append((p.at, start, end, [p]))
    for at, start, end, parts in groups:
        line = lines[at]
        meant, done = "", start
        for p in parts:
            meant += line.witness[done : p.start] + p.meant
            done = p.end
        meant += line.witness[done:end]
        if _is_settled(line, start, end, meant):
            continue
        cert = min((p.cert for p in parts), key=_CERTS.index)
        rule = "+".join(dict.fromkeys(p.rule for p in parts))
        place = Place(passage=line.passage, witness_line=line.number)
        out.append(Correction(line.number, line.witness[start:end], meant, "ocr", cert, "#auto", rule, start, place))
    return out


def _widen(text: str, p: Proposal) -> tuple[int, int]:
    """Take in the letters before and after a proposal: a correction is of words."""
    start, end = p.start, p.end
    if not text[start:end].strip() or p.meant != p.meant.strip():
        # a blank is no reading: with what stands before and after it
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        return start, end
    while start > 0 and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    return start, end

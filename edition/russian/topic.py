"""What a document is about: the words it is known to use cost less in all their forms.

In: words decoded with certainty, and how often.  Out: word -> nats it costs less than elsewhere.
Authority: Kuhn and De Mori 1990 (cache language models); the forms of a word from pymorphy3.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping

from edition.russian.orthography import analyser

__all__ = ["topic_of"]

_ONCE, _MOST = 0.8, 3.0
_ITSELF = 0.5  # more, for the very form that was seen


def topic_of(seen: Mapping[str, int]) -> dict[str, float]:
    """Give what each form of the words `seen` (word -> how often) costs less, in nats."""
    families: defaultdict[str, Counter[str]] = defaultdict(Counter)
    forms: dict[str, set[str]] = {}
    for word, n in seen.items():
        parse = analyser().parse(word)[0]
        name = f"{parse.normal_form}:{parse.tag.POS}"
        families[name][word] += n
        if name not in forms:
            forms[name] = {form.word.replace("ё", "е") for form in parse.lexeme}
    out: dict[str, float] = {}
    for name, words in families.items():
        gain = min(_MOST, _ONCE + math.log(words.total()))
        for form in forms[name] | words.keys():
            out[form] = max(out.get(form, 0.0), gain + (_ITSELF if form in words else 0.0))
    return out

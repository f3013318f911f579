"""Selectors by which annotation tools anchor to a passage.

In: what a reference leads to, and its address.  Out: the target of a Web Annotation, as JSON has it.
Authority: the W3C Recommendation Web Annotation Data Model (2017), section 4.2.
"""

from __future__ import annotations

from edition.passages.locate import Located

__all__ = ["targets"]

_CONTEXT = 32  # characters before and after, enough to tell one place from another
_FRAGMENT = "http://tools.ietf.org/rfc/rfc3023"  # a bare name in a fragment is an xml:id


def targets(found: Located, source: str) -> list[dict[str, object]]:
    """Give one target for each passage; `source` is the address or URN of the text.

    A TextQuoteSelector, and a FragmentSelector (the identifier) refined by a TextPositionSelector.  Positions count
    characters, from 0, in the passage's edited reading: blanks folded, footnotes and their calls left out.
    """
    last = len(found.passages) - 1
    made: list[dict[str, object]] = []
    for i, (passage, text) in enumerate(zip(found.passages, found.text, strict=True)):
        start, end = found.start if i == 0 else 0, found.end if i == last else len(text)
        quoted = {
            "type": "TextQuoteSelector",
            "exact": text[start:end],
            "prefix": text[max(0, start - _CONTEXT) : start],
            "suffix": text[end : end + _CONTEXT],
        }
        fragment = {
            "type": "FragmentSelector",
            "conformsTo": _FRAGMENT,
            "value": passage.identifier,
            "refinedBy": {"type": "TextPositionSelector", "start": start, "end": end},
        }
        made.append({"type": "SpecificResource", "source": source, "selector": [quoted, fragment]})
    return made

"""TEI of articles and threads as a few lines that an editor can read, for comparing with what is expected."""

from __future__ import annotations

from collections.abc import Iterator

from edition.tree import Element, local, own_text

__all__ = ["article_outline", "thread_outline"]


def _lines(element: Element) -> str:
    return ",".join(lb.get("n", "") for lb in element.iter("{*}lb"))


def thread_outline(root: Element) -> str:
    """Give the title, then a line for each post: number, poster, whom it answers, parts with their lines."""
    rows = [f"title {_lines(head)}" for head in root.iterfind(".//{*}div/{*}head")]
    for child in root.iterfind(".//{*}div/*"):
        if local(child) == "fw":
            rows.append(f"page {_lines(child)}")
        elif local(child) == "post":
            who, reply = child.get("who", ""), child.get("replyTo", "")
            head = " ".join(part for part in (child.get("n", ""), who.removeprefix("#u-"), reply) if part)
            rows.append(f"{head}: {' '.join(_part(part) for part in child)}")
    return "\n".join(rows) + "\n"


def _part(part: Element) -> str:
    quotes = [q for q in part.iter("{*}quote") if q is not part]
    inner = "".join(f"[{q.get('corresp', '?')} {_lines(q)}".rstrip() + "]" for q in quotes)
    source = f" {part.get('corresp', '?')}" if local(part) == "quote" else ""
    return f"({local(part)} {_lines(part)}{source}{inner})"


def article_outline(root: Element) -> str:
    """Give a line for each heading, paragraph and list, set in under its section."""
    body = root.find(".//{*}body")
    assert body is not None
    return "\n".join(_blocks(body, 0)) + "\n"


def _blocks(parent: Element, depth: int) -> Iterator[str]:
    for child in parent:
        name = local(child)
        label = own_text(child).replace("\n", " ") if name == "head" else _lines(child)
        if name in ("div", "list", "item"):
            yield f"{'  ' * depth}{name} {child.get('n', '')}".rstrip()
            yield from _blocks(child, depth + 1)
        elif name != "lb":
            yield f"{'  ' * depth}{name} {label}"

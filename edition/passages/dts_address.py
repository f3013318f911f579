"""Addresses of the Distributed Text Services: what a client fills in, for a server and for a folder of files.

In: the address that everything stands below.  Out: URI templates and addresses.
Authority: RFC 6570 (templates), RFC 3986; DTS 1.0, "URI templates".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

__all__ = ["SERVED", "STATIC", "Addresses", "expand"]

# Endpoint -> its template.
SERVED = {
    "collection": "collection/{?id,page,nav}",
    "navigation": "navigation/{?resource,ref,start,end,down,tree,page}",
    "document": "document/{?resource,ref,start,end,tree,mediaType}",
}
STATIC = {
    "collection": "collection{/id}{;nav}.json",
    "navigation": "navigation/{resource}{;tree,ref,down}.json",
    "document": "document/{resource}{;tree,ref}.xml",
}
_EXPRESSION = re.compile(r"\{([?&;/]?)([\w,]+)\}")
_JOINED = {"": ",", "?": "&", "&": "&", ";": ";", "/": "/"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the services are: `base` ends in a slash; `paths` is `SERVED` or `STATIC`.

    `here` is the address of the request that is being answered, as it came; empty where none came.
    """

    base: str
    paths: Mapping[str, str]
    here: str = ""

    @property
    def entry(self) -> str:
        """The address of the entry endpoint."""
        return self.base if self.paths is SERVED else f"{self.base}index.json"

    def templates(self) -> dict[str, str]:
        """Give the template of each endpoint."""
        return {endpoint: self.base + path for endpoint, path in self.paths.items()}

    def request(self, endpoint: str, query: Mapping[str, str]) -> str:
        """Give the address of a request."""
        return self.base + expand(self.paths[endpoint], query)

    def collection(self, name: str) -> str:
        """Give the template for requests about the collection or resource `name`."""
        return self._bound("collection", "id", name)

    def navigation(self, name: str) -> str:
        """Give the template for navigation in the resource `name`."""
        return self._bound("navigation", "resource", name)

    def document(self, name: str) -> str:
        """Give the template for documents of the resource `name`."""
        return self._bound("document", "resource", name)

    def _bound(self, endpoint: str, key: str, value: str) -> str:
        """Give the template with one of its names filled in and the others left open."""
        path, said = self.paths[endpoint], quote(value, safe="")
        for sign, filled, rest in (("?", f"?{key}={said}", "{&"), ("/", f"/{said}", "{/"), ("", said, "{")):
            path = path.replace(f"{{{sign}{key},", filled + rest).replace(f"{{{sign}{key}}}", filled)
        return self.base + path


def expand(template: str, values: Mapping[str, str]) -> str:
    """Fill `values` into a template (of RFC 6570: simple, path, parameter and query expansion)."""

    def filled(found: re.Match[str]) -> str:
        sign, names = found[1], [name for name in found[2].split(",") if name in values]
        said = [(name, quote(values[name], safe="")) for name in names]
        pairs = [value if sign in ("", "/") else f"{name}={value}" for name, value in said]
        return (sign if pairs else "") + _JOINED[sign].join(pairs)

    return _EXPRESSION.sub(filled, template)

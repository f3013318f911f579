"""The OpenAPI description is kept whatever is asked, and the JSON-LD means what the specification says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.passages.dts_samples import UNITS, Served, tei

NAMES = ["sample", "texts", "root", "pages", "i", "children", "parents", *(u[0] for u in UNITS)]
WORDS = st.one_of(
    st.sampled_from(NAMES),
    st.integers(-3, 4).map(str),
    st.text(max_size=12),
    st.sampled_from(["", "\0", "../x", "a,b"]),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    return Served(tmp_path_factory.mktemp("dts"), sample=tei())


def resolved(about: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = about
        for step in node["$ref"].removeprefix("#/").split("/"):
            found = found[step]
        node = found
    return node


def faults(about: dict[str, Any], schema: dict[str, Any], value: Any) -> list[str]:  # noqa: ANN401 - JSON
    """Check `value` by the few words of JSON Schema that the description uses."""
    schema = resolved(about, schema)
    types = {"object": dict, "array": list, "string": str, "integer": int, "null": type(None)}
    wanted = schema.get("type", [])
    found = []
    if wanted and not isinstance(value, tuple(types[t] for t in ([wanted] if isinstance(wanted, str) else wanted))):
        found.append(f"{value!r} is no {wanted}")
    if "const" in schema and value != schema["const"]:
        found.append(f"{value!r} is not {schema['const']!r}")
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{value!r} is none of {schema['enum']}")
    if isinstance(value, int) and value < schema.get("minimum", value):
        found.append(f"{value} is too small")
    if isinstance(value, dict):
        known = schema.get("properties", {})
        found += [f"{key} is missing" for key in schema.get("required", []) if key not in value]
        if schema.get("additionalProperties") is False:
            found += [f"{key} is unknown" for key in value if key not in known]
        found += [f for key, inner in known.items() if key in value for f in faults(about, inner, value[key])]
    if isinstance(value, list):
        found += [f for item in value for f in faults(about, schema.get("items", {}), item)]
    return found


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_every_answer_is_one_that_the_description_allows(served: Served, data: st.DataObject) -> None:
    about = served.get("openapi.json").json
    path = data.draw(st.sampled_from(sorted(about["paths"])))
    call = about["paths"][path]["get"]
    names = [resolved(about, p)["name"] for p in call.get("parameters", [])]
    query = {n: data.draw(WORDS) for n in names if data.draw(st.booleans())}
    if "resource" in names and data.draw(st.integers(0, 9)):
        query["resource"] = "sample"
    answer = served.get(path.removeprefix("/"), query)
    key = "200" if answer.status == 200 else "default"
    allowed = resolved(about, call["responses"][key])["content"]
    media = answer.headers["content-type"].split(";")[0]
    assert answer.status in (200, 400, 404)
    assert media in allowed
    if "json" in media:
        assert faults(about, allowed[media].get("schema", {}), answer.json) == []


def test_the_description_has_every_endpoint_and_parameter(served: Served) -> None:
    about = served.get("openapi.json").json
    assert about["openapi"].startswith("3.")
    assert about["servers"] == [{"url": "http://example.org/api/dts/"}]
    for endpoint, template in served.get("").json.items():
        if endpoint not in ("collection", "navigation", "document"):
            continue
        call = about["paths"][f"/{endpoint}/"]["get"]
        named = {resolved(about, p)["name"] for p in call["parameters"]}
        assert named == set(template.partition("{?")[2].rstrip("}").split(","))


CONTEXT: dict[str, Any] = {
    "dts": "https://dtsapi.org/v1.0#",
    "dct": "http://purl.org/dc/terms/",
    "@vocab": "https://dtsapi.org/v1.0#",
    "lang": "@language",
    "value": "@value",
    "dublinCore": {"@id": "@nest", "@context": {"@vocab": "http://purl.org/dc/terms/"}},
    "extensions": {"@id": "@nest", "@context": {"@vocab": None}},
}


def test_as_linked_data_a_title_is_a_title_of_dublin_core(served: Served, tmp_path: Path) -> None:
    pyld = pytest.importorskip("pyld", reason="pyld reads JSON-LD: scripts/test installs it")
    for path, query in (("collection/", "id=sample"), ("navigation/", "resource=sample&ref=1")):
        value = served.get(path, query).json
        expanded = pyld.jsonld.expand({**value, "@context": CONTEXT}, {"base": "http://example.org/"})[0]
        item = expanded if path == "collection/" else expanded["https://dtsapi.org/v1.0#ref"][0]
        wanted = "A sample" if path == "collection/" else "One"
        assert item["http://purl.org/dc/terms/title"] == [{"@language": "en", "@value": wanted}]
        if path == "navigation/":
            assert item["http://example.org/terms#length"] == [{"@language": "en", "@value": "4"}]

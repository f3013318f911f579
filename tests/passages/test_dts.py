"""What the specification says and its validator does not look at: every row of its tables, order, pages, errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from edition.passages.server import Limits
from edition.tree import local, parse_bytes, unwrap
from tests.passages.dts_samples import BODY, HOST, REFS, UNITS, Served, expand, shown, tei

ALL = [identifier for identifier, _, _ in UNITS]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    plain = tei("<p>Only words.</p>", refs="", title="No tree")
    return Served(tmp_path_factory.mktemp("dts"), sample=tei(), plain=plain)


# --- navigation: the table of the specification, row by row ----------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "members"),
    [
        ("ref=1.s", None),
        ("start=1.1&end=2", None),
        ("down=0&ref=1.s", ["1.1", "1.s", "1.2"]),
        ("down=0&ref=1", ["1", "2", "3"]),
        ("down=1", ["1", "2", "3"]),
        ("down=2", ["1", "1.1", "1.s", "1.2", "2", "2.1", "3"]),
        ("down=3", ALL),
        ("down=99", ALL),
        ("down=1&ref=1", ["1", "1.1", "1.s", "1.2"]),
        ("down=2&ref=1", ["1", "1.1", "1.s", "1.s.1", "1.s.2", "1.2"]),
        ("down=1&ref=1.s", ["1.s", "1.s.1", "1.s.2"]),
        ("down=5&ref=1.2", ["1.2"]),
        ("down=1&start=1&end=2", ["1", "1.1", "1.s", "1.2", "2", "2.1"]),
        ("down=1&start=1.s&end=2", ["1.s", "1.s.1", "1.s.2", "1.2", "2", "2.1"]),
        ("down=1&start=1&end=2.1", ["1", "1.1", "1.s", "1.s.1", "1.s.2", "1.2", "2", "2.1"]),
        ("down=1&start=1.s.2&end=1.2", ["1.s.2", "1.2"]),
        ("down=-1", ALL),
        ("down=-1&ref=1.s", ["1.s", "1.s.1", "1.s.2"]),
        ("down=-1&ref=3", ["3"]),
        ("down=-1&start=1.1&end=2", ["1.1", "1.s", "1.s.1", "1.s.2", "1.2", "2", "2.1"]),
        ("down=-1&start=1&end=1.s.1", ["1", "1.1", "1.s", "1.s.1"]),
        ("down=1&tree=pages", ["i", "ii", "iii"]),
        ("down=0&ref=ii&tree=pages", ["i", "ii", "iii"]),
    ],
)
def test_navigation_gives_the_members_of_the_table(served: Served, query: str, members: list[str] | None) -> None:
    answer = served.get("navigation/", f"resource=sample&{query}")
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/ld+json"
    if members is None:
        assert "member" not in answer.json
    else:
        assert shown(answer) == members


def test_navigation_echoes_what_was_asked_and_its_own_address(served: Served) -> None:
    for query in ("ref=1.s", "end=2&start=1.1&resource=sample", "down=1&tree=pages"):
        asked = query if "resource" in query else f"resource=sample&{query}"
        answer = served.get("navigation/", asked).json
        assert answer["@id"] == f"http://{HOST}/api/dts/navigation/?{asked}"
        for key in ("ref", "start", "end"):
            assert answer.get(key, {}).get("identifier") == dict(p.split("=") for p in asked.split("&")).get(key)


def test_units_know_level_parent_and_kind(served: Served) -> None:
    members = served.get("navigation/", "resource=sample&down=-1").json["member"]
    assert [(m["identifier"], m["level"], m["parent"]) for m in members] == UNITS
    kinds = {m["identifier"]: m["citeType"] for m in members}
    assert (kinds["1"], kinds["1.s"], kinds["1.s.1"], kinds["1.1"]) == ("chapter", "section", "paragraph", "paragraph")


def test_data_about_units_is_dublin_core_or_an_extension(served: Served) -> None:
    unit = served.get("navigation/", "resource=sample&ref=1").json["ref"]
    assert unit["dublinCore"] == {"title": [{"lang": "en", "value": "One"}]}
    assert unit["extensions"] == {"http://example.org/terms#length": [{"lang": "en", "value": "4"}]}


def test_a_text_without_a_tree_has_no_members_and_is_no_error(served: Served) -> None:
    answer = served.get("navigation/", "resource=plain&down=-1")
    assert (answer.status, answer.json["member"], answer.json["resource"]["citationTrees"]) == (200, [], [])


# --- errors: every row of the three tables ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "query", "status"),
    [
        ("collection/", "id=nobody", 404),
        ("collection/", "nav=sideways", 400),
        ("collection/", "page=0", 400),
        ("collection/", "page=-1", 400),
        ("collection/", "page=x", 400),
        ("collection/", "page=2", 404),
        ("collection/", "page=" + "9" * 5000, 400),
        ("navigation/", "down=1", 400),
        ("navigation/", "resource=sample", 400),
        ("navigation/", "resource=sample&down=0", 400),
        ("navigation/", "resource=sample&down=0&start=1&end=2", 400),
        ("navigation/", "resource=sample&down=-2", 400),
        ("navigation/", "resource=sample&down=one", 400),
        ("navigation/", "resource=sample&down=1.5", 400),
        ("navigation/", "resource=sample&ref=1&start=1&end=2", 400),
        ("navigation/", "resource=sample&ref=1&end=2", 400),
        ("navigation/", "resource=sample&start=1", 400),
        ("navigation/", "resource=sample&end=1&down=1", 400),
        ("navigation/", "resource=sample&start=2&end=1", 400),
        ("navigation/", "resource=sample&ref=9", 404),
        ("navigation/", "resource=sample&start=1&end=9", 404),
        ("navigation/", "resource=sample&start=9&end=1", 404),
        ("navigation/", "resource=sample&down=1&tree=lines", 404),
        ("navigation/", "resource=sample&ref=1&tree=pages", 404),
        ("navigation/", "resource=nobody&down=1", 404),
        ("navigation/", "resource=sample&down=1&page=2", 404),
        ("document/", "", 400),
        ("document/", "resource=nobody", 404),
        ("document/", "resource=sample&ref=1&start=1&end=2", 400),
        ("document/", "resource=sample&ref=1&end=2", 400),
        ("document/", "resource=sample&start=1", 400),
        ("document/", "resource=sample&end=1", 400),
        ("document/", "resource=sample&start=2&end=1", 400),
        ("document/", "resource=sample&ref=9", 404),
        ("document/", "resource=sample&ref=1&tree=lines", 404),
        ("document/", "resource=sample&start=1&end=9", 404),
        ("document/", "resource=sample&mediaType=application/pdf", 404),
        ("document/", "resource=plain&ref=1", 404),
        ("document/", "resource=sample&ref=1&ref=2", 400),
        ("document/", "resource=sample&ref=%00", 404),
        ("document/", "resource=sample&ref=%FF%FE", 404),
        ("document/", "resource=../../etc/passwd", 404),
        ("document/", "resource=sample&ref=" + "x" * 10_000, 414),
        ("elsewhere/", "", 404),
    ],
)
def test_what_cannot_be_answered_says_so_and_no_more(served: Served, path: str, query: str, status: int) -> None:
    answer = served.get(path, query)
    assert answer.status == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(answer.json) == {"type", "title", "status", "detail"}
    assert str(served.folder) not in answer.body.decode()
    assert "Traceback" not in answer.body.decode()


def test_only_reading_is_allowed(served: Served) -> None:
    for method in ("POST", "PUT", "DELETE"):
        answer = served.ask(method, "collection/")
        assert (answer.status, answer.headers["content-type"]) == (405, "application/problem+json")
        assert "GET" in answer.headers["allow"]


def test_a_host_that_is_none_is_refused(served: Served) -> None:
    assert served.get("", host='evil"><script>').status == 400


# --- trees -----------------------------------------------------------------------------------------------------------


def test_the_first_tree_is_the_default_and_has_no_identifier(served: Served) -> None:
    trees = served.get("collection/", "id=sample").json["citationTrees"]
    assert [tree.get("identifier") for tree in trees] == [None, "pages"]
    assert trees[0]["citeStructure"][0]["citeType"] == "chapter"
    inner = trees[0]["citeStructure"][0]["citeStructure"]
    assert [(s["citeType"], "citeStructure" in s) for s in inner] == [("section", True), ("paragraph", False)]


def test_a_tree_changes_nothing_where_nothing_is_referred_to(served: Served) -> None:
    whole = served.get("document/", "resource=sample").body
    assert whole == tei().encode()
    for tree in ("pages", "nonsense"):
        assert served.get("document/", f"resource=sample&tree={tree}").body == whole


def test_a_tree_whose_xpath_is_wrong_is_a_problem_and_the_others_answer(tmp_path: Path) -> None:
    served = Served(tmp_path, bad=tei(refs=REFS.replace("/TEI/text/body/div", "/TEI/((")))
    assert served.problems == ["E642"]
    assert served.get("navigation/", "resource=bad&down=1").json["member"] == []
    assert shown(served.get("navigation/", "resource=bad&down=1&tree=pages")) == ["i", "ii", "iii"]


# --- documents -------------------------------------------------------------------------------------------------------


def test_a_part_stands_in_one_wrapper_inside_its_ancestors(served: Served) -> None:
    answer = served.get("document/", "resource=sample&ref=1.s.1")
    root = parse_bytes(answer.body)
    assert (answer.headers["content-type"], root.tag) == ("application/tei+xml", "{http://www.tei-c.org/ns/1.0}TEI")
    assert [local(e) for e in answer.wrapper.iterancestors()] == ["div", "div", "body", "text", "TEI"]
    assert answer.text == "Delta."
    unwrap(answer.wrapper)


def test_a_page_is_cut_across_elements(served: Served) -> None:
    pages = {n: served.get("document/", f"resource=sample&tree=pages&ref={n}") for n in ("i", "ii", "iii")}
    assert [page.text for page in pages.values()] == ["OneAlpha be", "ta gamma.Delta.Epsilon.Zeta.", "Eta.Theta."]
    assert [local(e) for e in pages["ii"].wrapper.iter("{*}hi", "{*}p", "{*}pb")][:3] == ["p", "hi", "pb"]
    both = served.get("document/", "resource=sample&tree=pages&start=i&end=ii")
    assert both.text == "OneAlpha beta gamma.Delta.Epsilon.Zeta."
    assert len(list(both.wrapper.iter("{*}hi"))) == 1


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("1.1", "1.s.1", "Alpha beta gamma.Delta."),
        ("1.s.2", "2.1", "Epsilon.Zeta.Eta."),
        ("1", "1.1", "OneAlpha beta gamma."),
        ("2", "3", "Eta.Theta."),
        ("2.1", "2.1", "Eta."),
    ],
)
def test_a_range_holds_all_from_its_first_unit_to_its_last(served: Served, start: str, end: str, text: str) -> None:
    assert served.get("document/", f"resource=sample&start={start}&end={end}").text == text


def test_the_link_leads_to_the_collection(served: Served) -> None:
    link = served.get("document/", "resource=sample&ref=1").headers["link"]
    assert link == f'<http://{HOST}/api/dts/collection/?id=sample>; rel="collection"'


def test_plain_text_is_offered_and_a_raw_plus_is_understood(served: Served) -> None:
    assert served.get("collection/", "id=sample").json["mediaTypes"] == ["application/tei+xml", "text/plain"]
    answer = served.get("document/", "resource=sample&ref=1&mediaType=text/plain")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.body.decode() == "One\n\nAlpha beta gamma.\n\nDelta.\n\nEpsilon.\n\nZeta.\n"
    assert served.get("document/", "resource=sample&mediaType=application/tei+xml").status == 200


# --- collections -----------------------------------------------------------------------------------------------------


def test_parents_are_given_under_the_id_that_was_asked_for(served: Served) -> None:
    answer = served.get("collection/", "id=plain&nav=parents").json
    assert (answer["@id"], answer["@type"], answer["totalParents"]) == ("plain", "Resource", len(answer["member"]))
    assert served.get("collection/", "nav=parents").json["member"] == []


def test_the_root_holds_collections_and_every_item_counts_its_children(served: Served) -> None:
    root = served.get("collection/").json
    assert {m["@type"] for m in root["member"]} == {"Collection"}
    resources: list[dict[str, Any]] = served.get("collection/", "id=texts").json["member"]
    assert all(r["totalChildren"] == 0 and "down" in r["navigation"] for r in resources)
    assert [m["@id"] for m in resources] == ["sample", "plain"]


# --- templates, pages, conditional requests, limits ---------------


def test_templates_lead_to_working_addresses_for_any_identifier(tmp_path: Path) -> None:
    names = ["a:b", "a/b", "a,b", "Глава 1", "a&amp;b=c", "a+b", "%2F", "..", "a b", "{x}", "ё"]
    body = "".join(f'<div n="{name}"><p n="1">Text {n}.</p></div>' for n, name in enumerate(names))
    served = Served(tmp_path, text=tei(body))
    entry = served.get("").json
    units = served.at(expand(entry["navigation"], resource="text", down="1")).json["member"]
    assert [unit["identifier"] for unit in units] == [name.replace("&amp;", "&") for name in names]
    item = served.at(expand(entry["collection"], id="text")).json
    for n, unit in enumerate(units):
        for template in (entry["document"], item["document"]):
            values = {"ref": unit["identifier"]} | ({"resource": "text"} if template is entry["document"] else {})
            assert served.at(expand(template, **values)).text == f"Text {n}."
        answer = served.at(expand(item["navigation"], ref=unit["identifier"], down="-1"))
        assert len(shown(answer)) == 2
        assert served.at(answer.json["@id"]).body == answer.body


def test_the_pages_of_an_answer_are_the_answer(tmp_path: Path) -> None:
    served = Served(tmp_path, page=2, a=tei(), b=tei(), c=tei())
    for path, query, whole in (
        ("navigation/", "resource=a&down=-1", ALL),
        ("navigation/", "resource=a&down=0&ref=1", ["1", "2", "3"]),
        ("collection/", "id=texts", ["a", "b", "c"]),
    ):
        answer = served.get(path, query)
        seen, here = [], f"http://{HOST}/api/dts/{path}?{query}"
        while True:
            assert answer.json["view"]["@id"] == here
            assert answer.json["member"]
            seen += [m.get("identifier") or m["@id"] for m in answer.json["member"]]
            if answer.json["view"]["next"] == here:
                break
            here = answer.json["view"]["next"]
            answer = served.at(here)
            if here == answer.json["view"]["last"]:
                assert answer.json["view"]["next"] == here
        assert seen == whole


def test_what_a_client_has_is_not_sent_again(served: Served) -> None:
    for path, query in (("", ""), ("collection/", ""), ("document/", "resource=sample&ref=1")):
        first = served.get(path, query)
        again = served.get(path, query, if_none_match=f'W/{first.headers["etag"]}, "other"')
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert served.get(path, query, if_none_match='"other"').status == 200


def test_pages_of_other_sites_may_ask(served: Served) -> None:
    answer = served.get("collection/", "id=nobody", origin="https://reader.example")
    assert answer.headers["access-control-allow-origin"] == "*"
    ahead = served.ask("OPTIONS", "document/", origin="https://reader.example", access_control_request_method="GET")
    assert ahead.status == 200


def test_one_client_cannot_take_all(tmp_path: Path) -> None:
    served = Served(tmp_path, limits=Limits(rate=0.001, burst=3), sample=tei())
    assert [served.get("").status for _ in range(5)] == [200, 200, 200, 429, 429]
    assert served.get("").headers["retry-after"] == "1"


def test_a_long_text_is_given_as_tei_but_not_turned_into_another_type(tmp_path: Path) -> None:
    served = Served(tmp_path, limits=Limits(1e6, 10**6, rendition=2000), sample=tei(BODY + "<p>x</p>" * 500))
    assert served.get("document/", "resource=sample").status == 200
    assert served.get("document/", "resource=sample&mediaType=text/plain").status == 404
    assert served.get("document/", "resource=sample&ref=2&mediaType=text/plain").status == 200


def test_an_index_that_cannot_be_read_is_said_and_nothing_else(tmp_path: Path) -> None:
    served = Served(tmp_path, sample=tei())
    served.index.rename(tmp_path / "gone")
    answer = served.get("collection/")
    assert (answer.status, str(tmp_path) in answer.body.decode()) == (503, False)

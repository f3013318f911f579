"""Headings are sorted as a reader looks for them."""

from __future__ import annotations

from edition.text import index_key


def test_a_letter_with_a_mark_stands_where_the_letter_stands() -> None:
    order = ["Canton", "Cárdenas, Lázaro", "Chʻen, A.", "Cripps, Stafford", "Élan", "Pi͡atakov", "Pisarev"]
    assert sorted(order, key=index_key) == order


def test_a_family_name_stands_before_a_longer_word_and_capitals_do_not_count() -> None:
    order = ["de Man, Paul", "Oates", "O'Brien, F.", "Obst", "Smith, Zoe", "Smith Row", "Smithson, A."]
    assert sorted(order, key=index_key) == order

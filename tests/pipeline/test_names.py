"""Whose seal is it: rotation, misreads, look-alikes, choosing among parties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.names import OWNER_FOREIGN, OWNER_MARGIN, OWNER_SURE, character_weight, owner_among, owner_score, plain_name

NAME = "深圳市华鹏科技有限公司"
TEXTS = st.text(alphabet="深圳市华鹏科技有限公司东莞恒锐精密机床（）12 A", max_size=30)


@pytest.mark.parametrize("start", range(len(NAME)))
def test_the_start_of_the_ring_does_not_matter(start: int) -> None:
    assert owner_score(NAME, NAME[start:] + NAME[:start]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "text",
    [f"{NAME} 91440300MA5DBYX94A 发票专用章", f"{NAME}合同专用章", "深圳市华鹏科技有限公司（1）", "自深圳市华鹏科技有限公司"],
)
def test_what_else_is_cut_into_the_seal_costs_nothing(text: str) -> None:
    assert owner_score(NAME, text) >= OWNER_SURE


@pytest.mark.parametrize(
    "text",
    [
        "深圳市华朋科技有限公司",  # one character of the 字号
        "深圳市华鹏电子科技有限公司",  # one word more
        "深圳市华鹏电子有限公司",  # another trade
        "北京华鹏科技有限公司",  # another place
        "深圳市华鹏科技有限公司深圳分公司",  # a branch
        "深圳市新华鹏科技有限公司",  # one character more
    ],
)
def test_look_alikes_are_never_sure(text: str) -> None:
    assert OWNER_FOREIGN < owner_score(NAME, text) < OWNER_SURE


@pytest.mark.parametrize("text", ["深圳市宝捷模具有限公司", "广州旅宝网络科技有限公司", "有限公司", "", "12345", "发票专用章"])
def test_others_are_foreign(text: str) -> None:
    assert owner_score(NAME, text) < OWNER_FOREIGN


def test_brackets_and_width_do_not_matter() -> None:
    assert owner_score("鹏程（深圳）ＡＢ有限公司", "鹏程(深圳)AB有限公司") == pytest.approx(1.0)


def test_rare_characters_weigh_more() -> None:
    assert character_weight("司") < character_weight("深") < character_weight("科") < character_weight("鑫") < character_weight("罡")


def test_the_owner_needs_a_lead() -> None:
    others = ["东莞市恒锐精密机床有限公司", "深圳市宝捷模具有限公司"]
    assert owner_among(NAME, [*others, NAME]) == (NAME, pytest.approx(1.0))
    assert owner_among("深圳市华鹏科投有限公司", [*others, NAME])[0] == NAME
    assert owner_among("科技有限公司深圳市华", [NAME, "深圳市华恒科技有限公司"])[0] is None
    assert owner_among("惠州市泰鸿食品有限公司", [*others, NAME])[0] is None
    assert owner_among(NAME, [NAME, "深圳市华鹏科技有限公司 "])[0] == NAME
    assert owner_among("", [NAME]) == (None, 0.0)
    assert owner_among(NAME, []) == (None, 0.0)


@given(TEXTS, TEXTS)
def test_scores_stay_between_nought_and_one(name: str, text: str) -> None:
    assert 0.0 <= owner_score(name, text) <= 1.0 + 1e-9


@given(TEXTS, st.lists(TEXTS, max_size=4))
def test_an_owner_always_leads(text: str, parties: list[str]) -> None:
    owner, score = owner_among(text, parties)
    if owner is not None:
        others = [owner_score(p, text) for p in parties if plain_name(p) != plain_name(owner)]
        assert all(score - other >= OWNER_MARGIN - 1e-9 for other in others)

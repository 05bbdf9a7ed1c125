"""A policy year is data: it loads, it complains by leaf, and another year changes the rules without code."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.errors import PolicyError
from pipeline.model import Dossier, Submission
from pipeline.policy import Policy, load_policy, parse_policy
from validators import validate

RAW = (Path(__file__).parents[3] / "pipeline/policy/2020.toml").read_bytes()
GUIDE = Path(__file__).parents[4] / "shared/guide/guide-2020.txt"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("2020")


def changed(*edits: tuple[str, str]) -> bytes:
    text = RAW.decode()
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    return text.encode()


def test_figures_of_the_guide(policy: Policy) -> None:
    terms = policy.categories
    assert {c: t.cap.value for c, t in terms.items()} == {
        "1": 10_000_000, "2": 20_000_000, "3": 50_000_000, "4a": 5_000_000, "4b": 5_000_000, "5": 50_000_000,
    }  # fmt: skip
    assert terms["2"].smart_minimum is not None and terms["2"].smart_minimum.value == Decimal(5_000_000)
    assert policy.deadlines.online_close.value.isoformat() == "2020-06-24T18:00:00+08:00"
    assert policy.years.lookback.value == (2017, 2018, 2019)


@pytest.mark.parametrize(
    ("category", "day", "inside"),
    [
        ("1", "2018-12-31", False), ("1", "2019-01-01", True), ("1", "2019-12-31", True), ("1", "2020-01-01", False),
        ("3", "2017-12-31", False), ("3", "2018-01-01", True), ("3", "2020-06-24", True), ("3", "2020-06-25", False),
        ("4b", "2019-12-31", True), ("4b", "2020-01-01", False),
    ],
)  # fmt: skip
def test_deadline_vectors_of_the_rule_book(policy: Policy, category: str, day: str, inside: bool) -> None:
    assert (date.fromisoformat(day) in policy.window(category)) is inside  # type: ignore[arg-type]


def test_switch_moves_the_closing_date() -> None:
    other = parse_policy(changed(('value = "online"\noptions = ["online", "paper"]', 'value = "paper"\noptions = ["online", "paper"]')), "x")
    assert other.window("3").end == date(2020, 7, 24)


def test_vat_rates_by_day(policy: Policy) -> None:
    rates = [policy.rates_on(date.fromisoformat(d)) for d in ("2018-04-30", "2018-05-01", "2019-03-31", "2019-04-01", "2016-01-01")]
    assert [r.goods[0] if r else None for r in rates] == [Decimal("0.17"), Decimal("0.16"), Decimal("0.16"), Decimal("0.13"), None]


@pytest.mark.parametrize(
    ("old", "new", "leaf", "what"),
    [
        ('cap = { value = 20000000,', 'cap = { value = "viel",', "categories.2.cap.value", "应为数值"),
        ('rate = { value = 0.10, clause = "四（二）1" }', 'rate = { value = 10, clause = "四（二）1" }', "categories.1.rate.value", "数值过大"),
        ('smart_minimum = { value = 5000000, unit = "元", clause = "五专项（二）（3）" }', 'smart_minimum = { value = 5000000, unit = "元" }',
         "categories.2.smart_minimum.clause", "缺少此项"),
        ('paper_close = { value', 'paper_closed = { value', "deadlines.paper_close", "缺少此项"),
        ('value = "limit_non_fixed"', 'value = "anything"', "switches.I-1", "应为"),
        ('window_end = { value = 2019-12-31, clause = "四（二）1" }', 'window_end = { value = 2018-12-31, clause = "四（二）1" }',
         "categories.1", "window_end"),
        ('disbursement_months = { value = 1, unit = "月", clause = "十二" }', 'disbursement_months = { value = 1, unit = "月", clause = "九十" }',
         "deadlines.disbursement_months.clause", "九十"),
        ('stand_ins = ["M31b"]', 'stand_ins = ["M99"]', "stand_ins", "M99"),
        ('until = 2018-04-30', 'until = 2018-03-30', "vouchers", "不相接"),
    ],
)  # fmt: skip
def test_a_wrong_leaf_is_named(old: str, new: str, leaf: str, what: str) -> None:
    with pytest.raises(PolicyError) as caught:
        parse_policy(changed((old, new)), "2020.toml")
    assert leaf in str(caught.value) and what in str(caught.value)
    assert str(caught.value).endswith("请更正该文件后重试。")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"a = ", b""])
def test_no_policy_at_all(raw: bytes) -> None:
    with pytest.raises(PolicyError, match="请更正"):
        parse_policy(raw, "x.toml")


def test_unknown_year_and_path() -> None:
    with pytest.raises(PolicyError, match="可用年度：2020"):
        load_policy("1999")
    with pytest.raises(PolicyError, match="无法读取"):
        load_policy("/nowhere/2031.toml")


def test_next_year_is_a_file_and_no_code(tmp_path: Path) -> None:
    """An invented year: other years, another period, one material gone, another asked of category 1."""
    raw = changed(
        ('name = "2020"', 'name = "2031"'),
        ("value = [2017, 2018, 2019]", "value = [2029, 2030]"),
        ('window_start = { value = 2019-01-01, clause = "四（二）1" }', 'window_start = { value = 2030-07-01, clause = "四（二）1" }'),
        ('window_end = { value = 2019-12-31, clause = "四（二）1" }', 'window_end = { value = 2031-06-30, clause = "四（二）1" }'),
        ('[materials.need]\n2 = { value = "required", clause = "六（二）（1）" }', '[materials.need]\n1 = { value = "required", clause = "六（二）（1）" }'),
        ('1 = { value = "required", clause = "六基础（三）" }\n', ""),
    )
    path = tmp_path / "2031.toml"
    path.write_bytes(raw)
    other = load_policy(str(path))
    assert other.sha256 != load_policy("2020").sha256
    assert (other.window("1").start, other.window("1").end) == (date(2030, 7, 1), date(2031, 6, 30))
    judged = validate(Dossier(submission=Submission(id="s", categories=("1",)), files=(), documents=()), other)
    assert {(i.code, i.year) for i in judged.checklist} == {("M01", None), ("M02", None), ("M10", None), ("M11", 2029), ("M11", 2030)}
    assert {f.message for f in judged.findings if f.rule == "R-095"} == {
        "缺少2029年度纳税证明，请补齐后重新递交。", "缺少2030年度纳税证明，请补齐后重新递交。",
    }  # fmt: skip


@pytest.mark.skipif(not GUIDE.exists(), reason="the guide lies beside the project, not in it")
def test_every_clause_quotes_the_guide(policy: Policy) -> None:
    guide = "".join(GUIDE.read_text("utf-8").split())
    outside = {"标题", "十四", "B.1.2", "B.1.4", "B.1.5", "B.2", "B.8", "B.9", "D", "D.2", "K"}
    for clause, text in policy.clauses.items():
        if clause not in outside:
            assert "".join(text.split()) in guide, clause

"""Application form, plans after the three outlines, and the front of the volume."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import numpy as np
import pytest
import zxingcpp

from samples.documents.barcode import barcode_picture, code128
from samples.documents.draft import Draft
from samples.documents.front import draw_front
from samples.documents.plan.modes import ELEMENTS
from samples.documents.plan.text import Teller
from samples.paper import Paper, blueprint
from samples.registry import draw_paper
from samples.runs import Run
from samples.world import make_world
from samples.world.model import Category, World

SETS: tuple[tuple[Category, ...], ...] = (("1",), ("2",), ("1", "2"), ("3",), ("4a",), ("4b",), ("5",))
FORM_FIELDS = {
    "application_no", "form_version", "category", "applicant_name", "uscc", "project_name", "industry_code", "location", "declared_investment", "period_start", "period_end",
    "legal_representative", "contact", "phone",
}  # fmt: skip


@cache
def world_of(categories: tuple[Category, ...], seed: int = 21, short: bool = False) -> World:
    return make_world(seed, categories, invoices=16, short=short)


def measured(world: World, key: str) -> Draft:
    with blueprint():
        return draw_paper(world, key)


def fields_of(draft: Draft) -> dict[str, str]:
    out: dict[str, str] = {}
    for paper in draft.papers:
        assert not out.keys() & paper.fields.keys(), "a field is noted on one page alone"
        out |= {name: noted.value for name, noted in paper.fields.items()}
    return out


def table_of(draft: Draft, table: str) -> dict[tuple[int, str], set[str]]:
    out: dict[tuple[int, str], set[str]] = {}
    for paper in draft.papers:
        for row, column, noted in paper.rows.get(table, []):
            out.setdefault((row, column), set()).add(noted.value)
    return out


def words(paper: Paper) -> str:
    return "".join(mark.text for mark in paper.marks if isinstance(mark, Run))


def all_words(draft: Draft) -> str:
    return "".join(words(paper) for paper in draft.papers)


# ---------------------------------------------------------------- the application form


@pytest.mark.parametrize("categories", SETS, ids=str)
def test_the_form_notes_every_field(categories: tuple[Category, ...]) -> None:
    world = world_of(categories)
    draft = measured(world, "application_form")
    found = fields_of(draft)
    assert found.keys() - {"first_or_renewal"} == FORM_FIELDS
    assert found["category"] == ",".join(categories)
    assert found["declared_investment"] == f"{world.application.declared_investment:.2f}"
    assert ("first_or_renewal" in found) or "3" not in categories
    assert 5 <= len(draft.papers) <= 9
    assert [paper.label for paper in draft.papers] == list(range(1, len(draft.papers) + 1))
    assert draft.seam and sum(len(p.seals) for p in draft.papers) >= 1


def test_indicators_are_what_the_world_states() -> None:
    world = world_of(("2",))
    cells = table_of(measured(world, "application_form"), "indicators")
    rows = {row for row, _ in cells}
    told = {tuple(next(iter(cells[(row, column)])) for column in ("name", "year", "value", "unit")) for row in rows}
    assert told == {(i.name, str(i.year), f"{i.value:f}", i.unit) for i in world.application.indicators}


@pytest.mark.parametrize("categories", [("3",), ("5",)], ids=str)
def test_what_was_noted_is_printed(categories: tuple[Category, ...]) -> None:
    """Seeds with other forms: the text of the form holds the values in the form's own way of writing them."""
    for seed in (21, 22, 23):
        world = world_of(categories, seed)
        draft = draw_paper(world, "application_form")
        text = all_words(draft).replace(",", "")
        found = fields_of(draft)
        for name in ("application_no", "form_version", "applicant_name", "uscc", "project_name", "industry_code", "phone", "contact", "legal_representative"):
            assert found[name] in text, (seed, name)
        day = world.project.starts
        assert day.isoformat() in text or f"{day.year}年{day.month}月{day.day}日" in text
        amount = world.application.declared_investment
        assert f"{amount:.2f}" in text or f"{amount / 10000:.6f}" in text


def test_the_forms_own_statements_win() -> None:
    world = world_of(("1",))
    application = replace(world.application, project_name="另一个名称的项目", industry_code="6510", uscc="91440300XXXXXXXX0Q", applicant_name="深圳市某某实业有限公司")
    found = fields_of(measured(replace(world, application=application), "application_form"))
    assert (found["project_name"], found["industry_code"], found["uscc"], found["applicant_name"]) == ("另一个名称的项目", "6510", "91440300XXXXXXXX0Q", "深圳市某某实业有限公司")


def test_unsigned_and_unsealed_forms() -> None:
    world = world_of(("1",))
    assert any(p.seals for p in measured(world, "application_form").papers)
    bare = replace(world, handling=replace(world.handling, unsealed=frozenset({"application_form"}), unsigned=frozenset({"application_form"})))
    draft = draw_paper(bare, "application_form")
    assert not any(p.seals for p in draft.papers)
    assert not any(isinstance(m, Run) and m.face == "hand" for p in draft.papers for m in p.marks)
    assert any(isinstance(m, Run) and m.face == "hand" and m.text == world.company.legal_representative for p in draw_paper(world, "application_form").papers for m in p.marks)


def test_the_barcode_can_be_read() -> None:
    picture = barcode_picture("2020JG272097", 700, 80)
    assert [r.text for r in zxingcpp.read_barcodes(np.asarray(picture))] == ["2020JG272097"]
    with pytest.raises(ValueError, match="条码"):
        code128("备案")


def test_forms_differ_between_applicants() -> None:
    drafts = [draw_paper(world_of(("1",), seed), "application_form") for seed in (21, 22, 23, 24)]
    assert len({tuple((m.face, m.size, round(m.x, 1)) for m in d.papers[-1].marks if isinstance(m, Run)) for d in drafts}) == 4


# ---------------------------------------------------------------- plans


OUTLINES: dict[tuple[Category, ...], tuple[str, ...]] = {
    ("2",): ("项目单位概述", "项目建设的可行性和必要性", "项目建设方案", "项目实施效果", "需说明的问题"),
    ("3",): ("项目单位介绍", "项目实施背景", "项目建设方案", "项目投资计划", "项目实施效果", "项目风险分析", "需说明的问题"),
    ("5",): ("项目单位概述", "项目建设的可行性和必要性", "资金募集及项目投资情况", "项目建设方案", "项目实施效果", "需说明的问题"),
}


def heads(draft: Draft) -> list[tuple[str, int, int | None]]:
    """Title, index of the page it stands on, and the page that the contents name, in the order of the body."""
    pages: dict[int, int] = {}
    listed = {row: next(iter(v)) for (row, column), v in table_of(draft, "sections").items() if column == "page"}
    titles: dict[int, str] = {}
    for index, paper in enumerate(draft.papers):
        for row, column, noted in paper.rows.get("sections", []):
            if column == "title":
                pages[row], titles[row] = index, noted.value
    return [(titles[row], pages[row], int(listed[row]) if row in listed else None) for row in sorted(titles)]


@pytest.mark.parametrize("categories", OUTLINES, ids=str)
def test_plans_follow_their_outline(categories: tuple[Category, ...]) -> None:
    for seed in (21, 22):
        draft = measured(world_of(categories, seed), "implementation_plan")
        told = [title for title, _, _ in heads(draft)]
        at = [next(i for i, title in enumerate(told) if title.endswith(wanted)) for wanted in OUTLINES[categories]]
        assert at == sorted(at)
        assert 14 <= len(draft.papers) <= 30


@pytest.mark.parametrize("categories", OUTLINES, ids=str)
@pytest.mark.parametrize("short", [False, True])
def test_the_contents_name_the_printed_pages(categories: tuple[Category, ...], short: bool) -> None:
    draft = measured(world_of(categories, short=short), "implementation_plan")
    for title, index, page in heads(draft):
        assert draft.papers[index].label == page, title
    cells = table_of(draft, "sections")
    assert all(len(values) == 1 for values in cells.values()), "contents and heads say the same"


def test_the_cover_names_project_and_applicant() -> None:
    world = world_of(("2",))
    draft = measured(world, "implementation_plan")
    assert fields_of(draft) == {"project_name": world.project.name, "applicant_name": world.party.name}
    assert draft.papers[0].seals and draft.papers[-1].seals and draft.seam


def planned(world: World, **changes: object) -> World:
    assert world.plan is not None
    return replace(world, plan=replace(world.plan, **changes))  # type: ignore[arg-type]


def test_a_missing_chapter_is_neither_listed_nor_written() -> None:
    titles = [t for t, _, _ in heads(measured(planned(world_of(("2",)), missing_chapters=frozenset({4})), "implementation_plan"))]
    assert "项目实施效果" not in titles and "项目建设方案" in titles


def test_swapped_chapters_change_places() -> None:
    titles = [t for t, _, _ in heads(measured(planned(world_of(("2",)), swapped_chapters=(2, 3)), "implementation_plan"))]
    assert titles.index("项目建设方案") < titles.index("项目建设的可行性和必要性")


def test_a_shifted_contents_page_is_noted_as_printed() -> None:
    draft = measured(planned(world_of(("3",)), contents_shift=(3, 3)), "implementation_plan")
    wrong = {title: page - (draft.papers[index].label or 0) for title, index, page in heads(draft) if page is not None}
    assert wrong["项目建设方案"] == 3 and wrong["项目单位介绍"] == 0 and set(wrong.values()) == {0, 3}


def test_a_plan_without_contents_notes_no_pages() -> None:
    draft = measured(planned(world_of(("3",)), no_contents=True), "implementation_plan")
    assert all(page is None for _, _, page in heads(draft)) and len(heads(draft)) >= 7


def test_the_fifth_chapter_may_lack_its_number() -> None:
    cells = table_of(measured(planned(world_of(("3",)), numbered_fifth=False), "implementation_plan"), "sections")
    row = next(row for (row, column), v in cells.items() if column == "title" and v == {"项目实施效果"})
    assert (row, "number") not in cells
    with_number = table_of(measured(planned(world_of(("3",)), numbered_fifth=True), "implementation_plan"), "sections")
    assert (row, "number") in with_number


def test_photos_before_and_after_can_be_missing() -> None:
    world = world_of(("2",), short=True)

    def pictures(w: World) -> int:
        text = all_words(draw_paper(w, "implementation_plan"))
        return text.count("改造前后实景")

    assert pictures(planned(world, photos=True)) >= 1
    assert pictures(planned(world, photos=False)) == 0


@pytest.mark.parametrize("mode", ELEMENTS)
def test_a_mode_is_answered_element_by_element(mode: str) -> None:
    text = all_words(draw_paper(planned(world_of(("2",), short=True), modes=(mode,)), "implementation_plan"))
    assert mode in text
    assert all(element in text for element, _ in ELEMENTS[mode])
    assert len(ELEMENTS[mode]) == {"离散型智能制造": 7, "流程型智能制造": 7, "网络协同制造": 6, "大规模个性化定制": 4, "远程运维服务": 5}[mode]


def test_the_plan_tells_the_worlds_figures() -> None:
    world = world_of(("3",))
    assert world.plan is not None
    text = all_words(draw_paper(world, "implementation_plan"))
    assert f"{world.plan.irr:.2f}%" in text
    for year, amount in world.plan.yearly_plan:
        assert f"{year}年{amount / 10000:,.0f}万元" in text
    for name, amount in world.plan.sources:
        assert f"{name}{amount / 10000:,.0f}万元" in text
    assert world.project.product in text and f"用工{world.plan.staff_before}人" in text


def test_raised_money_stated_otherwise() -> None:
    world = world_of(("5",), short=True)
    assert world.listing is not None
    clean, changed = (all_words(draw_paper(w, "implementation_plan")) for w in (world, planned(world, raised_net_stated=world.listing.raised_net + Decimal(100_000_000))))
    right, wrong = f"{world.listing.raised_net / 10000:,.2f}万元", f"{(world.listing.raised_net + 100_000_000) / 10000:,.2f}万元"
    assert right in clean and wrong not in clean and wrong in changed


def test_a_plan_keeps_its_look_when_a_fact_changes() -> None:
    """A changed figure changes its own words: faces, sizes and the order of chapters stay."""
    world = world_of(("2",))
    before, after = (draw_paper(w, "implementation_plan") for w in (world, planned(world, irr=Decimal("18.88"))))
    same = sum(a.signature() == b.signature() for a, b in zip(before.papers, after.papers, strict=True))
    assert len(before.papers) == len(after.papers) and len(before.papers) - 4 <= same < len(before.papers)


def test_short_plans_are_short() -> None:
    for categories in OUTLINES:
        assert 6 <= len(measured(world_of(categories, short=True), "implementation_plan").papers) <= 11


def test_sentences_differ_between_seeds_and_repeat_for_one() -> None:
    texts = [all_words(draw_paper(world_of(("2",), seed, True), "implementation_plan")) for seed in (21, 22, 21)]
    assert texts[0] == texts[2] != texts[1]
    assert not any(sign in texts[0] for sign in "{}<>|")


def test_a_pattern_with_an_unknown_fact_is_refused() -> None:
    with pytest.raises(KeyError):
        Teller(world_of(("1",)), "x", {}).say("k", "成立于<nowhere>")


# ---------------------------------------------------------------- the front


def test_the_front_lists_materials_with_or_without_pages() -> None:
    world = world_of(("1",))
    entries: list[tuple[str, int | None]] = [(f"材料{n}", n * 7) for n in range(1, 26)]
    with_pages, without = draw_front(world, entries), draw_front(world, [(t, None) for t, _ in entries])
    assert len(with_pages.papers) == len(without.papers) == 3
    assert all(title in all_words(without) for title, _ in entries)
    assert "175" in all_words(with_pages) and "175" not in all_words(without)
    assert "title" in with_pages.papers[0].fields and with_pages.subtype == "front" and with_pages.papers[0].seals


def test_the_front_dates_from_the_application() -> None:
    world = world_of(("1",))
    moved = replace(world, application=replace(world.application, applied_on=date(2020, 6, 15)))
    assert "2020年6月15日" in all_words(draw_front(moved, []))

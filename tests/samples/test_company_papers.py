"""Tax certificates, licence, filing form: what they note is what they print, and they obey the handling of the world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from samples.documents.draft import Draft
from samples.documents.filing import draw_filing_certificate, filing_office
from samples.documents.flow import set_lines, write_marked
from samples.documents.licence import draw_business_licence
from samples.documents.tax_certificate import draw_tax_certificate
from samples.money import capital, plain
from samples.paper import Noted, Paper, blueprint, resolution
from samples.runs import Run
from samples.world import make_world
from samples.world.model import TaxLine, TaxPaper, World


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(3, ("2",))


def fields(draft: Draft) -> dict[str, str]:
    return {name: noted.value for paper in draft.papers for name, noted in paper.fields.items()}


def table(draft: Draft, name: str) -> list[dict[str, str]]:
    rows: dict[int, dict[str, str]] = defaultdict(dict)
    for paper in draft.papers:
        for row, column, noted in paper.rows.get(name, []):
            rows[row][column] = noted.value
    assert sorted(rows) == list(range(len(rows)))
    return [rows[i] for i in range(len(rows))]


def noted(paper: Paper) -> Iterable[Noted]:
    yield from paper.fields.values()
    for rows in paper.rows.values():
        yield from (value for _, _, value in rows)


def layout(draft: Draft) -> list[object]:
    return [(p.width, p.height, p.label, p.fields, p.rows, p.seals) for p in draft.papers]


def many_lines(paper: TaxPaper, count: int) -> TaxPaper:
    months = [date(paper.year, 1 + i % 12, 1) for i in range(count)]
    lines = tuple(TaxLine("增值税", m, m.replace(day=28), m.replace(day=20), Decimal(1000 + i) + Decimal("0.37"), f"34403{i:012d}") for i, m in enumerate(months))
    return replace(paper, layout="table", taxes=lines)


@pytest.mark.parametrize("form", ["certificate", "table", "letter"])
def test_tax_certificates_note_their_lines_and_totals(world: World, form: str) -> None:
    for seed in range(4):
        base = make_world(seed, ("2",))
        refund = TaxLine("增值税", date(2018, 3, 1), date(2018, 3, 31), date(2018, 5, 14), Decimal("-5020.11"))
        paper = replace(base.tax_papers[2], layout=form, taxes=(*base.tax_papers[2].taxes[:5], refund))  # type: ignore[arg-type]
        with blueprint():
            draft = draw_tax_certificate(base, paper)
        seen, rows = fields(draft), table(draft, "taxes")
        assert seen["total"] == plain(paper.total) == plain(sum((Decimal(r["amount"]) for r in rows), Decimal(0)))
        assert seen["total_capital"] == seen["total"]
        texts = [m.text for p in draw_tax_certificate(base, paper).papers for m in p.marks if isinstance(m, Run)]
        assert capital(paper.total, "元") in "".join(texts)
        assert seen["taxpayer_id"] == base.party.uscc and seen["taxpayer_name"] == base.party.name
        assert (seen["period_start"], seen["period_end"]) == ("2018-01-01", "2018-12-31")
        assert seen["issuer"] == paper.issuer and seen["issue_date"] == paper.issued_on.isoformat() and seen["certificate_number"] == paper.number
        assert rows[-1]["amount"] == "-5020.11" and draft.key == "tax_certificate:2018" and draft.subtype == form


def test_a_long_table_runs_over_pages_and_states_its_total_once(world: World) -> None:
    with blueprint():
        draft = draw_tax_certificate(world, many_lines(world.tax_papers[2], 75))
    assert len(draft.papers) >= 3 and draft.seam
    assert [p.label for p in draft.papers] == list(range(1, len(draft.papers) + 1))
    assert len(table(draft, "taxes")) == 75
    assert [("total" in p.fields) for p in draft.papers] == [False] * (len(draft.papers) - 1) + [True]


def test_a_certificate_prints_what_the_world_says_it_prints(world: World) -> None:
    paper = replace(world.tax_papers[0], stated_total=Decimal("123.45"), taxpayer=world.company.sister, taxpayer_id="440301123456789")
    with blueprint():
        seen = fields(draw_tax_certificate(world, paper))
    assert seen["total"] == "123.45" and seen["taxpayer_name"] == world.company.sister.name and seen["taxpayer_id"] == "440301123456789"


def test_the_licence_has_the_layout_of_its_day(world: World) -> None:
    with blueprint():
        old = draw_business_licence(world)
        new = draw_business_licence(replace(world, company=replace(world.company, licence_issued_on=date(2019, 8, 5), valid_until=date(2033, 5, 6))))
    assert old.papers[0].height > old.papers[0].width and new.papers[0].width > new.papers[0].height
    seen = fields(new)
    assert seen["valid_until"] == "2033-05-06" and seen["registered_capital"] == plain(world.company.registered_capital)
    assert seen["scope"] == world.company.scope and seen["uscc"] == world.party.uscc and seen["address"] == world.party.address
    assert "valid_until" not in fields(draw_business_licence(replace(world, company=replace(world.company, valid_until=None))))


def test_the_filing_form_notes_every_field_of_the_contract() -> None:
    titles = set()
    for seed in range(6):
        one = make_world(seed, ("2",))
        with blueprint():
            draft = draw_filing_certificate(one)
        seen = fields(draft)
        titles.add(draft.title)
        assert seen == {
            "filing_number": one.project.filing_number, "project_code": one.project.project_code, "project_name": one.project.name,
            "applicant_name": one.party.name, "uscc": one.party.uscc, "construction_kind": one.project.construction_kind,
            "industry_code": one.project.industry_code, "location": one.project.location, "total_investment": plain(one.project.total_investment),
            "period_start": one.project.starts.isoformat(), "period_end": one.project.ends.isoformat(), "issued_on": one.project.filed_on.isoformat(),
            "valid_until": one.project.filing_valid_until.isoformat(),
        }  # fmt: skip
    assert len(titles) == 2


def test_the_office_of_a_filing_has_the_name_of_its_day(world: World) -> None:
    project = replace(world.project, location="深圳市宝安区某路1号")
    assert filing_office(replace(world, project=replace(project, filed_on=date(2018, 6, 1)))) == "深圳市宝安区经济促进局"
    assert filing_office(replace(world, project=replace(project, filed_on=date(2019, 6, 1)))) == "深圳市宝安区工业和信息化局"


DRAWERS: dict[str, Callable[[World], Draft]] = {
    "business_licence": draw_business_licence, "filing_certificate": draw_filing_certificate,
    "tax_certificate:2019": lambda w: draw_tax_certificate(w, w.tax_papers[3]),
}  # fmt: skip


@pytest.mark.parametrize("key", list(DRAWERS))
def test_blueprints_agree_with_drawings_and_boxes_hold_ink(world: World, key: str) -> None:
    draw = DRAWERS[key]
    with blueprint():
        measured = draw(world)
    with resolution(100):
        drawn = draw(world)
        assert layout(measured) == layout(drawn) and drawn.key == key
        for paper in drawn.papers:
            grey = np.asarray(paper.image.convert("L"))
            for value in noted(paper):
                x0, y0, x1, y1 = (paper.px(v) for v in value.box)
                assert 0 <= x0 < x1 <= grey.shape[1] and 0 <= y0 < y1 <= grey.shape[0], value
                assert grey[y0:y1, x0:x1].min() < 140, value


@pytest.mark.parametrize("key", list(DRAWERS))
def test_the_applicants_seal_obeys_the_handling(world: World, key: str) -> None:
    bare = replace(world, handling=replace(world.handling, unsealed=frozenset({key})))
    other = replace(world, handling=replace(world.handling, sealed_by=((key, world.company.sister),)))
    with blueprint():
        seals = [{s.text for p in DRAWERS[key](w).papers for s in p.seals if s.role == "company"} for w in (world, bare, other)]
    assert any(world.party.name in text for text in seals[0]) and not seals[1] and all(world.company.sister.name in text for text in seals[2])


def test_running_text_is_cut_into_whole_lines() -> None:
    paper = Paper()
    text = "截至2019年12月31日，公司累计实收资本为人民币30,000,000.00元（大写：叁仟万元整），已经“验证”。" * 4
    lines = set_lines(paper, text, 70, 11)
    assert "".join(lines) == text and all(paper.text_width(line, 11) <= 70 + 2 * 11 * 0.3528 for line in lines)
    assert not any(line[0] in "，。；：）”" for line in lines) and not any(line[-1] in "（“" for line in lines)
    write_marked(paper, 20, 40, 70, text, {"paid_in_capital": ("30,000,000.00", "30000000.00")}, 11)
    box = paper.fields["paid_in_capital"].box
    assert 20 <= box[0] < box[2] <= 91 and box[1] < box[3]

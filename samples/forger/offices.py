"""What other offices' systems know (ledgers): deadlines, former claims, lists. The papers themselves are in order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.forger.model import DECLARED, FORM, Forged, Spot, defect, innocent
from samples.forger.tools import add_to_ledger, change_application, edit_ledger, known_ledger
from samples.world.change import replace_row
from samples.world.model import World


def _ledger(world: World, stem: str, note: str) -> Forged:
    return Forged(world, (Spot(f"ledger:{stem}"), Spot()), (f"ledger:{stem}",), note)


def _portal(world: World, note: str, **changes: str) -> Forged:
    known_ledger(world, "portal")
    number = world.application.number
    return _ledger(edit_ledger(world, "portal", lambda r: {**r, **changes} if r.get("application_no") == number else r), "portal", note)


@defect("submitted_late", "首次在线提交晚于截止时间", "R-001")
def _submitted_late(world: World) -> Forged:
    return _portal(world, "6月24日18时后才首次提交", first_submitted_at="2020-06-24 18:07:31", returned_at="", resubmitted_at="")


@innocent("submitted_at_the_bell", "截止时刻整点提交", "R-001")
def _submitted_at_the_bell(world: World) -> Forged:
    return _portal(world, "18时整仍在期限内", first_submitted_at="2020-06-24 18:00:00", returned_at="", resubmitted_at="")


@defect("resubmitted_late", "退回后再提交超过受理截止日", "R-002")
def _resubmitted_late(world: World) -> Forged:
    return _portal(world, "7月27日才再提交", first_submitted_at="2020-06-19 10:20:00", returned_at="2020-06-30 15:00:00", resubmitted_at="2020-07-27 09:12:00")


@innocent("resubmitted_in_time", "截止后退回修改再提交", "R-001", "R-002")
def _resubmitted_in_time(world: World) -> Forged:
    return _portal(world, "截止前已首次提交，退回后7月20日再提交", first_submitted_at="2020-06-19 10:20:00", returned_at="2020-06-30 15:00:00", resubmitted_at="2020-07-20 16:40:00")


@defect("handed_in_late", "书面材料递交超过截止日", "R-003", "R-004")
def _handed_in_late(world: World) -> Forged:
    return _portal(world, "7月27日才递交纸质材料", handed_in_at="2020-07-27 10:05:00")


@defect("not_prereviewed", "尚未通过网上预审", "R-003")
def _not_prereviewed(world: World) -> Forged:
    return _portal(world, "预审状态为审核中", pre_review_status="审核中")


@defect("second_application", "同一单位申报两个类别1项目", "R-040", categories=("1",))
def _second_application(world: World) -> Forged:
    changed = add_to_ledger(
        world, "portal", application_no=world.application.number[:-3] + "902", applicant_name=world.party.name, uscc=world.party.uscc, category="1",
        project_name=f"{world.project.product}第二车间技术改造项目", first_submitted_at="2020-06-18 11:03:00", pre_review_status="预审通过",
        form_version=world.application.form_version,
    )  # fmt: skip
    return _ledger(changed, "portal", "另有一份类别1的申请")


@innocent("withdrawn_application", "先前的申请已撤回", "R-040", "R-041")
def _withdrawn_application(world: World) -> Forged:
    changed = add_to_ledger(
        world, "portal", application_no=world.application.number[:-3] + "903", applicant_name=world.party.name, uscc=world.party.uscc,
        category=world.categories[0], project_name=world.project.name, first_submitted_at="2020-06-13 09:40:00", withdrawn_at="2020-06-14 17:00:00",
        pre_review_status="已撤回", form_version=world.application.form_version,
    )  # fmt: skip
    return _ledger(changed, "portal", "撤回的申请不计数")


@defect("stacked_twice", "类别2至5中叠加了两项", "R-041", categories=("2", "3", "5"))
def _stacked_twice(world: World) -> Forged:
    changed = add_to_ledger(
        world, "portal", application_no=world.application.number[:-3] + "904", applicant_name=world.party.name, uscc=world.party.uscc, category="4a",
        project_name=world.project.name, first_submitted_at="2020-06-18 11:03:00", pre_review_status="预审通过", form_version=world.application.form_version,
    )  # fmt: skip
    return _ledger(changed, "portal", "又以贷款贴息叠加申报")


@defect("dishonest_listed", "申报单位在失信联合惩戒名单中", "R-013")
def _dishonest_listed(world: World) -> Forged:
    values = {"uscc": world.party.uscc, "name": world.party.name, "reason": "环境保护领域失信", "from": "2019-08-12", "to": "2021-08-11"}
    return _ledger(add_to_ledger(world, "dishonest", **values), "dishonest", "惩戒期至2021年8月")


@innocent("dishonest_over", "惩戒期已满", "R-013")
def _dishonest_over(world: World) -> Forged:
    values = {"uscc": world.party.uscc, "name": world.party.name, "reason": "统计领域失信", "from": "2017-03-01", "to": "2019-02-28"}
    return _ledger(add_to_ledger(world, "dishonest", **values), "dishonest", "2019年2月已满")


@defect("acceptance_failed", "以前的项目验收不合格未满三年", "R-014")
def _acceptance_failed(world: World) -> Forged:
    changed = add_to_ledger(world, "acceptance", uscc=world.party.uscc, project_name="自动化检测线示范项目", programme="技术创新计划", result="不合格", due_on="2018-12-31", decided_on="2019-03-20")
    return _ledger(changed, "acceptance", "2019年3月验收不合格")


@defect("not_a_major_project", "项目不在重大工业项目名录", "R-021", categories=("3",))
def _not_a_major_project(world: World) -> Forged:
    table = known_ledger(world, "major_projects")
    others = replace(table, rows=tuple(r for r in table.rows if r.get("uscc") != world.party.uscc))
    changed = replace(world, ledgers=tuple(others if t.stem == table.stem else t for t in world.ledgers))
    return _ledger(changed, "major_projects", "名录中没有本项目")


@defect("weak_link_award", "已获产业链薄弱环节奖励未注明", "R-024", categories=("3", "5"))
def _weak_link_award(world: World) -> Forged:
    changed = add_to_ledger(world, "weak_link_awards", uscc=world.party.uscc, project_name=world.project.name, year="2019", amount="3000000.00")
    return Forged(changed, (Spot("ledger:weak_link_awards"), Spot(FORM)), ("ledger:weak_link_awards",), "2019年获奖300万元，申请书未注明")


@defect("filing_differs", "备案系统中的项目与备案表不一致", "R-009", "R-010", "R-007")
def _filing_differs(world: World) -> Forged:
    known_ledger(world, "filings")
    changed = edit_ledger(world, "filings", lambda r: {**r, "status": "已撤销"} if r.get("filing_number") == world.project.filing_number else r)
    return Forged(changed, (Spot("ledger:filings"), Spot("filing_certificate")), ("ledger:filings",), "备案系统显示该备案已撤销")


@defect("paid_out_too_long", "重大项目续报超过三年拨付期", "R-045", categories=("3",))
def _paid_out_too_long(world: World) -> Forged:
    common = {
        "uscc": world.party.uscc, "applicant_name": world.party.name, "project_name": world.project.name, "programme": "企业技术改造扶持计划",
        "category": "3", "district": "",
    }  # fmt: skip
    for year in ("2017", "2018", "2019"):
        world = add_to_ledger(world, "payouts", year=year, amount="5000000.00", **common)
    first = world.rows[0]
    changed = replace_row(change_application(world, first_or_renewal="renewal"), first.sequence, awarded_before=Decimal("15000000.00"))
    return Forged(changed, (Spot("ledger:payouts"), Spot()), ("ledger:payouts", *DECLARED), "2017年首次获扶持，至2019年已拨付三年")

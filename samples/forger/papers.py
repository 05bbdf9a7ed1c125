"""How papers were sealed, bound, numbered, left out: materials, seals, pages, the second copy."""

from __future__ import annotations

from dataclasses import replace

from samples.forger.model import PRINT, VOLUME, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import change_handling, pick, report, tax_paper
from samples.layouts import volume_keys
from samples.world.change import replace_part
from samples.world.model import PaperKey, Party, Substitute, World

_FRONT = "front"


def _without(world: World, key: PaperKey, note: str) -> Forged:
    changed = change_handling(world, absent=world.handling.absent | {key})
    return Forged(changed, (Spot(),), (key, VOLUME, _FRONT), note)


@defect("missing_tax_year", "缺少2018年度纳税证明", "R-080", "R-095", "R-270", categories=("2", "3", "5"))
def _missing_tax_year(world: World) -> Forged:
    return _without(world, tax_paper(world, 2018).key, "2018年度纳税证明不在册内")


@defect("missing_audit_year", "缺少2017年度审计报告", "R-080", "R-096", categories=("2", "3", "5"))
def _missing_audit_year(world: World) -> Forged:
    return _without(world, f"audit_report:{report(world, 2017).year}", "2017年度审计报告不在册内")


@defect("missing_plan", "缺少项目建设实施方案", "R-080", categories=("2", "3", "5"))
def _missing_plan(world: World) -> Forged:
    if world.plan is None:
        raise NotHere("没有实施方案")
    return _without(world, "implementation_plan", "实施方案不在册内")


@defect("missing_filing", "缺少技术改造项目备案表", "R-009", "R-080", categories=("1", "2", "4a", "4b"))
def _missing_filing(world: World) -> Forged:
    return _without(world, "filing_certificate", "备案表不在册内")


@defect("missing_print", "缺少盖章的纸质清单", "R-080", "R-092")
def _missing_print(world: World) -> Forged:
    return _without(world, PRINT, "只上传了Excel")


@defect("missing_finance_contract", "缺少贷款或融资租赁合同", "R-080", "R-101", categories=("4a", "4b"))
def _missing_finance_contract(world: World) -> Forged:
    keys = [f"loan_contract::{x.key}" for x in world.loans] + [f"lease_contract::{x.key}" for x in world.leases]
    return _without(world, pick(world, "missing_finance_contract", keys, "贷款或租赁合同"), "合同不在册内")


@defect("missing_use_report", "缺少募集资金使用专项报告", "R-080", "R-100", categories=("5",))
def _missing_use_report(world: World) -> Forged:
    if world.listing is None:
        raise NotHere("不是上市公司项目")
    keys = tuple(f"listing_document::use:{year}" for year in world.listing.report_years)
    return Forged(change_handling(world, absent=world.handling.absent | set(keys)), (Spot(),), (*keys, VOLUME, _FRONT), "专项报告不在册内")


@defect("missing_ipo_approval", "缺少证监会核发的IPO批文", "R-080", "R-100", categories=("5",))
def _missing_ipo_approval(world: World) -> Forged:
    if world.listing is None:
        raise NotHere("不是上市公司项目")
    return _without(world, "listing_document::ipo", "IPO批文不在册内")


# ---------------------------------------------------------------- seals


def _filing(world: World) -> PaperKey:
    if "filing_certificate" not in volume_keys(world):
        raise NotHere("没有备案表")
    return "filing_certificate"


def _sealed_papers(world: World) -> list[PaperKey]:
    keys: list[PaperKey] = ["filing_certificate", FORM_KEY, PRINT]
    keys += [p.key for p in world.tax_papers] + [f"audit_report:{r.year}" for r in world.audit_reports]
    keys += ["implementation_plan"] if world.plan else []
    return [k for k in keys if k not in world.handling.absent]


FORM_KEY: PaperKey = "application_form"


@defect("unsealed_material", "备案表未盖公章", "R-082")
def _unsealed_material(world: World) -> Forged:
    key = _filing(world)
    return Forged(change_handling(world, unsealed=world.handling.unsealed | {key}), (Spot(key),), (key,), "备案表未加盖申报单位公章")


@defect("unsealed_tax_paper", "纳税证明复印件未盖公章", "R-082", categories=("2", "3", "5"))
def _unsealed_tax_paper(world: World) -> Forged:
    key = tax_paper(world, 2019).key
    return Forged(change_handling(world, unsealed=world.handling.unsealed | {key}), (Spot(key),), (key,), "2019年度纳税证明未加盖申报单位公章")


@defect("foreign_seal", "盖的是别的公司的公章", "R-082", "R-007")
def _foreign_seal(world: World) -> Forged:
    key = pick(world, "foreign_seal", [k for k in _sealed_papers(world) if k not in (FORM_KEY, "filing_certificate")], "盖章材料")
    sister: Party = world.company.sister
    changed = change_handling(world, sealed_by=(*world.handling.sealed_by, (key, sister)))
    return Forged(changed, (Spot(key),), (key,), f"盖的是{sister.name}的公章")


@defect("wrong_kind_of_seal", "该盖公章处盖了合同专用章", "R-082")
def _wrong_kind_of_seal(world: World) -> Forged:
    key = pick(world, "wrong_kind_of_seal", [k for k in _sealed_papers(world) if k != "filing_certificate"], "盖章材料")
    changed = change_handling(world, wrong_seal=(*world.handling.wrong_seal, (key, "contract")))
    return Forged(changed, (Spot(key),), (key,), "盖的是申报单位的合同专用章")


@defect("pasted_seal", "印章是贴上去的图片", "E-33", "R-082")
def _pasted_seal(world: World) -> Forged:
    keys = [p.key for p in world.tax_papers if p.key not in world.handling.absent][:3] or ["filing_certificate", FORM_KEY]
    changed = change_handling(world, pasted_seal=world.handling.pasted_seal | set(keys))
    return Forged(changed, tuple(Spot(k) for k in keys), tuple(keys), "几份材料上的印章像素完全相同、无墨色浓淡")


@defect("no_seam", "申请书未盖骑缝章", "R-083")
def _no_seam(world: World) -> Forged:
    changed = change_handling(world, no_seam=world.handling.no_seam | {FORM_KEY})
    return Forged(changed, (Spot(FORM_KEY),), (FORM_KEY,), "申请书多页，未盖骑缝章")


@defect("seam_gap", "骑缝章缺一页", "R-083")
def _seam_gap(world: World) -> Forged:
    changed = change_handling(world, seam_gap=world.handling.seam_gap | {(FORM_KEY, 2)})
    return Forged(changed, (Spot(FORM_KEY, page=2),), (FORM_KEY,), "第3页没有骑缝章印迹，是盖章之后换进来的")


@innocent("volume_seam", "骑缝章盖在整册上", "R-083", "R-082")
def _volume_seam(world: World) -> Forged:
    if world.handling.volume_seam:
        raise NotHere("本来就盖在整册上")
    return Forged(change_handling(world, volume_seam=True), (Spot(),), (VOLUME, "*"), "整册分扇盖骑缝章，各材料不再单独盖", frozenset({"seam"}))


@innocent("grey_copy", "黑白扫描的材料", "R-082", "R-083")
def _grey_copy(world: World) -> Forged:
    key = _filing(world)
    return Forged(change_handling(world, grey=world.handling.grey | {key}), (Spot(key),), (key,), "黑白扫描看不出颜色，只能请人看原件")


@innocent("page_upside_down", "一页装倒了", "R-088", "R-083", "R-082", "R-090")
def _page_upside_down(world: World) -> Forged:
    key = FORM_KEY
    return Forged(change_handling(world, turned=world.handling.turned | {(key, 1)}), (Spot(key, page=1),), (key,), "页面倒置不是缺陷")


# ---------------------------------------------------------------- pages


def _long_paper(world: World, name: str) -> PaperKey:
    keys = [f"audit_report:{r.year}" for r in world.audit_reports if f"audit_report:{r.year}" not in world.handling.absent]
    keys += [f"loan_contract::{x.key}" for x in world.loans] + [f"lease_contract::{x.key}" for x in world.leases]
    return pick(world, name, keys or [FORM_KEY], "多页材料")


@defect("torn_page", "材料缺一页（编册前已缺）", "R-080", "R-083", "R-088", "R-096", "R-101")
def _torn_page(world: World) -> Forged:
    key = _long_paper(world, "torn_page")
    changed = change_handling(world, torn=world.handling.torn | {(key, 4)})
    return Forged(changed, (Spot(key, page=4), Spot(key, page=3), Spot(key)), (key, VOLUME, _FRONT), "印刷页码跳过一页，册页码连续")


@defect("removed_page", "册页码不连续", "R-088", "R-083")
def _removed_page(world: World) -> Forged:
    key = FORM_KEY
    changed = change_handling(world, removed=world.handling.removed | {(key, 2)})
    return Forged(changed, (Spot(key, page=2), Spot(key, page=1)), (key,), "编册之后抽走一页")


@defect("swapped_pages", "两页装订颠倒", "R-088", "R-083", "R-090", "R-091")
def _swapped_pages(world: World) -> Forged:
    key = "implementation_plan" if world.plan else FORM_KEY
    changed = change_handling(world, swapped=(*world.handling.swapped, (key, 2, 4)))
    return Forged(changed, (Spot(key, page=2), Spot(key, page=4)), (key,), "第3页与第5页互换")


@defect("volume_skip", "册页码跳号", "R-088")
def _volume_skip(world: World) -> Forged:
    key = _filing(world)
    changed = change_handling(world, volume_skip=(*world.handling.volume_skip, (key, 2)))
    return Forged(changed, (Spot(key),), (VOLUME, _FRONT), "编册时跳了两个号")


@defect("replaced_page", "审计报告换进了另一年的页", "R-284", "R-282", "R-283", "R-088", "R-341", "R-342", "R-345", "R-015", "R-096", "E-31", categories=("2", "3", "5"))
def _replaced_page(world: World) -> Forged:
    key = "audit_report:2018"
    changed = replace_part(world, "audit_reports", report(world, 2018).year, body_year=2017)
    return Forged(changed, (Spot(key), Spot("audit_report:2019")), (key,), "2018年度报告的报表页是2017年度的")


@defect("second_copy_differs", "两份材料内容不一致", "R-085", "E-34", copies=2)
def _second_copy_differs(world: World) -> Forged:
    changed = change_handling(world, copy_changes=(*world.handling.copy_changes, (FORM_KEY, 1, "altered")))
    return Forged(changed, (Spot(FORM_KEY, page=1), Spot("copy:" + FORM_KEY, page=1)), ("copy:" + FORM_KEY,), "第二份申请书第2页数字不同")


@defect("second_copy_unsealed", "第二份少盖一处公章", "R-085", "R-082", "E-34", copies=2)
def _second_copy_unsealed(world: World) -> Forged:
    key = _filing(world)
    changed = change_handling(world, copy_changes=(*world.handling.copy_changes, (key, 0, "unsealed")))
    return Forged(changed, (Spot("copy:" + key), Spot(key)), ("copy:" + key,), "第二份备案表未盖章")


# ---------------------------------------------------------------- substitutes


def _substituted(world: World, substitute: Substitute) -> tuple[World, PaperKey, PaperKey]:
    old, new = f"audit_report:{substitute.year}", f"{substitute.kind}:{substitute.year}"
    changed = replace(world, audit_reports=tuple(r for r in world.audit_reports if r.year != substitute.year), substitutes=(*world.substitutes, substitute))
    return changed, old, new


@innocent("statements_for_2019", "2019年度审计未完成，以决算报表替代", "R-080", "R-096", "R-097", categories=("2", "3", "5"))
def _statements_for_2019(world: World) -> Forged:
    report(world, 2019)
    changed, old, new = _substituted(world, Substitute(2019, "financial_statement"))
    return Forged(changed, (Spot(new),), (old, new, VOLUME, _FRONT), "签字盖章齐全的决算报表可以替代", frozenset({"audit 2019"}))


@defect("unsigned_statements", "替代审计报告的决算报表未签字", "R-097", categories=("2", "3", "5"))
def _unsigned_statements(world: World) -> Forged:
    report(world, 2019)
    changed, old, new = _substituted(world, Substitute(2019, "financial_statement", signed_by_finance_head=False))
    changed = change_handling(changed, unsigned=changed.handling.unsigned | {new})
    return Forged(changed, (Spot(new),), (old, new, VOLUME, _FRONT), "法定代表人和财务负责人均未签字", frozenset({"audit 2019"}))


@defect("capital_for_audit", "满一年的企业以验资报告替代审计报告", "R-098", "R-096", categories=("2", "3", "5"))
def _capital_for_audit(world: World) -> Forged:
    report(world, 2019)
    changed, old, new = _substituted(world, Substitute(2019, "capital_verification"))
    return Forged(changed, (Spot(new), Spot()), (old, new, VOLUME, _FRONT), "成立已满一年", frozenset({"audit 2019"}))

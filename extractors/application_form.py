"""《企业技术改造扶持计划项目申请书》 as the filing system prints it: boxed forms over several pages and a table of indicators."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.filing_certificate import industry_field, labelled_money, period_fields
from extractors.forms import Form, as_id, as_name, as_prose, as_uscc, best_field, id_field, sighting, sightings
from extractors.layout import Run, cells_of, columns_of, find_in_row, level, page_rows, slope
from extractors.page import ReadPage
from extractors.papers import ordinals, paper
from extractors.values import find_unit, number_text, parse_number, squash
from extractors.witness import resolve
from pipeline.model import Document, Field, PageEvidence, Row, Table, union_box

LABELS = {
    "application_no": ("申请编号", "申报编号", "受理编号", "申请书编号", "流水号"),
    "form_version": ("表单版本", "版本号", "申请书版本"),
    "category": ("项目类别", "申报类别", "申请类别"),
    "first_or_renewal": ("申报方式", "申报类型", "首次或续报", "是否续报"),
    "applicant_name": ("申请单位", "申报单位", "单位名称", "企业名称", "申请单位名称", "申报单位名称"),
    "uscc": ("统一社会信用代码", "社会信用代码"),
    "project_name": ("项目名称", "申报项目名称"),
    "industry_code": ("项目所属行业代码", "行业代码", "项目所属行业", "行业分类代码", "所属行业"),
    "location": ("项目实施地址", "项目实施地", "实施地点", "项目地址", "建设地点", "项目建设地点", "项目实施地点"),
    "declared_investment": ("申报投入金额", "申报投入", "申报投资额", "本次申报投入", "年度申报投入金额", "申报金额"),
    "period": ("建设起止时间", "项目起止时间", "起止年限", "建设起止年限", "项目实施期", "项目起止日期"),
    "period_start": ("项目起始", "开始时间", "开工时间"),
    "period_end": ("项目终止", "结束时间", "完工时间"),
    "legal_representative": ("法定代表人", "法人代表"),
    "contact": ("联系人", "项目联系人"),
    "phone": ("联系电话", "联系人手机", "手机"),
    "other": (
        "企业类型", "注册资本", "成立日期", "注册地址", "开户银行", "银行账号", "财务负责人", "在职人数", "主营业务", "备案编号", "项目总投资",
        "其中", "资金来源", "是否获其他市级资金", "填报日期", "说明", "申请单位（盖章）", "盖章", "签字",
    ),
}  # fmt: skip
_NAME_HEADS = ("指标名称", "经济指标", "主要指标", "指标")
_UNIT_HEADS = ("计量单位", "单位")


def extract_application_form(pages: Sequence[ReadPage]) -> Document:
    """The form. ``category`` is the comma list of chosen categories; indicator values keep the unit they are printed in."""
    forms = [Form(page, LABELS) for page in pages]
    start, end = period_fields(forms)
    fields: dict[str, Field] = {
        "application_no": best_field(forms, "application_no", _number, "id", "申请编号", most=3),
        "form_version": best_field(forms, "form_version", as_id, "text", "表单版本", most=1),
        "category": best_field(forms, "category", chosen_categories, "text", "项目类别", most=2),
        "first_or_renewal": best_field(forms, "first_or_renewal", first_or_renewal, "text", "首次或续报", most=1),
        "applicant_name": best_field(forms, "applicant_name", _company, "text", "申报单位", most=2),
        "uscc": id_field(
            sightings((r for f in forms for r in f.values.get("uscc", [])), as_uscc)[:1], old_ids=False, label="统一社会信用代码"
        ),
        "project_name": best_field(forms, "project_name", as_prose, "text", "项目名称", most=2),
        "industry_code": industry_field(forms),
        "location": best_field(forms, "location", as_prose, "text", "实施地点", most=1),
        "declared_investment": labelled_money(forms, "declared_investment", "申报投入"),
        "period_start": start,
        "period_end": end,
        "legal_representative": _person_field(forms, "legal_representative", "法定代表人"),
        "contact": _person_field(forms, "contact", "联系人"),
        "phone": best_field(forms, "phone", phone, "id", "联系电话", most=1),
    }
    rows, complete = _indicators(pages)
    title = next((squash(r.text) for p in pages[:1] for r in page_rows(p) if "申请书" in squash(r.text)), "")
    return paper(
        "application_form", pages, fields, tables={"indicators": Table(rows=rows, complete=complete)}, confidence=0.95,
        title="企业技术改造扶持计划项目申请书" if title else "项目申请书",
    )  # fmt: skip


def _number(text: str) -> str | None:
    found = re.match(r"[A-Za-z0-9\-]{6,30}", squash(text))
    return found[0] if found else None


def _company(text: str) -> str | None:
    name = as_name(text)
    return name if name and len(name) >= 6 and re.search(r"公司|厂|集团|中心|院|所$", name) else None


def _person(text: str) -> str | None:
    """A person's name; what runs on like a company's or holds office words is none."""
    found = re.fullmatch(r"[（(]?(?:签字|签章)?[)）]?[:：]?([一-鿿]{2,4}|[一-鿿]{1,8}·[一-鿿]{1,12}|[A-Za-z .]{4,40})", squash(text))
    return found[1] if found and not re.search(r"公司|有限|盖章|签字", found[1]) else None


def _person_field(forms: Sequence[Form], name: str, label: str) -> Field:
    """A name stands in one piece: what follows it in the row (a seal's words) is not part of it."""
    for form in forms:
        for run in form.values.get(name, []):
            for part in (run, Run(run.pieces[:1])):
                value = _person(part.text)
                if value is not None:
                    return resolve([sighting(part, value)], label=label)
    return best_field(forms, name, lambda _: None, "text", label)


def phone(text: str) -> str | None:
    """A telephone number, mobile or with area code; digits and one dash."""
    found = re.search(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(?:-\d{1,5})?)(?!\d)", squash(text).replace("—", "-").replace("－", "-"))
    return found[1] if found else None


def chosen_categories(text: str) -> str | None:
    """Categories by their ticks (``√类别1 √类别2 □类别3`` → ``1,2``) or by their naming (``类别1、类别2``, ``4(1)`` → ``4a``)."""
    plain = squash(text)
    # A reader drops empty boxes now and then, never adds ticks: with any tick seen, only ticked ones count.
    ticked = re.findall(r"[√☑✓✔■▣V](?:项目)?类别([1-5](?:\([12]\)|[ab])?)", plain)
    named = re.findall(r"类别[:：]?([1-5](?:\([12]\)|[ab])?)|(?<=[、,，])([1-5])(?!\d)", plain)
    found = ticked if re.search(r"[√☑✓✔■▣□☐]", plain) else [a or b for a, b in named]
    if not found and (alone := re.fullmatch(r"([1-5][ab]?)(?:[,，、]([1-5][ab]?))*", plain)):
        found = re.findall(r"[1-5][ab]?", alone[0])
    codes = [c.replace("(1)", "a").replace("(2)", "b") for c in found]
    return ",".join(dict.fromkeys(codes)) or None


def first_or_renewal(text: str) -> str | None:
    """``first`` or ``renewal`` by the tick; None when both or none are ticked."""
    plain = squash(text)
    ticks = re.findall(r"[√☑✓✔■▣V](首次|续报)", plain)
    if len(ticks) == 1:
        return "first" if ticks[0] == "首次" else "renewal"
    bare = re.fullmatch(r"(首次|续报)(申报|申请)?", plain)
    return ("first" if bare[1] == "首次" else "renewal") if bare else None


# --- indicators ------------------------------------------------------------------------------------------------------------


def _indicators(pages: Sequence[ReadPage]) -> tuple[tuple[Row, ...], bool]:
    found: list[tuple[str, PageEvidence, dict[str, Field]]] = []
    complete = True
    for page in pages:
        rows = page_rows(page)
        for place, row in enumerate(rows):
            heading = _heading(row)
            if heading is None:
                continue
            above = next((u for r in rows[:place] if (u := find_unit(r.text))), None)
            tilt, at = slope(page), level(row, slope(page))
            spans = columns_of([(name, run.box) for name, run in heading])
            for line in rows[place + 1 :]:
                if level(line, tilt) <= at or re.match(r"^[注说][:：明]|^[一二三四五六七]、", squash(line.text)):
                    break
                lines, whole = _indicator_rows(page, heading, cells_of(line, spans), above)
                found.extend(lines)
                complete = complete and whole
            break
    ids = ordinals([key for key, _, _ in found])
    return tuple(Row(id=i, evidence=where, cells=cells) for i, (_, where, cells) in zip(ids, found, strict=True)), complete


def _heading(row: Run) -> list[tuple[str, Run]] | None:
    """A row with 指标名称 and at least two years."""
    years = [(m[1], m.start(), m.end()) for m in re.finditer(r"(20\d{2})\s*年?(?:度)?", row.text)]
    name = next((hit for word in _NAME_HEADS for hit in find_in_row(row, word)), None)
    if name is None or len(years) < 2:
        return None
    heading = [("name", row.cut(name[0], name[1])), *((year, row.cut(start, end)) for year, start, end in years)]
    unit = next((hit for word in _UNIT_HEADS for hit in find_in_row(row, word) if hit[0] >= name[1]), None)
    if unit:
        heading.append(("unit", row.cut(unit[0], unit[1])))
    return heading


def _indicator_rows(
    page: ReadPage, heading: Sequence[tuple[str, Run]], cells: dict[str, Run], above: str | None
) -> tuple[list[tuple[str, PageEvidence, dict[str, Field]]], bool]:
    name_run = cells.get("name")
    if name_run is None or not re.search(r"[一-鿿]{2}", name_run.text):
        return [], not any(k.isdigit() for k in cells)
    name = re.sub(r"[(（](?:万元|千元|元|人|%)[)）]$", "", squash(name_run.text))
    out: list[tuple[str, PageEvidence, dict[str, Field]]] = []
    own = find_unit(name_run.text) or (m[1] if (m := re.search(r"[(（](人|%)[)）]", squash(name_run.text))) else None)
    whole = True
    for year, head in heading:
        run = cells.get(year)
        if not year.isdigit():
            continue
        if run is None:
            whole = False
            continue
        run = run.trimmed(" |｜丨")
        number = parse_number(run.text)
        fields = {
            "name": resolve([sighting(name_run, name)], label="指标"),
            "year": resolve([sighting(head, year)], value_type="year", label="年度"),
        }
        if number is None:
            read = sighting(run, squash(run.text))
            fields["value"] = Field(
                raw=read.raw, confidence=read.confidence, status="doubtful", reason="illegible", witnesses=(read.witness(),),
                why=f"{year}年“{name}”处文字“{read.raw}”无法识别为数字，请人工核对。",
            )  # fmt: skip
        else:
            fields["value"] = resolve([sighting(run, _as_printed(run.text, number_text(number)))], value_type="number", label=name)
        unit_run = cells.get("unit")
        if unit_run is not None:
            fields["unit"] = resolve([sighting(unit_run, squash(unit_run.text))], label="单位")
        elif own:
            fields["unit"] = resolve([sighting(name_run, own)], label="单位")
        elif above:
            fields["unit"] = resolve([sighting(head, above)], label="单位")
        else:
            doubt = {"status": "doubtful", "reason": "unit_unknown", "confidence": 0.5, "why": f"“{name}”未注明计量单位，请人工核对。"}
            fields["value"] = fields["value"].model_copy(update=doubt)
        where = PageEvidence(file=page.file, page=page.index, box=union_box([name_run.box, run.box]), text=f"{name_run.text} {run.text}")
        out.append((f"{name}|{year}", where, fields))
    return out, whole


def _as_printed(text: str, number: str) -> str:
    """The number with the decimals it is printed with (``1,234.50`` stays ``1234.50``)."""
    plain = squash(text).replace(",", "").replace("，", "")
    return plain if re.fullmatch(r"-?\d+\.\d+", plain) else number

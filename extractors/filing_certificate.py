"""技术改造项目备案表 (rule-book B.6): one boxed form, downloaded from the filing system."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.forms import Form, as_date, as_id, as_money, as_name, as_prose, as_uscc, best_field, id_field, sighting, sightings
from extractors.layout import Run
from extractors.page import ReadPage
from extractors.papers import paper
from extractors.values import find_dates, find_unit, squash
from extractors.witness import resolve
from pipeline.model import Document, Field

LABELS = {
    "filing_number": ("备案编号", "备案证编号", "备案号", "备案证号"),
    "project_code": ("项目代码", "项目编码", "国家编码"),
    "project_name": ("项目名称",),
    "applicant_name": ("建设单位", "项目单位", "申报单位", "备案单位", "建设单位名称", "项目单位名称", "企业名称", "单位名称"),
    "uscc": ("统一社会信用代码", "社会信用代码", "证照号码"),
    "construction_kind": ("建设性质", "项目类型", "建设类型"),
    "industry_code": ("项目所属行业", "所属行业", "行业代码", "国标行业", "行业类别"),
    "location": ("建设地点", "项目建设地点", "实施地点", "建设地址"),
    "total_investment": ("项目总投资", "总投资", "计划总投资", "项目总投资额"),
    "period": ("建设起止年限", "建设起止时间", "起止年限", "建设期限", "建设工期", "项目起止年限"),
    "period_start": ("开工时间", "计划开工时间", "开工日期", "开始时间"),
    "period_end": ("竣工时间", "计划竣工时间", "竣工日期", "完成时间", "建成时间"),
    "issued_on": ("备案日期", "备案时间", "发证日期"),
    "valid_until": ("有效期至", "有效期", "备案有效期"),
    "of_which": ("其中", "设备及技术投资", "土建投资", "进口设备用汇", "固定资产投资"),
    "content": ("建设规模及主要内容", "建设规模及内容", "建设内容", "主要建设内容"),
    "authority": ("备案机关", "备案部门"),
    "person": ("法定代表人", "联系人", "联系电话", "项目负责人", "建设单位（盖章）"),
}


def extract_filing_certificate(pages: Sequence[ReadPage]) -> Document:
    """The filing form. Money is read in the unit that its own label states; without one it is doubtful."""
    forms = [Form(page, LABELS) for page in pages]
    start, end = period_fields(forms)
    fields: dict[str, Field] = {
        "filing_number": best_field(forms, "filing_number", as_id, "id", "备案编号", most=1),
        "project_code": best_field(forms, "project_code", as_id, "id", "项目代码", most=1),
        "project_name": best_field(forms, "project_name", as_prose, "text", "项目名称", most=1),
        "applicant_name": best_field(forms, "applicant_name", as_name, "text", "建设单位", most=1),
        "uscc": id_field(
            sightings((r for f in forms for r in f.values.get("uscc", [])), as_uscc)[:1], old_ids=False, label="统一社会信用代码"
        ),
        "construction_kind": best_field(forms, "construction_kind", ticked, "text", "建设性质", most=1),
        "industry_code": industry_field(forms),
        "location": best_field(forms, "location", as_prose, "text", "建设地点", most=1),
        "total_investment": labelled_money(forms, "total_investment", "项目总投资"),
        "period_start": start,
        "period_end": end,
        "issued_on": best_field(forms, "issued_on", as_date, "date", "备案日期", most=1),
        "valid_until": best_field(forms, "valid_until", last_date, "date", "有效期至", most=1),
    }
    return paper("filing_certificate", pages, fields)


def last_date(text: str) -> str | None:
    """The last date of ``text`` (``自…至…``)."""
    found = find_dates(text)
    return found[-1].value.isoformat() if found else None


def industry_code(text: str) -> str | None:
    """The four-digit code (GB/T 4754) in ``text``, a class letter before it allowed; three digits get no guess."""
    found = re.search(r"(?<![0-9])[A-T]?([0-9]{4})(?![0-9])", squash(text))
    return found[1] if found else None


def industry_field(forms: Sequence[Form]) -> Field:
    return best_field(forms, "industry_code", industry_code, "id", "行业代码", most=1)


def ticked(text: str) -> str | None:
    """The chosen words of a row of boxes (``√技术改造 □新建`` → ``技术改造``); text without boxes as it is."""
    plain = squash(text)
    if not re.search(r"[□☐☑√✓✔■▣口]", plain):
        return as_prose(text)
    chosen = re.findall(r"[√☑✓✔■▣]([^□☐☑√✓✔■▣]+)", plain)
    return "、".join(part.strip("；;、,，") for part in chosen) or None


def period_fields(forms: Sequence[Form]) -> tuple[Field, Field]:
    """Start and end of the project, from one cell with two dates or from two cells."""
    both: list[tuple[Run, Run, str, str]] = []
    for form in forms:
        for run in form.values.get("period", []):
            dates = find_dates(run.text)
            if len(dates) >= 2:
                first, last = dates[0], dates[-1]
                both.append((run.cut(first.start, first.end), run.cut(last.start, last.end), first.value.isoformat(), last.value.isoformat()))
    if both:
        a, b, start, end = both[0]
        return (
            resolve([sighting(a, start)], value_type="date", label="建设起始"),
            resolve([sighting(b, end)], value_type="date", label="建设终止"),
        )
    if any(form.values.get("period") for form in forms) and not any(form.values.get("period_start") for form in forms):
        return best_field(forms, "period", as_date, "date", "建设起止时间", most=0), Field(status="missing", why="未在材料上找到“建设终止”。")
    return (
        best_field(forms, "period_start", as_date, "date", "建设起始", most=1),
        best_field(forms, "period_end", as_date, "date", "建设终止", most=1),
    )


def labelled_money(forms: Sequence[Form], name: str, label: str, *, page_unit: str | None = None) -> Field:
    """Money whose unit stands in its label (``项目总投资（万元）``), beside the number, or on the page."""
    for form in forms:
        for run in form.values.get(name, []):
            own = _label_unit(form, name, run)
            unit = own or page_unit
            value = as_money(unit or "元")(_amount_part(run.text))
            if value is None:
                continue
            field = resolve([sighting(run, value)], value_type="money", label=label)
            if unit or re.search(r"[万千百亿]?元", squash(run.text)) or "万" in run.text:
                return field
            return field.model_copy(update={
                "status": "doubtful", "reason": "unit_unknown", "why": f"“{label}”未注明金额单位，请人工核对。", "confidence": 0.5,
            })  # fmt: skip
    return best_field(forms, name, lambda _: None, "money", label)


def _amount_part(text: str) -> str:
    """From the first sign of the amount on; a unit bracket that belongs to the label stands before it."""
    return re.sub(r"^[^0-9￥¥-]*", "", text)


def _label_unit(form: Form, name: str, run: Run) -> str | None:
    """The unit in the label's own cell: what stands between the label and the value, or wraps below the label."""
    for label in form.labels:
        if label.name not in LABELS.get(name, ()) and label.name not in form.words(name):
            continue
        tail = label.row.text[label.start :]
        end = tail.find(run.text.strip()[:6]) if run.text.strip() else -1
        unit = find_unit(tail[:end] if end > 0 else tail)
        if unit:
            return unit
        below = "".join(
            p.text for r in form.rows for p in r.pieces
            if abs(p.cx - label.run.pieces[0].cx) < 0.12 and 0 <= p.cy - (label.box[1] + label.box[3]) / 2 < 2.2 * (label.box[3] - label.box[1])
        )  # fmt: skip
        if unit := find_unit(below) or find_unit("(" + below.rsplit("(", 1)[-1].rsplit("（", 1)[-1]):
            return unit
    return find_unit(run.text)

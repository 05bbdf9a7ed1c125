"""营业执照 (rule-book B.5): labels in two columns, scope and address over several lines, USCC also in the QR code."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.capital import find_capital
from extractors.forms import Form, as_date, as_name, as_prose, as_uscc, best_field, id_field, sightings
from extractors.identifiers import is_uscc
from extractors.layout import Run, as_piece
from extractors.page import ReadPage
from extractors.papers import paper
from extractors.values import money_text, parse_money, squash
from extractors.witness import Sighting, resolve
from pipeline.model import Document, Field, PageEvidence

LABELS = {
    "uscc": ("统一社会信用代码", "社会信用代码", "注册号", "证照编号"),
    "name": ("名称", "企业名称"),
    "type": ("类型", "主体类型", "公司类型", "企业类型"),
    "legal_representative": ("法定代表人", "法定代表人姓名", "负责人", "经营者", "投资人"),
    "registered_capital": ("注册资本", "注册资金", "出资额"),
    "established_on": ("成立日期", "注册日期"),
    "valid_until": ("营业期限", "经营期限", "合伙期限"),
    "address": ("住所", "营业场所", "经营场所", "住址"),
    "scope": ("经营范围",),
    "authority": ("登记机关", "发照机关"),
    "issued": ("核准日期", "发照日期"),
    "site": ("国家企业信用信息公示系统", "市场主体应当于每年"),
}
_CODE = re.compile(r"(?<![0-9A-Z])(9[1-9][0-9]{6}[0-9A-Z]{10})(?![0-9A-Z])")


def extract_business_licence(pages: Sequence[ReadPage]) -> Document:
    """The licence on ``pages`` (as a rule one). ``valid_until`` is empty and says so for 长期 and 永续经营."""
    forms = [Form(page, LABELS) for page in pages]
    fields: dict[str, Field] = {
        "uscc": _uscc(pages, forms),
        "name": best_field(forms, "name", as_name, "text", "名称", most=1),
        "type": best_field(forms, "type", as_prose, "text", "类型", most=1),
        "legal_representative": best_field(forms, "legal_representative", as_name, "text", "法定代表人", most=1),
        "registered_capital": best_field(forms, "registered_capital", as_capital, "money", "注册资本", most=1),
        "established_on": best_field(forms, "established_on", as_date, "date", "成立日期", most=1),
        "address": best_field(forms, "address", as_prose, "text", "住所", most=1),
        "valid_until": _valid_until(forms),
        "scope": best_field(forms, "scope", as_prose, "text", "经营范围", most=1),
    }
    return paper("business_licence", pages, fields)


def as_capital(text: str) -> str | None:
    """Registered capital in any usual writing: ``人民币伍仟万元整``, ``5000万元人民币``, ``5,000.00万元``; other currencies are not yuan."""
    plain = squash(text)
    if re.search(r"美元|港元|港币|欧元|日元|USD|HKD", plain):
        return None
    if (words := find_capital(plain)) is not None:
        return money_text(words[0])
    number = parse_money(re.sub(r"人民币|[(（].*?[)）]", "", plain))
    return money_text(number) if number is not None else None


def _uscc(pages: Sequence[ReadPage], forms: Sequence[Form]) -> Field:
    """The printed code, the one inside the licence's QR link, and the check digit."""
    printed = sightings((run for form in forms for run in form.values.get("uscc", [])), as_uscc)[:1]
    if not printed:  # below the label, as on the old copies, or without any label
        printed = sightings((run for page in pages for run in _codes_on(page)), as_uscc)[:1]
    coded: list[Sighting] = []
    for page in pages:
        for code in page.reading.codes:
            found = re.search(r"[0-9A-HJ-NPQRTUWXY]{18}", code.text.upper())
            if found and is_uscc(found[0]):
                where = PageEvidence(file=page.file, page=page.index, box=code.box, text=code.text[:200])
                coded.append(Sighting(source="qr", value=found[0], evidence=where))
    return id_field([*printed, *coded[:1]], old_ids=False, label="统一社会信用代码")


def _codes_on(page: ReadPage) -> list[Run]:
    out: list[Run] = []
    for line in page.reading.lines:
        found = _CODE.search(squash(line.text).upper())
        if found:
            out.append(Run((as_piece(page, line),)))
    return out


def _valid_until(forms: Sequence[Form]) -> Field:
    runs = [run for form in forms for run in form.values.get("valid_until", [])]
    for run in runs:
        if re.search(r"长期|永续|永久|不约定|无固定", squash(run.text)):
            read = Sighting(source=run.source, value="", evidence=run.evidence(), raw=run.text.strip(), confidence=run.confidence)
            return Field(
                value=None, raw=run.text.strip(), confidence=run.confidence, status="missing", reason="no_term",
                why=f"营业期限为“{run.text.strip()}”，没有截止日期。", witnesses=(read.witness(),),
            )  # fmt: skip
    def last(text: str) -> str | None:
        end = re.split(r"至|到|[-—–]{2,}", text)[-1]
        return as_date(end)

    return resolve(sightings(runs, last)[:1], value_type="date", label="营业期限至")

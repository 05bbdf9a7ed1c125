"""The checklist: every material the guide asks for, by category and year, and whether it is there (A.1)."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import ChecklistItem, ChecklistStatus, Document
from pipeline.policy import Material
from validators.view import View
from validators.years import audit_year, tax_year


def build_checklist(view: View) -> tuple[ChecklistItem, ...]:
    """One item per material, per year where the guide asks for years. Without known categories there is nothing to hold the file
    against, and the list is empty."""
    items: list[ChecklistItem] = []
    for material in view.policy.materials_for(view.categories):
        items.extend(_items(view, material))
    return tuple(items)


def serving(view: View, material: Material) -> tuple[Document, ...]:
    """The documents that are this material."""
    found = view.dossier.of_kind(*material.kinds)
    if material.interest_table:
        return tuple(d for d in found if d.rows("interest") or _table(d) == "4")
    if material.list_table:
        return tuple(d for d in found if not d.rows("interest") and _table(d) != "4")
    if material.subtypes:
        return tuple(d for d in found if d.subtype in material.subtypes)
    return found


def _table(document: Document) -> str:
    return (document.get("table").value or document.subtype or "").removeprefix("table")


def _item(view: View, material: Material, status: ChecklistStatus, documents: Sequence[Document] = (), note: str = "", year: int | None = None) -> ChecklistItem:
    need, clause = view.policy.need(material, view.categories)
    title = f"{year}年度{material.title}" if year is not None else material.title
    return ChecklistItem(
        code=material.code, material=material.material, year=year, title=title, clause=clause, required=need == "required",
        status=status, documents=tuple(d.id for d in documents), note=note,
    )  # fmt: skip


def _items(view: View, material: Material) -> list[ChecklistItem]:
    if material.per_year:
        return [_year_item(view, material, year) for year in view.policy.years.lookback.value]
    need, _ = view.policy.need(material, view.categories)
    found = serving(view, material)
    if material.excel:
        return [_with_excel(view, material, found)]
    if found:
        return [_item(view, material, "present", found)]
    if material.waived_by == "linked_licence":
        return [_licence_item(view, material)]
    if material.waived_by == "not_renovation" and need == "conditional":
        return [_item(view, material, "person", note="非技术改造项目可不提供，请确认项目性质。")]
    for other in material.stand_ins:
        stand_in = serving(view, view.policy.material(other))
        if stand_in:
            return [_item(view, material, "person", stand_in, f"未见单独的{material.title}，可能与{view.policy.material(other).title}为同一文件，请确认。")]
    if need == "optional":
        return [_item(view, material, "not_applicable", note="无此项可不提供。")]
    return [_item(view, material, "missing", note=_unread_note(view))]


def _licence_item(view: View, material: Material) -> ChecklistItem:
    """M02 (J): an 18-digit USCC suggests 三证合一; whether the e-licence is linked only the office's extract can tell."""
    linked = view.dossier.ledgers.get("e_licences")
    uscc = view.applicant.uscc
    if linked is not None and uscc is not None:
        mine = [r for r in linked if r.values.get("uscc") == uscc]
        if mine and any((r.values.get("linked") or "").strip().lower() in ("是", "true", "1", "yes", "已关联") for r in mine):
            return _item(view, material, "not_applicable", note="已关联电子证照，无需提交。")
        return _item(view, material, "missing", note="电子证照清单中未见已关联的营业执照，须提交复印件。")
    if uscc is not None and len(uscc) == 18:
        return _item(view, material, "not_applicable", note="为三证合一新版执照（18位统一社会信用代码），已关联电子证照的无需提交，请核对是否已关联。")
    return _item(view, material, "person", note="未见营业执照，也未读出统一社会信用代码，请确认是否为三证合一并已关联电子证照。")


def _with_excel(view: View, material: Material, found: Sequence[Document]) -> ChecklistItem:
    """Lists are wanted twice: sealed on paper, and as the Excel upload."""
    paper = [d for d in found if not view.is_excel(d)]
    excel = [d for d in found if view.is_excel(d)]
    if paper and excel:
        return _item(view, material, "present", found)
    if paper or excel:
        lacking = "Excel表格" if paper else "加盖公章的纸质清单"
        return _item(view, material, "incomplete", found, f"缺少{lacking}。")
    return _item(view, material, "missing", note=_unread_note(view))


def _year_item(view: View, material: Material, year: int) -> ChecklistItem:
    if view.owed_from(year) is None:
        return _item(view, material, "not_applicable", note=f"申报单位成立于{view.established_on.value}，该年度尚未成立。", year=year)
    if material.material == "tax_certificate":
        return _tax_item(view, material, year)
    return _audit_item(view, material, year)


def _tax_item(view: View, material: Material, year: int) -> ChecklistItem:
    found = tax_year(view, year)
    mine = (*found.certificates, *found.unclear)
    if not mine:
        note = "所附证明的纳税人不是申报单位。" if found.foreign else _unread_note(view)
        return _item(view, material, "missing", found.foreign, note, year)
    if found.unclear:
        return _item(view, material, "person", mine, "期间或纳税人识别不确定，请核对。", year)
    if found.gaps:
        spans = "、".join(f"{a}至{b}" for a, b in found.gaps)
        return _item(view, material, "incomplete", mine, f"未覆盖{spans}。", year)
    return _item(view, material, "present", mine, year=year)


def _audit_item(view: View, material: Material, year: int) -> ChecklistItem:
    found = audit_year(view, year)
    if found.reports:
        return _item(view, material, "present", found.reports, year=year)
    if found.statements or found.verifications:
        documents = found.statements or found.verifications
        title = next(s.title for s in material.substitutes if s.kind == documents[0].kind)
        return _item(view, material, "substituted", documents, f"以{title}替代。", year)
    if found.unclear:
        return _item(view, material, "person", found.unclear, "年度或被审计单位识别不确定，请核对。", year)
    note = "所附报告的被审计单位不是申报单位。" if found.foreign else _unread_note(view)
    return _item(view, material, "missing", found.foreign, note, year)


def _unread_note(view: View) -> str:
    unread = view.unreadable_files
    return f"另有{len(unread)}个文件无法打开，可能在其中。" if unread else ""

"""表1《项目投入明细清单》 printed on A3 landscape and sealed: the same rows as the Excel list."""

from __future__ import annotations

from samples.documents.draft import Draft, chinese_date, seal_by_applicant
from samples.listing import COLUMNS, TITLE, column_texts, column_truths, total_texts
from samples.paper import Paper
from samples.world import World

KIND = "investment_list"
_PRINTED = {
    "sequence": 9.0, "class": 11.0, "name": 37.0, "spec": 19.0, "quantity": 10.0, "quantity_unit": 9.0, "unit_price": 23.0,
    "supplier_name": 46.0, "voucher_type": 14.0, "invoice_code": 25.0, "invoice_number": 18.0, "invoice_date": 20.0, "gross": 26.0,
    "net": 26.0, "tax": 23.0, "paid_on": 20.0, "declared_amount": 26.0, "is_fixed_asset": 10.0, "smart_amount": 26.0,
}  # fmt: skip
"""Printed columns with their widths in millimetres; the wide sheet drops what does not fit."""


def draw_paper_list(world: World, rows_per_page: int = 19) -> Draft:
    """The printed list; ``tables`` hold what is printed, the totals stand below the last row."""
    columns = [c for c in COLUMNS if c.key in _PRINTED]
    left = (420 - sum(_PRINTED.values())) / 2
    chunks = [world.lines[i : i + rows_per_page] for i in range(0, len(world.lines), rows_per_page)]
    papers: list[Paper] = []
    for number, chunk in enumerate(chunks, start=1):
        paper = Paper(420, 297)
        paper.text(210, 20, TITLE, 18, face="sans", bold=True, align="c")
        name_box = paper.text(left, 32, f"申报单位：{world.company.party.name}", 10)
        paper.text(left + 110, 32, f"统一社会信用代码：{world.company.party.uscc}", 10)
        paper.text(left + 204, 32, f"项目名称：{world.project.name}", 10)
        unit_box = paper.text(420 - left, 32, "单位：元", 10, align="r")
        if number == 1:
            paper.note("applicant_name", world.company.party.name, name_box)
            paper.note("uscc", world.company.party.uscc, (left + 110, 30, left + 190, 34))
            paper.note("project_name", world.project.name, (left + 204, 30, left + 300, 34))
            paper.note("unit", "元", unit_box)
            paper.note("table", "1", (150, 15, 270, 25))
        y, x = 37.0, left
        for column in columns:
            paper.cell((x, y, x + _PRINTED[column.key], y + 15), column.head, 8, bold=True)
            x += _PRINTED[column.key]
        y += 15
        for line in chunk:
            texts, truths = column_texts(line), column_truths(line)
            x = left
            for column in columns:
                box = paper.cell((x, y, x + _PRINTED[column.key], y + 9.6), texts[column.key], 8, align="r" if column.money else "c")
                if truths.get(column.key):
                    paper.note_row("lines", line.sequence - 1, column.key, truths[column.key], box)
                x += _PRINTED[column.key]
            y += 9.6
        if number == len(chunks):
            totals = total_texts(world)
            x = left
            for column in columns:
                box = paper.cell((x, y, x + _PRINTED[column.key], y + 10), totals.get(column.key, ""), 8, bold=True, align="r" if column.money else "c")
                if column.key == "declared_amount":
                    paper.note("declared_total", f"{world.declared_total:.2f}", box)
                x += _PRINTED[column.key]
            y += 22
            paper.text(left, y, f"填表人：{world.company.contact}", 10)
            paper.text(left + 90, y, f"财务负责人：{world.company.finance_head}", 10)
            paper.text(left + 190, y, f"法定代表人：{world.company.legal_representative}", 10)
            paper.text(left + 290, y, f"填报日期：{chinese_date(world.applied_on)}", 10)
            seal_by_applicant(world, KIND, paper, left + 306, y + 6, world.rng(KIND, "seal"))
        paper.label = number
        paper.text(210, 288, f"第{number}页 共{len(chunks)}页", 9, align="c")
        papers.append(paper)
    return Draft(KIND, papers, TITLE, seam=True)

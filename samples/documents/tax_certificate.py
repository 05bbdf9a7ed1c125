"""纳税证明: one page for each office and year, the taxes of the period with their sum in figures and in words."""

from __future__ import annotations

from datetime import date

from samples.accounts import TaxPaper
from samples.documents.draft import Draft, chinese_date, copy_remark
from samples.money import capital, grouped, plain
from samples.paper import Paper
from samples.seals import authority_die, strike
from samples.world import World

KIND = "tax_certificate"


def draw_tax_certificate(world: World, tax_paper: TaxPaper) -> Draft:
    rng = world.rng(KIND, tax_paper.key)
    party, year = world.company.party, tax_paper.year
    paper = Paper()
    paper.text(105, 36, "纳 税 证 明", 24, bold=True, align="c")
    paper.put("certificate_number", tax_paper.number, 188, 52, tax_paper.number, 11, align="r")
    paper.text(22, 66, "纳税人名称：", 12)
    paper.put("taxpayer_name", party.name, 48, 66, party.name, 12)
    paper.text(22, 76, "纳税人识别号：", 12)
    paper.put("taxpayer_id", party.uscc, 52, 76, party.uscc, 12)
    start, end = date(year, 1, 1), date(year, 12, 31)
    paper.text(22, 86, "税款所属期：", 12)
    box = paper.put("period_start", start.isoformat(), 48, 86, chinese_date(start), 12)
    mid = paper.text(box[2] + 2, 86, "至", 12)
    paper.put("period_end", end.isoformat(), mid[2] + 2, 86, chinese_date(end), 12)
    paper.text(188, 97, "单位：人民币元", 10, align="r")
    columns = ((22.0, 66.0), (66.0, 134.0), (134.0, 188.0))
    y, high = 101.0, 10.0
    for (a, b), head in zip(columns, ("税种", "税款所属时期", "实缴税额"), strict=True):
        paper.cell((a, y, b, y + high), head, 11, bold=True)
    y += high
    for row, (name, amount) in enumerate(tax_paper.taxes):
        cells = (name, f"{start:%Y-%m-%d} 至 {end:%Y-%m-%d}", grouped(amount))
        boxes = [paper.cell((a, y, b, y + high), t, 11, align="r" if i == 2 else "c") for i, ((a, b), t) in enumerate(zip(columns, cells, strict=True))]
        paper.note_row("taxes", row, "tax_type", name, boxes[0])
        paper.note_row("taxes", row, "period_start", start.isoformat(), boxes[1])
        paper.note_row("taxes", row, "period_end", end.isoformat(), boxes[1])
        paper.note_row("taxes", row, "amount", plain(amount), boxes[2])
        y += high
    paper.cell((22, y, 66, y + 11), "合计（小写）", 11)
    paper.field_cell("total", plain(tax_paper.total), (66, y, 188, y + 11), f"￥{grouped(tax_paper.total)}", 11, align="r")
    paper.cell((22, y + 11, 66, y + 22), "合计（大写）", 11)
    words = capital(tax_paper.total, "元")
    paper.field_cell("total_capital", words, (66, y + 11, 188, y + 22), f"人民币{words}", 11, align="l")
    paper.paragraph(22, y + 30, 164, "以上税款均已缴纳入库。本证明仅证明纳税人在上述税款所属期间的税款缴纳情况，不作他用。", 11)
    paper.put("issuer", tax_paper.issuer, 146, 236, tax_paper.issuer, 12, align="c")
    paper.put("issue_date", tax_paper.issued_on.isoformat(), 146, 248, chinese_date(tax_paper.issued_on), 12, align="c")
    strike(paper, authority_die(tax_paper.seal, "业务专用章"), 150, 240, rng)
    copy_remark(world, KIND, paper, 60, 238, rng)
    paper.text(22, 272, "妥善保管、手写无效", 9)
    return Draft(KIND, [paper], "纳税证明", tax_paper.year)

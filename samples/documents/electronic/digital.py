"""全面数字化的电子发票: no code, a number of twenty digits, buyer and seller side by side. In a filing of 2020 it is an anachronism."""

from __future__ import annotations

from samples.documents.electronic.codes import payload
from samples.documents.electronic.facts import Face
from samples.documents.electronic.sheet import Sheet
from samples.paper import Align, MmBox
from samples.world.model import Invoice

_EDGES = (4.5, 41.0, 66.0, 77.5, 102.5, 127.5, 154.0, 179.0, 205.5)
_HEADS = ("项目名称", "规格型号", "单 位", "数 量", "单 价", "金 额", "税率/征收率", "税 额")
_COLUMNS = ("name", "spec", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax")
_ALIGN: tuple[Align, ...] = ("l", "l", "c", "r", "r", "r", "r", "r")
_ROOM = 36.5


def draw_digital(sheet: Sheet, invoice: Invoice, face: Face) -> None:
    """The whole face, 210 x 140 mm."""
    sheet.face = face
    for level in (30, 52, 96, 104, 124):
        sheet.rule(4.5, level, 205.5, level)
    for x, top, bottom in ((4.5, 30, 124), (205.5, 30, 124), (10.5, 30, 52), (105, 30, 52), (111, 30, 52), (10.5, 104, 124), (56.5, 96, 104)):
        sheet.rule(x, top, x, bottom)
    box = sheet.label(105, 12, face.text("invoice_type"), 20, align="c", face="kai")
    sheet.paper.note("invoice_type", invoice.kind, box)
    for level in (18, 19):
        sheet.rule(65.5, level, 138.5, level)
    sheet.supervision(invoice, 105, 18)
    sheet.qr(payload(invoice), 6.5, 6, 20)
    for y, words, name in ((12.8, "发票号码：", "invoice_number"), (18.9, "开票日期：", "issue_date")):
        sheet.label(154, y, words)
        sheet.fact(name, face.fields[name], 170, y)
    for x, words, role in ((5.9, "购买方信息", "buyer"), (106.4, "销售方信息", "seller")):
        for i, char in enumerate(words):
            sheet.label(x, 34.5 + 3.5 * i, char)
        sheet.label(x + 5.5, 35.3, "名称：")
        sheet.fact(f"{role}_name", face.fields[f"{role}_name"], x + 15, 35.3, room=78)
        end = sheet.label(x + 5.5, 45.8, "统一社会信用代码/纳税人识别号：", 8.6)[2] - sheet.left
        if (tax_id := face.fields.get(f"{role}_tax_id")) is not None:
            sheet.fact(f"{role}_tax_id", tax_id, end + 0.3, 45.8, 11, face="mono", room=46)
    for a, b, head in zip(_EDGES, _EDGES[1:], _HEADS, strict=False):
        sheet.label((a + b) / 2, 54.6, head, align="c")
    _items(sheet, face)
    sheet.label(20, 93.4, "合" + " " * 14 + "计")
    for name, edge in (("amount", 153.2), ("tax", 204.8)):
        sheet.fact(name, face.fields[name], edge, 93.4, align="r")
    sheet.label(16.4, 100, "价税合计（大写）")
    sheet.crossed(60.3, 100)
    sheet.fact("total_capital", face.fields["total_capital"], 63, 100, room=80)
    sheet.label(143, 100, "（小写）")
    sheet.fact("total", face.fields["total"], 155.5, 100, 11)
    for y, char in ((110.5, "备"), (116.5, "注")):
        sheet.label(7.5, y, char, align="c")
    if (remarks := face.fields.get("remarks")) is not None:
        sheet.fact("remarks", remarks, 11.5, 107.5, room=190)
    sheet.label(19, 131, "开票人：")
    if face.clerks[2]:
        with sheet.named("clerk"):
            sheet.value(32, 131, face.clerks[2])


def _items(sheet: Sheet, face: Face) -> None:
    y = 59.2
    for row, line in enumerate(face.lines[:8]):
        lines = 1
        for column, align, a, b in zip(_COLUMNS, _ALIGN, _EDGES, _EDGES[1:], strict=False):
            if (shown := line.get(column)) is None:
                continue
            x, size = {"l": a + 0.6, "c": (a + b) / 2, "r": b - 0.8}[align], 9.0
            parts = _cut(sheet, shown.text) if column == "name" else [shown.text]
            while column != "name" and sheet.paper.text_width(shown.text, size, "serif") > b - a - 1 and size > 4.5:
                size -= 0.25
            with sheet.named(f"items.{row}.{column}"):
                boxes: list[MmBox] = [sheet.value(x, y + 4.5 * i, part, size, align=align) for i, part in enumerate(parts)]
            lines = max(lines, len(parts))
            whole = (min(v[0] for v in boxes), boxes[0][1], max(v[2] for v in boxes), boxes[-1][3])
            sheet.paper.note_row("items", row, column, shown.value, whole)
        y += 4.5 * lines


def _cut(sheet: Sheet, text: str) -> list[str]:
    lines, line = [], ""
    for char in text:
        if line and sheet.paper.text_width(line + char, 9, "serif") > _ROOM - 1:
            lines.append(line)
            line = ""
        line += char
    return [*lines, line]

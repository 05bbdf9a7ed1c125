"""销货清单 as the later pages of an electronic invoice's PDF."""

from __future__ import annotations

from collections.abc import Sequence

from samples.documents.electronic.facts import Face, chinese, item_cells
from samples.documents.electronic.sheet import Sheet
from samples.documents.electronic.styles import Style, fonts_of
from samples.money import plain
from samples.paper import Align
from samples.vector_paper import VectorPaper
from samples.world.model import ZERO, Invoice, Item

_ROWS = 25
_EDGES = (15.0, 25.0, 76.0, 103.0, 113.0, 128.0, 148.0, 168.0, 178.0, 197.0)
_HEADS = ("序号", "货物（劳务）名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额")
_COLUMNS = ("name", "spec", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax")
_ALIGN: tuple[Align, ...] = ("l", "l", "c", "r", "r", "r", "c", "r")


def draw_goods_list(invoice: Invoice, face: Face, style: Style) -> list[VectorPaper]:
    """A4 pages of at most 25 lines; code and number of the invoice on the first, sums on the last."""
    chunks = [invoice.items[i : i + _ROWS] for i in range(0, len(invoice.items), _ROWS)]
    return [_page(invoice, face, style, chunk, i, len(chunks)) for i, chunk in enumerate(chunks)]


def _page(invoice: Invoice, face: Face, style: Style, items: Sequence[Item], index: int, count: int) -> VectorPaper:
    paper = VectorPaper(210, 297, fonts=fonts_of(style.platform), label=index + 1)
    sheet = Sheet(paper, style)
    seller = invoice.agent or invoice.seller
    sheet.label(106, 22, "销售货物或者提供应税劳务清单", 16, align="c", face=style.title)
    sheet.label(15, 34, f"购买方名称：{invoice.buyer.name}")
    sheet.label(15, 40, f"销售方名称：{seller.name}")
    end = sheet.label(15, 46, "所属增值税电子普通发票代码：")[2]
    box = sheet.value(end + 0.5, 46, invoice.code)
    paper.note("invoice_code", invoice.code, box)
    end = sheet.label(112, 46, "号码：")[2]
    paper.note("invoice_number", invoice.number, sheet.value(end + 0.5, 46, invoice.number))
    sheet.label(197, 46, f"共 {count} 页　第 {index + 1} 页", align="r")
    top, step = 50.0, 7.0
    cells = [(a, b, head) for a, b, head in zip(_EDGES, _EDGES[1:], _HEADS, strict=False)]
    for a, b, head in cells:
        sheet.label((a + b) / 2, top + step / 2, head, align="c")
    y = top + step
    for row, item in enumerate(items, start=index * _ROWS):
        sheet.value((_EDGES[0] + _EDGES[1]) / 2, y + step / 2, str(row + 1), align="c")
        for column, align, a, b in zip(_COLUMNS, _ALIGN, _EDGES[1:], _EDGES[2:], strict=False):
            if (shown := item_cells(item).get(column)) is None:
                continue
            size, x = 8.5, {"l": a + 0.8, "c": (a + b) / 2, "r": b - 0.8}[align]
            while paper.text_width(shown.text, size, style.values) > b - a - 1 and size > 4:
                size -= 0.25
            paper.note_row("items", row, column, shown.value, sheet.value(x, y + step / 2, shown.text, size, align=align))
        y += step
    last = index == count - 1
    sums = [("小计", sum((i.amount for i in items), ZERO), sum((i.tax for i in items), ZERO))]
    if last:
        sums.append(("总计", invoice.net, invoice.tax))
    for word, net, tax in sums:
        sheet.label((_EDGES[1] + _EDGES[2]) / 2, y + step / 2, word, align="c")
        net_box = sheet.value(_EDGES[7] - 0.8, y + step / 2, f"￥{plain(net)}", 8.5, align="r")
        tax_box = sheet.value(_EDGES[9] - 0.8, y + step / 2, f"￥{plain(tax)}", 8.5, align="r")
        if word == "总计":
            paper.note("amount", plain(net), net_box)
            paper.note("tax", plain(tax), tax_box)
        y += step
    for level in range(round((y - top) / step) + 1):
        sheet.rule(_EDGES[0], top + level * step, _EDGES[-1], top + level * step)
    for x in _EDGES:
        sheet.rule(x, top, x, y)
    if last:
        sheet.label(15, y + 7, f"备注：填开日期：{chinese(invoice.issued_on)}")
    if style.seller_seal:
        owner = invoice.seal_of or seller
        sheet.invoice_seal(owner, 168, min(y + 12, 272))
    return paper

"""销货清单: the list of goods that the fiscal system prints on A4 when an invoice says （详见销货清单）, over as many pages as it takes."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from samples.documents.draft import Draft
from samples.documents.invoice.face import count_text, price_text, rate_text
from samples.documents.invoice.marks import seal_die
from samples.fonts import Face
from samples.money import plain
from samples.paper import Align, MmBox, Paper
from samples.seals import strike
from samples.world.model import ZERO, Invoice, Item, World

KIND = "invoice_list"
TITLE = "销售货物或者提供应税劳务、服务清单"
_HEADS = ("序号", "货物（劳务）名称", "规格型号", "单位", "数量", "单价", "金额", "税率", "税额")
_COLUMNS = ("", "name", "spec", "unit", "quantity", "unit_price", "amount", "tax_rate", "tax")
_ALIGN: tuple[Align, ...] = ("c", "l", "l", "c", "r", "r", "r", "c", "r")


@dataclass(frozen=True)
class _Layout:
    """How the seller's program prints its lists."""

    wide: bool
    """A4 across."""
    rows: int
    pitch: float
    face: Face
    size: float
    shares: tuple[float, ...]
    padded: bool
    """Empty rows are ruled down to the foot of the page."""
    sums_every_page: bool

    @property
    def sheet(self) -> tuple[float, float]:
        return (297.0, 210.0) if self.wide else (210.0, 297.0)


def _layout(rng: random.Random) -> _Layout:
    wide = rng.random() < 0.25
    size = rng.uniform(8.0, 9.4)
    pitch = rng.uniform(5.8, 7.6)
    room = (210.0 if wide else 297.0) - 92.0
    shares = rng.choice(((1.0, 5.2, 3.0, 1.1, 1.5, 2.6, 2.4, 1.1, 2.2), (0.8, 4.6, 3.6, 1.0, 1.6, 2.4, 2.5, 1.0, 2.3)))
    face: Face = rng.choice(("serif", "serif", "sans", "dot"))
    return _Layout(wide, int(room / pitch), pitch, face, size, shares, rng.random() < 0.5, rng.random() < 0.5)


def draw_goods_list(world: World, invoice: Invoice) -> Draft:
    """The list that belongs to ``invoice``: all its items with sub-totals, the sum, the seller's 发票专用章 on every page."""
    layout = _layout(world.rng("goods list", (invoice.agent or invoice.seller).name))
    chunks = [invoice.items[i : i + layout.rows] for i in range(0, len(invoice.items), layout.rows)] or [()]
    papers = [_page(world, invoice, layout, chunks, i) for i in range(len(chunks))]
    return Draft(KIND, papers, "销货清单", year=invoice.issued_on.year, key=f"{KIND}::{invoice.key}")


def _page(world: World, invoice: Invoice, layout: _Layout, chunks: list[tuple[Item, ...]], index: int) -> Paper:
    paper = Paper(*layout.sheet)
    paper.label = index + 1
    rng = world.rng(KIND, invoice.key, index)
    left, right, size, face = 14.0, paper.width - 14.0, layout.size, layout.face
    y = 20.0 + rng.uniform(-1.5, 1.5)
    paper.text(paper.width / 2, y, TITLE, 15, face=face, align="c", bold=True)
    issuer = invoice.agent or invoice.seller
    paper.text(left, y + 11, f"购买方名称：{invoice.buyer.name}", size + 0.6, face=face)
    paper.text(left, y + 18, f"销售方名称：{issuer.name}", size + 0.6, face=face)
    at = paper.text(left, y + 25, f"所属增值税{'专用' if invoice.kind == 'special' else '普通'}发票代码：", size + 0.6, face=face)[2]
    code = paper.text(at, y + 25, invoice.code, size + 0.6, face=face)
    at = paper.text(code[2] + 3, y + 25, "号码：", size + 0.6, face=face)[2]
    number = paper.text(at, y + 25, invoice.number, size + 0.6, face=face)
    if index == 0:
        paper.note("invoice_code", invoice.code, code)
        paper.note("invoice_number", invoice.number, number)
    paper.text(right, y + 25, f"共 {len(chunks)} 页  第 {index + 1} 页", size + 0.6, face=face, align="r")
    edges = [left]
    for share in layout.shares:
        edges.append(edges[-1] + share / sum(layout.shares) * (right - left))
    y += 30.0
    _line(paper, edges, y, layout, _HEADS, ("c",) * 9)
    first = sum(len(chunk) for chunk in chunks[:index])
    for item in chunks[index]:
        y += layout.pitch
        _item(paper, edges, y, layout, first, item)
        first += 1
    for _ in range(layout.rows - len(chunks[index]) if layout.padded else 0):
        y += layout.pitch
        _line(paper, edges, y, layout, ("",) * 9, _ALIGN)
    last = index == len(chunks) - 1
    if last or layout.sums_every_page:
        y += layout.pitch
        _sum(paper, edges, y, layout, "小计", sum((i.amount for i in chunks[index]), ZERO), sum((i.tax for i in chunks[index]), ZERO))
    if last:
        y += layout.pitch
        boxes = _sum(paper, edges, y, layout, "总计", invoice.net, invoice.tax)
        paper.note("amount", plain(invoice.net), boxes[6])
        paper.note("tax", plain(invoice.tax), boxes[8])
        y += layout.pitch
        _line(paper, [left, edges[1], right], y, layout, ("备注", ""), ("c", "l"))
    foot = min(y + layout.pitch + 10, paper.height - 16)
    paper.text(left, foot, "销售方（章）：", size + 0.6, face=face)
    paper.text(right - 60, foot, f"填开日期：{invoice.issued_on:%Y年%m月%d日}", size + 0.6, face=face)
    paper.text(left, paper.height - 9, "注：本清单一式两联：第一联，销售方留存；第二联，销售方送交购买方。", size - 0.5, face=face)
    strike(paper, seal_die(invoice), left + 36 + rng.uniform(-8, 14), foot - rng.uniform(0, 8), rng)
    return paper


def _line(paper: Paper, edges: list[float], y: float, layout: _Layout, texts: tuple[str, ...], aligns: tuple[Align, ...]) -> list[MmBox]:
    return [
        paper.cell((x0, y, x1, y + layout.pitch), text, layout.size, face=layout.face, align=align)
        for x0, x1, text, align in zip(edges[:-1], edges[1:], texts, aligns, strict=True)
    ]


def _item(paper: Paper, edges: list[float], y: float, layout: _Layout, row: int, item: Item) -> None:
    name = f"*{item.item_class}*{item.name}" if item.item_class else item.name
    canonical = (
        str(row + 1), name, item.spec, item.unit, count_text(item.quantity), price_text(item.unit_price), plain(item.amount), f"{item.rate:.2f}", plain(item.tax),
    )  # fmt: skip
    shown = (*canonical[:7], rate_text(item.rate), canonical[8])
    boxes = _line(paper, edges, y, layout, shown, _ALIGN)
    for column, value, box in zip(_COLUMNS, canonical, boxes, strict=True):
        if column and value:
            paper.note_row("items", row, column, value, box)


def _sum(paper: Paper, edges: list[float], y: float, layout: _Layout, word: str, net: Decimal, tax: Decimal) -> list[MmBox]:
    return _line(paper, edges, y, layout, (word, "", "", "", "", "", f"￥{plain(net)}", "", f"￥{plain(tax)}"), _ALIGN)

"""The items of an invoice: rows by their amounts, columns by the header, names that run over several lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.layout import Piece, Run, columns_of
from extractors.values import money_text, narrow, number_text, parse_money, parse_number, parse_rate, rate_text, squash
from extractors.vat_invoice_frame import Frame
from extractors.vat_invoice_heading import print_sighting
from extractors.witness import Sighting, ValueType, resolve
from pipeline.model import Field, PageEvidence, Row, Table, union_box

LINE_TOLERANCE = Decimal("0.06")
"""R-209: per line 金额 × rate ≈ 税额 within the fiscal device's tolerance."""
_TYPES: dict[str, ValueType] = {"quantity": "number", "unit_price": "number", "amount": "money", "tax_rate": "rate", "tax": "money"}
_LABELS = {"name": "货物名称", "spec": "规格型号", "unit": "单位", "quantity": "数量", "unit_price": "单价", "amount": "金额",
           "tax_rate": "税率", "tax": "税额"}  # fmt: skip
_GLUED = re.compile(r"^(?P<amount>-?[\d,]+\.\d\d)(?P<rate>\d{1,2}%)(?P<rest>.*)$")


@dataclass
class _Draft:
    level: float
    cells: dict[str, list[Piece]] = field(default_factory=dict)


def read_items(frame: Frame, amount: Decimal | None, tax: Decimal | None) -> Table:
    """The items table. It is not complete when its sums miss the printed totals, or when no row was found."""
    if frame.header is None or "amount" not in frame.columns:
        return Table(rows=(), complete=False)
    bottom = _bottom(frame)
    spans = columns_of([(name, (x0, 0.0, x1, 0.0)) for name, (x0, x1) in frame.columns.items()])
    placed = _place(frame, bottom, spans)
    drafts = _drafts(frame, placed)
    rows = tuple(row for i, draft in enumerate(drafts) if (row := _row(frame, draft, i)) is not None)
    return Table(rows=rows, complete=_adds_up(rows, amount, tax))


def _bottom(frame: Frame) -> float:
    """The level of the 合计 row: its word, or the lowest figure with a currency sign above 价税合计."""
    top = frame.header or 0.0
    levels = []
    for row in frame.rows:
        if re.match(r"合计", squash(row.text)) and top < frame.level(row.pieces[0]) < frame.capital_level:
            levels.append(frame.level(row.pieces[0]))
        signed = (frame.level(piece) for piece in row.pieces if re.match(r"[-−]?[¥￥]", squash(piece.text)))
        levels += [y for y in signed if top + 0.01 < y < frame.capital_level]
    return min(levels, default=frame.capital_level) - 0.008


def _place(frame: Frame, bottom: float, spans: Sequence[tuple[str, float, float]]) -> list[tuple[str, Piece]]:
    """Each piece between header and totals with its column; figures that the scan glued together are cut apart."""
    out: list[tuple[str, Piece]] = []
    header = frame.header or 0.0
    left = min(0.05, *(s[0] for s in frame.columns.values()))
    right = max(frame.columns.get("tax", (0, 0))[1], frame.columns["amount"][1]) + 0.06
    for piece in frame.pieces():
        y = frame.level(piece)
        if not header + 0.6 * piece.height < y < bottom or piece.height > 0.12 or piece.box[0] > right or piece.box[2] < left:
            continue
        if any(squash(piece.text) in ("购买方", "销售方", "密码区", label) for label in _LABELS.values()):
            continue
        glued = _GLUED.match(piece.text)
        if glued and "tax_rate" in frame.columns:
            cut = glued.end("amount")
            out.append(("amount", piece.cut(0, cut)))
            out.append(("tax_rate", piece.cut(cut, glued.end("rate"))))
            continue
        out.append((_column(piece, spans), piece))
    return out


def _column(piece: Piece, spans: Sequence[tuple[str, float, float]]) -> str:
    """The column whose span the piece overlaps most; a rate or a plain figure is taken at its word."""
    plain = squash(piece.text)
    by_overlap = max(spans, key=lambda span: min(piece.box[2], span[2]) - max(piece.box[0], span[1]))[0]
    if parse_rate(plain) is not None and "%" in plain and by_overlap in ("amount", "tax"):
        return "tax_rate"
    if by_overlap == "tax_rate" and re.fullmatch(r"-?[\d,]+\.\d\d", narrow(plain)):
        middle = next((a + b) / 2 for name, a, b in spans if name == "tax_rate")
        return "amount" if piece.cx < middle else "tax"
    return by_overlap


def _drafts(frame: Frame, placed: Sequence[tuple[str, Piece]]) -> list[_Draft]:
    """One draft per figure in the 金额 column; every other piece joins the row it is level with, names that stand alone
    continue the row above (or, before the first figure, the first row)."""
    levels = sorted(frame.level(piece) for column, piece in placed if column == "amount" and parse_money(piece.text) is not None)
    drafts = [_Draft(level) for level in levels]
    if not drafts:
        return []
    for column, piece in placed:
        y = frame.level(piece)
        nearest = min(drafts, key=lambda d: abs(d.level - y))
        if abs(nearest.level - y) > 0.65 * max(piece.height, 0.012):
            if column not in ("name", "spec"):
                continue
            above = [d for d in drafts if d.level < y]
            nearest = above[-1] if above else drafts[0]
        nearest.cells.setdefault(column, []).append(piece)
    return drafts


def _row(frame: Frame, draft: _Draft, index: int) -> Row | None:
    texts = {
        column: Run(tuple(sorted(pieces, key=lambda p: (round(frame.level(p), 2), p.box[0])))).trimmed(" \u3000|")
        for column, pieces in draft.cells.items()
    }
    values: dict[str, tuple[Run, str, Decimal | None]] = {}
    for column, run in texts.items():
        text = run.text.strip()
        number: Decimal | None = None
        if column in ("quantity", "unit_price"):
            number = parse_number(re.sub(r"\s", "", text))
            canonical = number_text(number) if number is not None else text
        elif column in ("amount", "tax"):
            number = Decimal(0) if column == "tax" and re.fullmatch(r"[*＊]{1,5}|免税|不征税", squash(text)) else parse_money(text)
            canonical = money_text(number) if number is not None else text
        elif column == "tax_rate":
            number = parse_rate(text)
            canonical = rate_text(number) if number is not None else text
        else:
            canonical = narrow(text)
        values[column] = (run, canonical, number)
    if "amount" not in values:
        return None
    derived = _derived({column: number for column, (_, _, number) in values.items() if number is not None})
    cells: dict[str, Field] = {}
    for column, (run, canonical, number) in values.items():
        legible = number is not None or column not in _TYPES
        sightings = [print_sighting(run, canonical, confidence=run.confidence if legible else 0.3)]
        if column in derived and legible:
            sightings.append(Sighting("arithmetic", canonical, run.evidence(), group="arithmetic", doubts=not derived[column]))
        cells[column] = resolve(sightings, value_type=_TYPES.get(column, "text"), label=_LABELS[column])
    box = union_box([p.box for pieces in draft.cells.values() for p in pieces])
    words = " ".join(run.text for run in texts.values())
    return Row(id=str(index + 1), evidence=PageEvidence(file=frame.page.file, page=frame.page.index, box=box, text=words[:300]), cells=cells)


def _derived(values: dict[str, Decimal]) -> dict[str, bool]:
    """Which figures of the row arithmetic supports (True) or doubts (False); silent where it cannot tell which is wrong."""
    out: dict[str, bool] = {}
    amount, rate, tax = values.get("amount"), values.get("tax_rate"), values.get("tax")
    if amount is not None and rate is not None and tax is not None:
        fits = abs(amount * rate - tax) <= LINE_TOLERANCE
        out.update(tax=fits, tax_rate=fits)
        if fits and tax:
            out["amount"] = True
    quantity, price = values.get("quantity"), values.get("unit_price")
    if amount is not None and quantity is not None and price is not None:
        fits = abs(quantity * price - amount) <= Decimal("0.01") + abs(amount) * Decimal("0.000001")
        out.update(quantity=fits, unit_price=fits)
        if fits:
            out["amount"] = True
    return out


def _adds_up(rows: Sequence[Row], amount: Decimal | None, tax: Decimal | None) -> bool:
    if not rows or amount is None:
        return False
    sums = {"amount": Decimal(0), "tax": Decimal(0)}
    for row in rows:
        for column in sums:
            value = row.get(column).money
            if value is None and column == "amount":
                return False
            sums[column] += value or Decimal(0)
    return sums["amount"] == amount and (tax is None or abs(sums["tax"] - tax) <= LINE_TOLERANCE)

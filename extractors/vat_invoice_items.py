"""The items of an invoice: rows by their amounts, columns by the header, names that run over several lines joined."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from extractors.layout import Piece, Run, as_piece, aspect, columns_of
from extractors.values import money_text, narrow, number_text, parse_money, parse_number, parse_rate, rate_text, squash
from extractors.vat_invoice_frame import COLUMN_WORDS, Frame
from extractors.vat_invoice_heading import print_sighting
from extractors.witness import Sighting, ValueType, resolve
from pipeline.model import Field, PageEvidence, Row, Table, union_box

LINE_TOLERANCE = Decimal("0.06")
"""R-209: per line 金额 × rate ≈ 税额 within the fiscal device's tolerance."""
_TYPES: dict[str, ValueType] = {
    "quantity": "number",
    "unit_price": "number",
    "amount": "money",
    "tax_rate": "rate",
    "tax": "money",
}
_LABELS = {"name": "货物名称", "spec": "规格型号", "unit": "单位", "quantity": "数量", "unit_price": "单价", "amount": "金额",
           "tax_rate": "税率", "tax": "税额"}  # fmt: skip
_FORM_WORDS = frozenset(
    {
        "购买方",
        "销售方",
        "密码区",
        "购",
        "买",
        "方",
        "合",
        "计",
        "合计",
        *(word for words in COLUMN_WORDS.values() for word in words),
    }
)
_GLUED = re.compile(r"^(?P<amount>-?[\d,]+\.\d\d)(?P<rate>\d{1,2}%)(?P<rest>.*)$")


@dataclass
class _Draft:
    """A row in the making; ``price_from`` is the x at which the column of unit prices begins."""

    level: float
    price_from: float
    cells: dict[str, list[Piece]] = field(default_factory=dict)


def read_items(frame: Frame, amount: Decimal | None, tax: Decimal | None) -> Table:
    """The items table. It is not complete when its sums miss the printed totals, or when no row was found."""
    if frame.header is None or "amount" not in frame.columns:
        return Table(rows=(), complete=False)
    bottom = _bottom(frame)
    spans = columns_of([(name, (x0, 0.0, x1, 0.0)) for name, (x0, x1) in frame.columns.items()])
    placed = _place(frame, bottom, spans)
    drafts = _drafts(frame, placed, spans)
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
        levels += [y for y in signed if top + 0.01 * frame.size < y < frame.capital_level]
    return min(levels, default=frame.capital_level) - 0.008 * frame.size


def _place(frame: Frame, bottom: float, spans: Sequence[tuple[str, float, float]]) -> list[tuple[str, Piece]]:
    """Each piece between header and totals with its column; what the scan glued together is cut apart."""
    out: list[tuple[str, Piece]] = []
    header = frame.header or 0.0
    left = min(x0 for x0, _ in frame.columns.values()) - 0.03
    right = max(x1 for _, x1 in frame.columns.values())
    for whole in frame.pieces():
        inside = left < whole.cx and (
            whole.cx < right or bool(whole.box[0] < right + 0.03 and re.match(r"[-−*＊\d]", whole.text))
        )
        if not inside or squash(whole.text) in _FORM_WORDS:
            continue
        parts = (p for p in _parts(frame, whole) if header + 0.6 * p.height < frame.level(p) < bottom and p.height < 0.12)
        out += [(_column(piece, spans), piece) for piece in parts]
    return out


def _parts(frame: Frame, piece: Piece) -> list[Piece]:
    """Amount and rate read as one text (``126.213%``), figures with a letter of the margin (``3.79联``), and cells of
    several rows read downwards as one text (``个个个``)."""
    glued = _GLUED.match(piece.text)
    if glued and "tax_rate" in frame.columns:
        return [piece.cut(0, glued.end("amount")), piece.cut(glued.end("amount"), glued.end("rate"))]
    margin = re.match(r"(-?[\d,]*\d\.\d\d)[一-鿿]{1,2}$", piece.text)
    if margin:
        return [piece.cut(0, margin.end(1))]
    n = len(piece.text)
    if n >= 2 and piece.height > 1.6 * (piece.box[2] - piece.box[0]) * aspect(frame.page):
        middle = [sum(frame.columns[name]) / 2 for name in ("unit", "quantity") if name in frame.columns]
        if not any(abs(piece.cx - x) < 0.03 for x in middle):
            return []  # the form's margin
        x0, y0, x1, y1 = piece.box
        step = (y1 - y0) / n
        cells = [(char, (x0, y0 + i * step, x1, y0 + (i + 1) * step)) for i, char in enumerate(piece.text)]
        return [
            as_piece(frame.page, piece.line.model_copy(update={"text": c, "box": b, "marks": (), "quad": None})) for c, b in cells
        ]
    return [piece]


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


def _drafts(frame: Frame, placed: Sequence[tuple[str, Piece]], spans: Sequence[tuple[str, float, float]]) -> list[_Draft]:
    """One draft per figure in the 金额 column; every other piece joins the row it is level with, names that stand alone
    continue the row above (or, before the first figure, the first row)."""
    levels = sorted(frame.level(piece) for column, piece in placed if column == "amount" and parse_money(piece.text) is not None)
    price = next((x0 for name, x0, _ in spans if name == "unit_price"), 0.0)
    drafts = [_Draft(level, price) for level in levels]
    if not drafts:
        return []
    for column, piece in placed:
        y = frame.level(piece)
        nearest = min(drafts, key=lambda d: abs(d.level - y))
        if abs(nearest.level - y) > 0.65 * max(piece.height, 0.012 * frame.size):
            if column not in ("name", "spec"):
                continue
            above = [d for d in drafts if d.level < y]
            nearest = above[-1] if above else drafts[0]
        nearest.cells.setdefault(column, []).append(piece)
    return drafts


def _row(frame: Frame, draft: _Draft, index: int) -> Row | None:
    _order(draft)
    texts = {
        column: Run(tuple(sorted(pieces, key=lambda p: (round(frame.level(p), 2), p.box[0])))).trimmed(" \u3000|")
        for column, pieces in draft.cells.items()
    }
    values: dict[str, tuple[Run, str, Decimal | None]] = {}
    for column, run in texts.items():
        text = run.text.strip()
        number: Decimal | None = None
        if column in ("quantity", "unit_price"):
            number = parse_number(text) if len(run.pieces) == 1 else None
            canonical = number_text(number) if number is not None else text
        elif column in ("amount", "tax"):
            number = (
                Decimal(0) if column == "tax" and re.fullmatch(r"[*＊]{1,5}|免税|不征税", squash(text)) else parse_money(text)
            )
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
    for column in (name for name in COLUMN_WORDS if name in values):
        run, canonical, number = values[column]
        legible = number is not None or column not in _TYPES
        sightings = [print_sighting(run, canonical, confidence=run.confidence if legible else 0.3)]
        if column in derived and legible:
            sightings.append(Sighting("arithmetic", canonical, run.evidence(), group="arithmetic", doubts=not derived[column]))
        cells[column] = resolve(sightings, value_type=_TYPES.get(column, "text"), label=_LABELS[column])
    box = union_box([p.box for pieces in draft.cells.values() for p in pieces])
    words = " ".join(run.text for run in texts.values())
    return Row(
        id=str(index + 1),
        evidence=PageEvidence(file=frame.page.file, page=frame.page.index, box=box, text=words[:300]),
        cells=cells,
    )


def _order(draft: _Draft) -> None:
    """Two figures between unit and amount are quantity and price, wherever the header words stand; more are left
    unread rather than joined."""
    figures = [*draft.cells.pop("quantity", []), *draft.cells.pop("unit_price", [])]
    figures.sort(key=lambda p: p.box[0])
    if len(figures) == 2:
        draft.cells["quantity"], draft.cells["unit_price"] = [figures[0]], [figures[1]]
    elif figures:
        middle = figures[0].cx
        draft.cells["unit_price" if len(figures) > 2 or middle > draft.price_from else "quantity"] = figures


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

"""The lines of a list as a person fills them in: what stands in which cell, and which cells are merged downwards.

Excel and print are set from the same lines. The truth of a cell is what its figure says under the unit that the head states; a
cell that is merged over several lines holds for all of them, but an amount counts once, on its first line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal

from samples.listing import INTEREST_COLUMNS, Layout
from samples.money import cents
from samples.world.model import ZERO, InterestRow, Paid, Row, World

Value = str | Decimal | date
ONCE = frozenset({
    "sequence", "gross", "net", "tax", "paid_amount", "declared_amount", "smart_amount", "raised_funds", "own_funds", "awarded_before", "quantity",
    "unit_price", "interest_paid", "fee", "requested",
})  # fmt: skip
"""What a merged cell says of its first line only."""
_CONTRACT = ("supplier_name", "contract_number", "contract_date", "contract_amount")
_VOUCHER = ("voucher_type", "invoice_code", "invoice_number", "invoice_date")
_PAYMENT = ("payment_number", "paid_on", "paid_amount", "payment_method")
_NAMES = {
    "special": ("增值税专用发票", "专票"), "ordinary": ("增值税普通发票", "普票"), "e_ordinary": ("增值税电子普通发票", "电子普票"),
    "blockchain": ("区块链电子普通发票", "区块链电子普票"), "customs": ("海关进口增值税专用缴款书", "海关缴款书"),
    "vehicle": ("机动车销售统一发票", "机动车发票"), "digital_special": ("数电票（增值税专用发票）", "数电专票"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One cell: the ``value`` in it (money in the sheet's unit, ids as text), what it says, and over how many lines it is merged."""

    value: Value
    truth: tuple[tuple[str, str], ...]
    """(contract column, canonical value)."""
    over: int = 1


@dataclass(frozen=True)
class Line:
    """One line of the sheet; ``sequence`` is the row it belongs to, ``first`` its first line."""

    sequence: int
    first: bool
    entries: Mapping[str, Entry]
    kind: str = ""
    """投入类别, for subtotals."""
    blank: int = 1
    """Over how many lines its empty cells are merged, those of payments apart."""

    def blank_over(self, key: str) -> int:
        return 1 if key in _PAYMENT else self.blank


@dataclass
class _Grid:
    """Lines being filled in: (line, column) → entry."""

    cells: list[dict[str, Entry]] = field(default_factory=list)

    def put(self, at: int, key: str, value: Value | None, truth: str | None, over: int = 1) -> None:
        if value is not None and value != "":
            self.cells[at][key] = Entry(value, ((key, truth),) if truth else (), over)


def voucher_name(kind: str, long: bool) -> str:
    return _NAMES[kind][0 if long else 1]


def _money_keys(layout: Layout) -> frozenset[str]:
    return frozenset(p.key for p in layout.columns if p.column.kind == "money")


def list_lines(world: World, layout: Layout, rows: Sequence[Row], *, merge_contracts: bool = False) -> list[Line]:
    """``rows`` as lines; rows of one voucher that stand together share its cells where the world's people merge."""
    powers = dict(world.sheets.scaled_rows)
    grid = _Grid()
    starts: list[int] = []
    for row in rows:
        starts.append(len(grid.cells))
        grid.cells += [{} for _ in range(1 if layout.payments == "one_cell" else max(1, len(row.payments)))]
    ends = [*starts[1:], len(grid.cells)]
    for row, start, end in zip(rows, starts, ends, strict=True):
        _fill(grid, layout, world, row, start, end - start, powers.get(row.sequence, 0))
    if world.sheets.merged_vouchers:
        for first, last in _runs(rows, _same_voucher):
            _merge_voucher(grid, layout, world, rows[first:last], starts[first], ends[last - 1], powers)
    if merge_contracts:
        for first, last in _runs(rows, lambda a, b: a.contract_number == b.contract_number != ""):
            for key in _CONTRACT:
                _merge(grid, key, [starts[i] for i in range(first, last)], ends[last - 1] - starts[first])
    owner = {at: row for row, start, end in zip(rows, starts, ends, strict=True) for at in range(start, end)}
    length = {start: end - start if layout.payments == "merged" else 1 for start, end in zip(starts, ends, strict=True)}
    return [Line(owner[at].sequence, at in length, cells, owner[at].item_class, length.get(at, 1)) for at, cells in enumerate(grid.cells)]


def _runs(rows: Sequence[Row], alike: Callable[[Row, Row], bool]) -> Iterator[tuple[int, int]]:
    """Stretches of two and more neighbours that are alike."""
    start = 0
    for i in range(1, len(rows) + 1):
        if i == len(rows) or not alike(rows[i - 1], rows[i]):
            if i - start > 1:
                yield start, i
            start = i


def _same_voucher(a: Row, b: Row) -> bool:
    """One invoice with several goods; the very same line twice is no such thing."""
    return a.voucher == b.voucher and (a.invoice_code, a.invoice_number) == (b.invoice_code, b.invoice_number) and (a.name, a.spec) != (b.name, b.spec)


def _merge(grid: _Grid, key: str, starts: Sequence[int], over: int) -> bool:
    """One cell for all where all say the same; whether they do."""
    told = [grid.cells[at].get(key) for at in starts]
    if told[0] is None or any(e is None or e.value != told[0].value for e in told):
        return False
    for at in starts[1:]:
        del grid.cells[at][key]
    grid.cells[starts[0]][key] = Entry(told[0].value, told[0].truth, over)
    return True


def _merge_voucher(grid: _Grid, layout: Layout, world: World, rows: Sequence[Row], start: int, end: int, powers: Mapping[int, int]) -> None:
    starts = [start]
    for row in rows[:-1]:
        starts.append(starts[-1] + (1 if layout.payments == "one_cell" else max(1, len(row.payments))))
    for key in _VOUCHER:
        _merge(grid, key, starts, end - start)
    if not layout.whole_vouchers or any(powers.get(row.sequence) for row in rows):
        return
    invoice = next((x for x in world.invoices if x.key == rows[0].voucher), None)
    # Rows carry their share of the invoice; after a split by hand each may carry all of it.
    full = invoice is not None and all(row.gross == invoice.gross for row in rows)
    money = {"gross": [r.gross for r in rows], "net": [r.net for r in rows], "tax": [r.tax for r in rows]}
    if all(len(r.payments) == 1 for r in rows) and len({(r.payments[0].number, r.payments[0].on) for r in rows}) == 1:
        money["paid_amount"] = [r.payments[0].amount for r in rows]
        for key in ("payment_number", "paid_on", "payment_method"):
            _merge(grid, key, starts, end - start)
    for key, shares in money.items():
        for at in starts:
            grid.cells[at].pop(key, None)
        figure = layout.written(shares[0] if full and len(set(shares)) == 1 else sum(shares, ZERO))
        grid.put(start, key, figure, f"{layout.as_read(figure):.2f}", end - start)


def _fill(grid: _Grid, layout: Layout, world: World, row: Row, start: int, lines: int, power: int) -> None:
    over = lines if layout.payments == "merged" else 1
    money = _money_keys(layout)

    def put(key: str, value: Value | None, truth: str | None = None) -> None:
        if key in money and isinstance(value, Decimal):
            # Who slips into another unit does so where the sums are typed; price and contract come from other papers.
            value = layout.written(value, 0 if key in ("unit_price", "contract_amount") else power)
            truth = f"{layout.as_read(value):.2f}"
        elif isinstance(value, date):
            truth = value.isoformat()
        grid.put(start, key, value, truth if truth is not None else str(value), over)

    texts: dict[str, Value | None] = {
        "sequence": Decimal(row.sequence), "class": row.item_class, "name": row.name, "spec": row.spec, "quantity": row.quantity,
        "quantity_unit": row.quantity_unit, "unit_price": row.unit_price, "supplier_name": row.supplier_name, "contract_number": row.contract_number,
        "contract_date": row.contract_date, "contract_amount": row.contract_amount, "invoice_code": row.invoice_code, "invoice_date": row.invoice_date,
        "gross": row.gross, "net": row.net, "tax": row.tax, "bookkeeping_number": row.bookkeeping_number, "declared_amount": row.declared,
        "asset_number": row.asset_number, "smart_amount": row.smart or None, "smart_note": row.smart_note, "location": row.location, "remarks": row.remarks,
        "period": row.period or str(row.invoice_date.year), "composition": row.composition or _composition(row), "planned_total": row.planned_total,
        "cumulative": row.cumulative, "awarded_before": row.awarded_before, "raised_funds": row.raised_funds, "own_funds": row.own_funds,
        "raised_project": row.raised_project, "funding_source": row.funding_source,
    }  # fmt: skip
    for key, value in texts.items():
        put(key, value)
    put("invoice_number", row.invoice_number, lost_digits(row.invoice_number) if row.sequence in world.sheets.lost_digits else row.invoice_number)
    put("voucher_type", voucher_name(row.voucher_type, layout.long_vouchers), row.voucher_type)
    put("is_fixed_asset", layout.yes_no[0 if row.fixed else 1], "true" if row.fixed else "false")
    if row.special_account:
        grid.cells[start]["special_account"] = Entry(row.special_account, (), over)
    if layout.payments == "one_cell":
        _one_cell(grid, start, layout, row.payments, power)
    else:
        for i, paid in enumerate(row.payments):
            figure = layout.written(paid.amount, power)
            grid.put(start + i, "payment_number", paid.number, paid.number)
            grid.put(start + i, "paid_on", paid.on, paid.on.isoformat())
            grid.put(start + i, "paid_amount", figure, f"{layout.as_read(figure):.2f}")
            grid.put(start + i, "payment_method", paid.method, paid.method)


def _one_cell(grid: _Grid, at: int, layout: Layout, payments: Sequence[Paid], power: int) -> None:
    if not payments:
        return
    figure = layout.written(sum((p.amount for p in payments), ZERO), power)
    several = len(payments) > 1
    grid.put(at, "payment_number", "\n".join(p.number for p in payments), "、".join(p.number for p in payments))
    days = [p.on for p in payments]
    grid.put(at, "paid_on", "\n".join(d.isoformat() for d in days) if several else days[0], "、".join(d.isoformat() for d in days))
    grid.put(at, "paid_amount", figure, f"{layout.as_read(figure):.2f}")
    methods = "、".join(dict.fromkeys(p.method for p in payments))
    grid.put(at, "payment_method", methods, methods)


def _composition(row: Row) -> str:
    """The class of the statistics, where a table asks for it that is not this applicant's."""
    if row.item_class == "工程":
        return "安装工程" if "安装" in row.name else "建筑工程"
    return "其他费用" if row.item_class == "配套" else "设备工器具购置"


def lost_digits(number: str) -> str:
    """What is left of a long number typed into a cell that is no text: 15 digits, then zeros."""
    return number[:15] + "0" * max(0, len(number) - 15)


def interest_lines(layout: Layout, rows: Sequence[InterestRow]) -> list[Line]:
    """表4: one line a row."""
    out: list[Line] = []
    wanted = [p.key for p in layout.columns]
    for row in rows:
        entries: dict[str, Entry] = {}
        for key in wanted:
            entry = _interest_entry(layout, row, key)
            if entry is not None:
                entries[key] = entry
        out.append(Line(row.sequence, True, entries))
    return out


def _interest_entry(layout: Layout, row: InterestRow, key: str) -> Entry | None:
    if key in ("term", "interest"):
        names = ("term_start", "term_end") if key == "term" else ("interest_from", "interest_to")
        days = tuple(getattr(row, name).isoformat() for name in names)
        return Entry("至".join(days), tuple(zip(names, days, strict=True)))
    value = {"sequence": Decimal(row.sequence), "type": row.kind}.get(key, getattr(row, key, None) if key not in ("sequence", "type") else None)
    if value is None or value == "":
        return None
    kind = INTEREST_COLUMNS[key].kind
    if kind == "money" and isinstance(value, Decimal):
        if key in ("deposit", "fee") and not value:
            return None
        figure = layout.written(value)
        return Entry(figure, ((key, f"{layout.as_read(figure):.2f}"),))
    if isinstance(value, date):
        return Entry(value, ((key, value.isoformat()),))
    if isinstance(value, int):
        value = Decimal(value)
    return Entry(value, ((key, format(value.normalize(), "f") if isinstance(value, Decimal) else value),))


# ---------------------------------------------------------------- sums and truth


def column_sums(lines: Sequence[Line], keys: Sequence[str]) -> dict[str, Decimal]:
    """What stands in the cells of each money column, added up."""
    out: dict[str, Decimal] = {}
    for key in keys:
        figures = [e.value for line in lines if (e := line.entries.get(key)) is not None and isinstance(e.value, Decimal)]
        if figures:
            out[key] = sum(figures, ZERO)
    return out


SUMMED = ("gross", "net", "tax", "paid_amount", "declared_amount", "smart_amount", "raised_funds", "own_funds", "interest_paid", "fee", "requested")
"""Columns that the 合计 row adds up."""


def totals(world: World | None, layout: Layout, lines: Sequence[Line]) -> dict[str, Decimal]:
    """The figures of the 合计 row; what people state instead of the declared sum is already in it."""
    here = {p.key for p in layout.columns}
    out = column_sums(lines, [key for key in SUMMED if key in here])
    if world is not None and world.sheets.stated_total is not None:
        out["declared_amount"] = layout.written(world.sheets.stated_total)
    return out


def covered(lines: Sequence[Line]) -> Iterator[tuple[int, int, str, Entry]]:
    """(line, line of the cell, column, entry) for every filled cell of every line, merged ones for each line they cover."""
    open_cells: dict[str, tuple[int, int, Entry]] = {}
    for at, line in enumerate(lines):
        for key, entry in line.entries.items():
            yield at, at, key, entry
        for key, (top, end, entry) in open_cells.items():
            if at < end and key not in line.entries and key not in ONCE:
                yield at, top, key, entry
        for key, entry in line.entries.items():
            open_cells[key] = (at, at + entry.over, entry)


def groups_of(lines: Sequence[Line]) -> list[int]:
    """Indices of lines before which the sheet may be cut without cutting a merged cell; 0 is one of them."""
    cuts, reach = [], 0
    for at, line in enumerate(lines):
        if at >= reach and line.first:
            cuts.append(at)
        reach = max(reach, at + max((e.over for e in line.entries.values()), default=1))
    return cuts


def figure_text(value: Decimal, unit: str) -> str:
    """A figure as the sheet shows it: cents in 元, up to six places in 万元."""
    if unit == "元":
        return f"{cents(value):,.2f}"
    text = f"{value.quantize(Decimal('0.000001'), ROUND_DOWN):,.6f}"
    whole, _, places = text.partition(".")
    return f"{whole}.{places.rstrip('0').ljust(2, '0')}"


def plain_number(value: Decimal) -> str:
    """``2``, ``12.5``: no exponent, no idle zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

"""The lines of 附表2: which rows are lines, what merged and blank cells mean, and how a line gets its id.

Three shapes must not be mistaken for one another (rule-book, part C): one contract merged over many invoices (its cells hold
for every line), one invoice merged over many devices (one voucher: its amounts count once, on the first line), and a line
below an invoice that only holds a further payment. Lines that share a voucher with a line above carry the cell
``same_voucher_as`` (value: id of that line; reason: ``merged_voucher``, ``further_payment`` or ``split_numbers``).
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from extractors.cell_values import (
    Place,
    doubted,
    id_text,
    is_empty,
    lost_digits,
    plain_number,
    read_bool,
    read_date,
    read_id,
    read_money,
    read_number,
    read_period,
    read_rate,
    read_span,
    read_text,
    with_note,
)  # fmt: skip
from extractors.grid import Grid, squeeze
from extractors.list_columns import SPANS
from extractors.list_layout import ListLayout, Mapped
from extractors.values import clean_name
from extractors.vouchers import padded_code, padded_number, split_numbers, voucher_key, voucher_type
from pipeline.model import MISSING, Cell, CellEvidence, Field, Row, Witness

_TOTAL = re.compile(r"^(本页|本表|项目|投入|金额|以上|全部)?(合计|总计|小计|累计|共计|总合计)(数|金额)?([(（].*[)）])?[:：]?$|^(合|总|小)计")
_GRAND = re.compile(r"合计|总计|共计")
_FOOT = re.compile(r"填表人|制表人|填报人|财务负责人|法定代表人|负责人签|联系电话|填表说明|^注[:：\d]|^备注[:：]|^说明[:：]|[(（]盖?公?章[)）]|盖章")
_FORMULA_ROW = re.compile(r"^[\dA-Za-z]{1,2}$|^[(（]?\d{1,2}[)）]?(=[\d+×*\-/÷()（）]+)?$")

AMOUNTS_ONCE = frozenset({
    "gross", "net", "tax", "paid_amount", "declared_amount", "smart_amount", "raised_funds", "own_funds", "awarded_before",
    "quantity", "unit_price", "interest_paid", "fee", "requested",
})  # fmt: skip
"""Amounts that a merged cell states once for all its lines; they are never copied down."""
_CARRIED_TO_PAYMENT = ("voucher_type", "invoice_code", "invoice_number", "invoice_date", "supplier_name", "contract_number")
_PAYMENT_COLUMNS = ("payment_number", "paid_on", "paid_amount")
_NAMES = ("supplier_name", "institution")


@dataclass
class LineReader:
    """Reads the lines of one recognised sheet, top to bottom."""

    file: str
    sheet_name: str
    grid: Grid
    layout: ListLayout
    rows: list[Row] = field(default_factory=list)
    totals: list[tuple[str, Cell, Field]] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    """Rows below the heading that hold text but were taken neither as line, nor total, nor foot (counted from 1)."""
    _ordinals: Counter[str] = field(default_factory=Counter)
    _first_of_merge: dict[tuple[int, int], str] = field(default_factory=dict)

    def read(self) -> None:
        """Fills ``rows``, ``totals`` and ``unread``."""
        for row in self.grid.filled_rows:
            if row <= self.layout.header_bottom or self._is_heading_again(row) or self._is_numbering(row):
                continue
            total = self._total_word(row)
            if total:
                self._keep_total(row, total)
            elif self._is_line(row):
                self._read_line(row)
            elif not self._is_foot(row):
                self.unread.append(row + 1)

    # --- what a row is ---------------------------------------------------------------------------------------------------

    def _is_heading_again(self, row: int) -> bool:
        """Headings printed again at the top of each printed page, any level of them."""
        leaves = {squeeze(part) for m in self.layout.columns for part in m.heading.split("/")}
        texts = [squeeze(c.text) for c in self.grid.row(row) if c.text.strip()]
        return len(texts) >= 2 and sum(t in leaves for t in texts) >= 0.6 * len(texts)

    def _is_numbering(self, row: int) -> bool:
        """The row of column numbers (1 2 3 … 16=17+18) under a heading."""
        if row > self.layout.header_bottom + 1:
            return False
        texts = [squeeze(c.text) for c in self.grid.row(row) if c.text.strip()]
        numbers = [int(m[0]) for t in texts if (m := re.match(r"\d+", t))]
        return len(texts) >= 4 and all(_FORMULA_ROW.match(t) for t in texts) and numbers == sorted(set(numbers)) and (
            not numbers or numbers[0] <= 1
        )

    def _total_word(self, row: int) -> str | None:
        for cell in self.grid.row(row)[:6]:
            text = squeeze(cell.text)
            if _TOTAL.match(text) and not self._own_voucher(row):
                return text
        return None

    def _own_voucher(self, row: int) -> bool:
        return any(not is_empty(self.grid.at(row, m.index)) for m in self.layout.named("invoice_number"))

    def _is_line(self, row: int) -> bool:
        own = {m.column.name for m in self.layout.columns if not is_empty(self.grid.at(row, m.index))}
        telling = {"name", "invoice_number", "institution", "contract_number", "supplier_name"}
        amounts = {m.column.name for m in self.layout.columns if m.column.kind == "money"}
        if not own or (len(own) == 1 and self._is_foot(row)):
            return False
        if own & amounts:
            return any(plain_number(c) is not None or c.kind == "formula_without_value" for m in self.layout.columns
                       if m.column.name in amounts and (c := self.grid.at(row, m.index)) is not None) or bool(own & telling)  # fmt: skip
        return len(own) >= 2 and bool(own & (telling | set(_PAYMENT_COLUMNS)))

    def _is_foot(self, row: int) -> bool:
        return any(_FOOT.search(squeeze(c.text)) for c in self.grid.row(row))

    # --- totals ----------------------------------------------------------------------------------------------------------

    def _keep_total(self, row: int, word: str) -> None:
        wanted = "requested" if self.layout.interest else "declared_amount"
        for mapped in self.layout.named(wanted):
            cell = self.grid.at(row, mapped.index)
            if not is_empty(cell) and cell is not None:
                self.totals.append((word, cell, read_money(self._place(cell), mapped.unit or self.layout.unit)))

    def declared_total(self) -> Field:
        """The grand total as the list states it; the last one when there are several."""
        grand = [value for word, _, value in self.totals if _GRAND.search(word)]
        return grand[-1] if grand else MISSING

    # --- one line --------------------------------------------------------------------------------------------------------

    def _place(self, cell: Cell) -> Place:
        return Place(self.file, self.sheet_name, cell)

    def _source(self, row: int, name: str) -> tuple[Mapped, Cell, bool] | None:
        """The cell of a canonical column in a row: column, cell, and whether it is merged down from above."""
        for mapped in self.layout.named(name):
            cell = self.grid.seen(row, mapped.index)
            if cell is None or is_empty(cell) or cell.row <= self.layout.header_bottom:
                continue
            if cell.column != mapped.index and any(m.index == cell.column for m in self.layout.columns):
                continue  # merged sideways: the text belongs to its own column
            return mapped, cell, cell.row < row
        return None

    def _read_line(self, row: int) -> None:
        cells: dict[str, Field] = {}
        carried_voucher: int | None = None
        for name in dict.fromkeys(m.column.name for m in self.layout.columns):
            source = self._source(row, name)
            if source is None:
                continue
            mapped, cell, carried = source
            if carried and name in ("invoice_number",):
                carried_voucher = cell.row
            if carried and (name in AMOUNTS_ONCE or name == "sequence"):
                continue
            for target, value in self._value(mapped, cell):
                if value.status != "missing":
                    cells[target] = with_note(value, f"合并单元格，同第{cell.row + 1}行。") if carried else value
        above = self.rows[-1] if self.rows else None
        if above is not None and self._only_pays(row, cells):
            self._further_payment(row, cells, above)
            return
        self._add(row, cells, carried_voucher)

    def _value(self, mapped: Mapped, cell: Cell) -> list[tuple[str, Field]]:
        place = self._place(cell)
        name, kind = mapped.column.name, mapped.column.kind
        if kind == "span":
            first, last = SPANS[name]
            return list(zip((first, last), read_span(place), strict=True))
        if kind == "money":
            return [(name, read_money(place, mapped.unit or self.layout.unit))]
        if kind == "text" and name in _NAMES:
            text = read_text(place)
            return [(name, text.model_copy(update={"value": clean_name(text.value)}) if text.value else text)]
        if name == "voucher_type":
            text = read_text(place)
            return [(name, text.model_copy(update={"value": voucher_type(text.value)}) if text.value else text)]
        readers = {"text": read_text, "id": read_id, "number": read_number, "date": read_date, "bool": read_bool, "rate": read_rate,
                   "period": read_period}  # fmt: skip
        return [(name, readers[kind](place))]

    def _only_pays(self, row: int, cells: dict[str, Field]) -> bool:
        """A line that holds nothing of its own but a payment (and perhaps a running number or remark)."""
        own = {m.column.name for m in self.layout.columns if not is_empty(self.grid.at(row, m.index))}
        return bool(own & set(_PAYMENT_COLUMNS)) and own <= {*_PAYMENT_COLUMNS, "payment_method", "bookkeeping_number", "sequence", "remarks"}

    def _further_payment(self, row: int, cells: dict[str, Field], above: Row) -> None:
        note = f"第{_line_number(above)}行发票的后续付款。"
        for name in _CARRIED_TO_PAYMENT:
            if name not in cells and above.get(name).status != "missing":
                cells[name] = with_note(above.get(name), note)
        first = above.get("same_voucher_as")
        target = first.value if first.value and first.reason == "further_payment" else above.id
        self._append(row, cells, _key_of_id(above.id), (target or above.id, "further_payment", note))

    def _add(self, row: int, cells: dict[str, Field], carried_voucher: int | None) -> None:
        number = cells.get("invoice_number", MISSING)
        source = self._source(row, "invoice_number")
        if source is None or number.value is None:
            self._append(row, cells, self._nameless_key(cells), None)
            return
        cell = source[1]
        split = split_numbers(id_text(cell)) if not lost_digits(cell) else None
        if split is None or not split.numbers:
            self._append(row, cells, self._nameless_key(cells), None)
            return
        first_id: str | None = None
        for place, text in enumerate(split.numbers):
            part = self._numbered(cells, number, text, split.clear, len(split.numbers))
            key = voucher_key(part.get("invoice_code", MISSING).value, part["invoice_number"].value) or self._nameless_key(part)
            link: tuple[str, str, str] | None = None
            if place and first_id is not None:
                part = {k: v for k, v in part.items() if k not in AMOUNTS_ONCE}
                link = (first_id, "split_numbers", f"与{first_id.split('#')[0]}同在一个单元格，金额合计列在前一号码。")
            elif carried_voucher is not None and (carried_voucher, place) in self._first_of_merge:
                same = self._first_of_merge[(carried_voucher, place)]
                link = (same, "merged_voucher", f"发票单元格与第{carried_voucher + 1}行合并，为同一发票，票面金额只计一次。")
            made = self._append(row, part, key, link)
            first_id = first_id or made
            if carried_voucher is None:
                self._first_of_merge.setdefault((row, place), made)

    def _numbered(self, cells: dict[str, Field], number: Field, text: str, clear: bool, count: int) -> dict[str, Field]:
        """The line's cells with one single number, padded where its leading zeros are gone."""
        customs = voucher_key(None, text) or ""
        padded, note = padded_number(text)
        many = f"单元格内有{count}个号码，已拆分为{count}行。" if count > 1 else ""
        value = customs[4:] if customs.startswith("JKS:") else padded
        fixed = _revalued(number, value, note + many, "padded" if note else ("split_numbers" if many else number.reason))
        if not clear:
            fixed = doubted(fixed, "号码区间无法拆分，请逐个填写。", "unclear_range")
        elif voucher_key(None, padded) is None:
            fixed = doubted(fixed, f"号码“{text}”不是发票、报关单或缴款书的位数，请核对。", "odd_length")
        out = {**cells, "invoice_number": fixed}
        code = cells.get("invoice_code")
        if code is not None and code.value and code.status == "read":
            longer, code_note = padded_code(re.sub(r"\s", "", code.value))
            out["invoice_code"] = _revalued(code, longer, code_note, "padded" if code_note else code.reason)
        return out

    def _nameless_key(self, cells: dict[str, Field]) -> str:
        """A key for lines without a voucher number: from what the line says, so that it survives a moved row."""
        if self.layout.interest:
            parts = [cells.get(n, MISSING).value or "" for n in ("contract_number", "receipt_number", "interest_from", "interest_to")]
            if any(parts):
                return "|".join(parts)
        told = "\x1f".join(f"{n}={cells[n].value}" for n in sorted(cells) if n != "sequence" and cells[n].value)
        return "none:" + hashlib.sha256(told.encode()).hexdigest()[:10]

    def _append(self, row: int, cells: dict[str, Field], key: str, link: tuple[str, str, str] | None) -> str:
        self._ordinals[key] += 1
        row_id = f"{key}#{self._ordinals[key]}"
        anchor = self._anchor(row)
        if link is not None:
            target, reason, why = link
            cells = {**cells, "same_voucher_as": _link(target, reason, why, anchor)}
        self.rows.append(Row(id=row_id, evidence=anchor, hidden=self.grid.hidden_row(row), cells=cells))
        return row_id

    def _anchor(self, row: int) -> CellEvidence:
        """Where the line stands: its first own cell that is no running number."""
        own = [c for c in self.grid.row(row) if c.text.strip()]
        numbers = {m.index for m in self.layout.named("sequence")}
        cell = next((c for c in own if c.column not in numbers), own[0])
        return CellEvidence(file=self.file, sheet=self.sheet_name, cell=cell.address, text=" ".join(c.text.strip() for c in own)[:300])


def _revalued(field_: Field, value: str, why: str, reason: str | None) -> Field:
    """The same reading with a canonical value proposed from its own digits."""
    witnesses = tuple(w.model_copy(update={"value": value}) for w in field_.witnesses)
    return field_.model_copy(update={"value": value, "why": f"{field_.why}{why}", "reason": reason, "witnesses": witnesses})


def _link(target: str, reason: str, why: str, evidence: CellEvidence) -> Field:
    witness = Witness(source="cell", kind="observed", group="cell", value=target, evidence=evidence)
    return Field(value=target, raw=None, confidence=1.0, status="read", reason=reason, why=why, witnesses=(witness,))


def _key_of_id(row_id: str) -> str:
    return row_id.rsplit("#", 1)[0]


def _line_number(row: Row) -> str:
    found = re.search(r"\d+$", row.evidence.cell) if isinstance(row.evidence, CellEvidence) else None
    return found[0] if found else ""

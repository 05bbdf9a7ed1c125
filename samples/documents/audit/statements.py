"""The four statements on paper: balance sheet on one or two pages or both sides beside each other, income, cash flows, equity.

Group and company stand on sheets of their own or in columns beside each other. Every line with an amount is noted in the table
``statements`` (statement, item, scope, current, prior), amounts in yuan as the printed unit tells them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import zip_longest

from samples.accounts import Books
from samples.documents.audit.figures import (
    UNITS,
    EquityChanges,
    Line,
    Scope,
    Statement,
    balance_lines,
    cash_lines,
    equity_changes,
    in_unit,
    income_lines,
    plain_name,
    side_by_side,
)  # fmt: skip
from samples.documents.audit.style import Style
from samples.documents.draft import chinese_date
from samples.documents.flow import grid_row
from samples.money import plain
from samples.paper import Align, MmBox, Paper
from samples.seals import name_die, strike
from samples.world.model import World

TITLES: Mapping[Statement, str] = {"balance_sheet": "资产负债表", "income_statement": "利润表", "cash_flow": "现金流量表", "equity_changes": "所有者权益变动表"}
Signer = Callable[[Paper, float, float, str, int], None]
"""Signs (or types) a name at a place; the last argument is which of the three signers it is."""


def _sides(words: int, amounts: int) -> list[Align]:
    """Item at the left, notes in the middle, amounts at the right."""
    middle: list[Align] = ["c"] * words
    right: list[Align] = ["r"] * amounts
    return ["l", *middle, *right]


@dataclass(frozen=True)
class Accounts:
    """Books of one scope: this year's, last year's, and the year's before where known."""

    scope: Scope
    now: Books
    before: Books
    earlier: Books | None = None
    printed: tuple[tuple[str, Decimal], ...] = ()
    """(item, amount): what the current column prints instead of the books' figure."""


@dataclass
class StatementPrinter:
    """Prints statements of one report in one style. ``row`` counts the noted lines of the whole document."""

    world: World
    style: Style
    client: str
    year: int
    key: tuple[object, ...]
    row: int = 0
    sheets: int = 0
    """Sheets signed so far."""
    noted: set[str] = field(default_factory=set)
    signer: Signer | None = None
    annotations: Mapping[str, str] = field(default_factory=dict)
    """Item → number of its note (五、1)."""

    # --- what is printed

    def amount(self, value: Decimal | None) -> str:
        """An amount in the style's unit; empty or a dash where there is none."""
        if not value:
            return "-" if self.style.dash else ""
        scale, places = UNITS[self.style.unit]
        return f"{value / scale:,.{places}f}"

    def note_line(self, paper: Paper, statement: Statement | str, scope: Scope, line: Line, item: MmBox, current: MmBox, prior: MmBox | None) -> None:
        """Notes one line with the amounts that can be seen."""
        shown = {"current": (line.current, current), "prior": (line.prior, prior)}
        seen = {n: (v or Decimal(0), box) for n, (v, box) in shown.items() if box is not None and self.amount(v)}
        if not seen or line.heading:
            return
        for column, value in (("statement", str(statement)), ("item", line.item), ("scope", scope)):
            paper.note_row("statements", self.row, column, value, item)
        for column, (amount, box) in seen.items():
            paper.note_row("statements", self.row, column, plain(amount), box)
        self.row += 1

    def _field(self, paper: Paper, name: str, value: str, box: MmBox) -> None:
        if name not in self.noted:
            self.noted.add(name)
            paper.note(name, value, box)

    # --- sheets

    def all_statements(self, accounts: Sequence[Accounts], *, balance: bool = True, equity: bool = True) -> list[Paper]:
        """Balance sheet, income, cash flows and equity; of the group first, where there is one."""
        rounded = self.rounded(accounts)
        papers: list[Paper] = []
        for draw in ((self.balance,) if balance else ()) + (self.income, self.cash):
            for sheet in self.sheets_of(rounded):
                papers += draw(sheet)
        for one in rounded if equity else ():
            papers += self.equity(one)
        return papers

    def rounded(self, accounts: Sequence[Accounts]) -> list[Accounts]:
        """The books as the unit in the head shows them."""
        return [replace(a, now=in_unit(a.now, self.style.unit), before=in_unit(a.before, self.style.unit)) for a in accounts]

    def sheets_of(self, accounts: Sequence[Accounts]) -> list[list[Accounts]]:
        """Which scopes share a sheet."""
        return [[a] for a in accounts] if self.style.group == "sheets" else [list(accounts)]

    def balance(self, accounts: Sequence[Accounts]) -> list[Paper]:
        lines = side_by_side([self._printed(a, balance_lines(a.now, a.before, full=self.style.full)) for a in accounts])
        split = next(i for i, line in enumerate(lines[0]) if line.label == "流动负债：")
        now, before = date(self.year, 12, 31), date(self.year - 1, 12, 31)
        heads = tuple(h.format(now=chinese_date(now), before=chinese_date(before)) for h in self.style.ends)
        when = chinese_date(now)
        if self.style.balance == "landscape" and len(accounts) == 1:
            return [self._double(accounts[0].scope, lines[0][:split], lines[0][split:], heads, when)]
        if self.style.balance == "single" and len(lines[0]) <= 56 and len(accounts) == 1:
            return [self._single("balance_sheet", accounts, lines, heads, when)]
        first = self._single("balance_sheet", accounts, [part[:split] for part in lines], heads, when, item_head="资　产")
        second = self._single("balance_sheet", accounts, [part[split:] for part in lines], heads, when, item_head="负债和所有者权益", continued=True)
        return [first, second]

    def income(self, accounts: Sequence[Accounts]) -> list[Paper]:
        lines = side_by_side([self._printed(a, income_lines(a.now, a.before, full=self.style.full)) for a in accounts])
        return [self._single("income_statement", accounts, lines, self._flow_heads(), f"{self.year}年度")]

    def cash(self, accounts: Sequence[Accounts]) -> list[Paper]:
        lines = [self._printed(a, cash_lines(a.now, a.before, a.earlier and in_unit(a.earlier, self.style.unit))) for a in accounts]
        if not self.style.full:
            lines = [[x for x in part if x.heading or x.current or x.prior] for part in lines[:1]] if len(lines) == 1 else lines
        return [self._single("cash_flow", accounts, lines, self._flow_heads(), f"{self.year}年度")]

    def _flow_heads(self) -> tuple[str, ...]:
        return self.style.flows

    @staticmethod
    def _printed(accounts: Accounts, lines: list[Line]) -> list[Line]:
        other = dict(accounts.printed)
        return [replace(line, current=other[line.item]) if line.item in other and line.current is not None else line for line in lines]

    def _title(self, statement: Statement, accounts: Sequence[Accounts], continued: bool) -> str:
        scopes = {a.scope for a in accounts}
        lead = "合并及母公司" if len(scopes) > 1 else "合并" if scopes == {"consolidated"} else "母公司" if "grouped" in self.key else ""
        return lead + TITLES[statement] + ("（续）" if continued else "")

    def _head(self, paper: Paper, title: str, when: str, left: float, right: float, scope: str) -> float:
        """Title, day, 编制单位 and unit; returns where the table begins."""
        middle = paper.width / 2
        spaced = " ".join(title) if len(title) < 9 else title
        box = paper.text(middle, 22, spaced, 16, face=self.style.head, bold=True, align="c")
        self._field(paper, "scope", scope, box)
        self._field(paper, "fiscal_year", str(self.year), paper.text(middle, 30, when, 10, face=self.style.body, align="c"))
        lead = paper.text(left, 37.5, "编制单位：", 9.5, face=self.style.body)
        self._field(paper, "client_name", self.client, paper.text(lead[2], 37.5, self.client, 9.5, face=self.style.body))
        box = paper.text(right, 37.5, self.style.unit_words, 9.5, face=self.style.body, align="r")
        self._field(paper, "unit", self.style.unit, box)
        return 41.0

    def _columns(self, left: float, right: float, values: int) -> tuple[list[float], list[str]]:
        """Edges and heads of the columns before the amounts, then the edges of ``values`` amount columns."""
        style = self.style
        extra = [("附注", 14.0)] if style.notes_column else []
        extra += [("行次", 10.0)] if style.line_numbers else []
        room = right - left - sum(w for _, w in extra)
        item = room * (0.46 if values == 2 else 0.3)
        xs = [left, left + item]
        for _, width in extra:
            xs.append(xs[-1] + width)
        step = (right - xs[-1]) / values
        return [*xs, *(xs[-1] + step * (i + 1) for i in range(values))], [name for name, _ in extra]

    def _single(
        self, statement: Statement, accounts: Sequence[Accounts], lines: Sequence[Sequence[Line]], heads: Sequence[str], when: str, *,
        item_head: str = "项　目", continued: bool = False,
    ) -> Paper:  # fmt: skip
        """One block of lines: item, note, and two amount columns for each scope."""
        wide = len(accounts) > 1 and len(lines[0]) <= 34
        paper = Paper(297, 210) if wide else Paper()
        left, right = (20.0, 277.0) if wide else (20.0, 192.0)
        scope = "parent" if any(a.scope == "parent" for a in accounts) else "consolidated"
        y = self._head(paper, self._title(statement, accounts, continued), when, left, right, scope)
        xs, extra = self._columns(left, right, 2 * len(accounts))
        room = paper.height - y - 30 - (8 if len(accounts) > 1 else 0)
        high = min(8.0, room / (len(lines[0]) + 1))
        size = min(9.5, max(7.0, high / 0.3528 * 0.62))
        if self.style.border in ("rules", "open", "bold"):
            paper.line(left, y, right, y, 0.45)
        if len(accounts) > 1:
            y = self._scope_heads(paper, accounts, xs, y, high, len(extra))
        texts = [item_head, *extra, *(h for _ in accounts for h in heads)]
        grid_row(paper, xs, y, high, texts, size, face=self.style.head, bold=True, border=self.style.border)
        if self.style.border == "rules":
            paper.line(left, y + high, right, y + high, 0.2)
        y += high
        aligns = _sides(len(extra), 2 * len(accounts))
        for i, group in enumerate(zip(*lines, strict=True)):
            line = group[0]
            number = [self.annotations.get(line.item, "")] if self.style.notes_column else []
            number += [str(i + 1) if not line.heading else ""] if self.style.line_numbers else []
            amounts = ["" if x.heading else self.amount(v) for x in group for v in (x.current, x.prior)]
            boxes = grid_row(
                paper, xs, y, high, [line.label, *number, *amounts], size, aligns=aligns, face=self.style.body, figures=self.style.figures,
                bold=line.bold or line.heading, border=self.style.border, indents=(1.0 + 3.4 * line.indent,),
            )  # fmt: skip
            for k, (one, own) in enumerate(zip(accounts, group, strict=True)):
                at = 1 + len(extra) + 2 * k
                self.note_line(paper, statement, one.scope, own, boxes[0], boxes[at], boxes[at + 1])
            y += high
        if self.style.border in ("rules", "open", "bold"):
            paper.line(left, y, right, y, 0.45)
        self._signatures(paper, left, right, y + 7)
        return paper

    def _scope_heads(self, paper: Paper, accounts: Sequence[Accounts], xs: Sequence[float], y: float, high: float, extra: int) -> float:
        """合并 and 母公司 above their pairs of columns."""
        at = 1 + extra
        edges = [xs[0], *(xs[i + 1] for i in range(extra)), xs[at], *(xs[at + 2 * (k + 1)] for k in range(len(accounts)))]
        names = ["", *("" for _ in range(extra)), *("合并" if a.scope == "consolidated" else "母公司" for a in accounts)]
        grid_row(paper, edges, y, high, names, 9, face=self.style.head, bold=True, border=self.style.border)
        return y + high

    def _double(self, scope: Scope, left_lines: Sequence[Line], right_lines: Sequence[Line], heads: Sequence[str], when: str) -> Paper:
        """Assets at the left, liabilities and equity at the right of one landscape sheet; the two totals stand in one row."""
        paper = Paper(297, 210)
        left, right = 14.0, 283.0
        y = self._head(paper, ("合并" if scope == "consolidated" else "母公司" if "grouped" in self.key else "") + "资产负债表", when, left, right, scope)
        rows = max(len(left_lines), len(right_lines))
        blank = Line("", "", None, None)
        sides = [[*part[:-1], *[blank] * (rows - len(part)), part[-1]] for part in (left_lines, right_lines)]
        middle = (left + right) / 2
        step = (middle - left) / 100
        xs = [left, left + 42 * step, left + 71 * step, middle, middle + 42 * step, middle + 71 * step, right]
        high = min(6.6, (paper.height - y - 26) / (rows + 1))
        size, top = min(8.5, max(6.5, high / 0.3528 * 0.6)), y
        grid_row(paper, xs, y, high, ["资　产", *heads, "负债和所有者权益", *heads], size, face=self.style.head, bold=True, border=self.style.border)
        if self.style.border != "grid":
            paper.line(left, y, right, y, 0.45)
        y += high
        seen: list[list[tuple[Line, MmBox, MmBox, MmBox]]] = [[], []]
        for a, b in zip_longest(*sides, fillvalue=blank):
            texts = [t for x in (a, b) for t in (x.label, *("" if x.heading or not x.label else self.amount(v) for v in (x.current, x.prior)))]
            # A left and a right line share a row but not their weight: each half is set by itself.
            for k, line in enumerate((a, b)):
                boxes = grid_row(
                    paper, xs[3 * k : 3 * k + 4], y, high, texts[3 * k : 3 * k + 3], size, aligns=("l", "r", "r"), face=self.style.body,
                    figures=self.style.figures, bold=line.bold or line.heading, border=self.style.border, indents=(0.6 + 2.6 * line.indent,),
                )  # fmt: skip
                if line.label:
                    seen[k].append((line, boxes[0], boxes[1], boxes[2]))
            y += high
        if self.style.border != "grid":
            paper.line(left, y, right, y, 0.45)
        if self.style.border == "open":
            paper.line(middle, top, middle, y, 0.15)
        for line, item, current, prior in (*seen[0], *seen[1]):
            self.note_line(paper, "balance_sheet", scope, line, item, current, prior)
        self._signatures(paper, left, right, y + 6)
        return paper

    # --- equity

    def equity(self, accounts: Accounts) -> list[Paper]:
        """Changes in equity, landscape; this year and last beside each other or on a page each."""
        changes = equity_changes(accounts.now, accounts.before, accounts.earlier and in_unit(accounts.earlier, self.style.unit))
        title = self._title("equity_changes", [accounts], False)
        if self.style.equity_pages == 1:
            paper, rows = self._equity_sheet(title, changes, accounts.scope, (0, 1))
            self._note_equity(accounts.scope, changes, [(paper, rows, rows)])
            return [paper]
        first, first_rows = self._equity_sheet(title, changes, accounts.scope, (0,))
        second, _ = self._equity_sheet(title + "（续）", changes, accounts.scope, (1,))
        self._note_equity(accounts.scope, changes, [(first, first_rows, None)])
        return [first, second]

    def _equity_sheet(self, title: str, changes: EquityChanges, scope: Scope, years: tuple[int, ...]) -> tuple[Paper, list[list[MmBox]]]:
        paper = Paper(297, 210)
        left, right = 12.0, 285.0
        y = self._head(paper, title, f"{self.year}年度", left, right, scope)
        names = [c.name for c in changes.columns]
        columns = len(names) * len(years)
        item = 46.0 if len(years) == 2 else 62.0
        xs = [left, left + item, *(left + item + (right - left - item) * (i + 1) / columns for i in range(columns))]
        high = min(9.5, (paper.height - y - 34) / (len(changes.labels) + 2))
        size = 7.0 if len(years) == 2 else 8.5
        edges = [xs[0], xs[1], *(xs[1 + len(names) * (k + 1)] for k in range(len(years)))]
        grid_row(paper, edges, y, high, ["项　目", *(("本年金额", "上年金额")[k] for k in years)], size + 1, face=self.style.head, bold=True, border=self.style.border)
        grid_row(paper, xs, y + high, high, ["", *(n for _ in years for n in names)], size, face=self.style.head, bold=True, border=self.style.border)
        y += 2 * high
        seen: list[list[MmBox]] = []
        for r, label in enumerate(changes.labels):
            values = [(c.this_year, c.last_year)[k][r] for k in years for c in changes.columns]
            seen.append(grid_row(
                paper, xs, y, high, [label, *(self.amount(v) for v in values)], size, aligns=_sides(0, len(values)), face=self.style.body,
                figures=self.style.figures, bold=label[1:2] == "、", border=self.style.border, indents=(0.4 if label[1:2] == "、" else 2.6,),
            ))  # fmt: skip
            y += high
        if self.style.border != "grid":
            paper.line(left, y, right, y, 0.45)
        self._signatures(paper, left, right, y + 7)
        return paper, seen

    def _note_equity(self, scope: Scope, changes: EquityChanges, sheets: Sequence[tuple[Paper, list[list[MmBox]], list[list[MmBox]] | None]]) -> None:
        """Each row is noted with the total of its year; the last year's where it stands on the same sheet."""
        total = changes.columns[-1]
        width = len(changes.columns)
        for paper, this, last in sheets:
            for r, label in enumerate(changes.labels):
                line = Line(plain_name(label), label, total.this_year[r], total.last_year[r] if last else None)
                if line.current is None and line.prior is None:  # a row of dashes says nothing
                    continue
                self.note_line(paper, "equity_changes", scope, line, this[r][0], this[r][width], last[r][2 * width] if last else None)

    # --- feet

    def _signatures(self, paper: Paper, left: float, right: float, y: float) -> None:
        """Who answers for the statements: typed, by hand or with name seals; a substitute's signer decides for itself."""
        company = self.world.company
        heads = ("法定代表人：", "主管会计工作负责人：", "会计机构负责人：")
        names = (company.legal_representative, company.finance_head, company.finance_head)
        rng = self.world.rng(*self.key, "signing", self.sheets)
        self.sheets += 1
        for i, (head, name) in enumerate(zip(heads, names, strict=True)):
            x = left + (right - left) * i / 3
            box = paper.text(x, y, head, 9, face=self.style.body)
            if self.signer is not None:
                self.signer(paper, box[2], y, name, i)
            elif self.style.signing == "typed":
                paper.text(box[2], y, name, 9, face=self.style.body)
            elif self.style.signing == "hand":
                paper.text(box[2], y + rng.uniform(-1, 1), name, 15, face="hand", ink=(30, 34, 64), variant=sum(map(ord, name)))
            else:
                strike(paper, name_die(name), box[2] + 8, y + 3, rng)

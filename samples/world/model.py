"""The words of the made-up world: who, what was bought, how it was paid, what the papers say, how the papers were handled.

Everything is frozen. Money is yuan (``Decimal`` with cents), dates are dates, ids are text. A clean world agrees with itself to
the cent; a defect is a function from a world to a world, and all papers, workbooks and ledgers are drawn from the result.

Facts and their prints are separate things: an :class:`Invoice` is what the paper carries, a :class:`Row` is what the applicant
wrote about it in the list, a :class:`Payment` is what the bank's slip carries.

A paper is known by its ``PaperKey``: ``"kind"``, ``"kind:year"`` or ``"kind:year:what"``, e.g. ``"business_licence"``,
``"audit_report:2018"``, ``"tax_certificate:2017:local"``, ``"loan_contract::1"``, ``"vat_invoice::I012"``, ``"workbook:list"``,
``"workbook:interest"``, ``"workbook:B203"``, ``"ledger:portal"``.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from samples.accounts import Books

PaperKey = str
Category = Literal["1", "2", "3", "4a", "4b", "5"]
InvoiceKind = Literal["special", "ordinary", "e_ordinary", "blockchain", "digital_special", "vehicle"]
Copy = Literal["deduction", "invoice", "bookkeeping", ""]
Opinion = Literal["unqualified", "unqualified_emphasis", "qualified", "adverse", "disclaimer"]

YEARS = (2017, 2018, 2019)
"""上三个年度 of the filing year 2020 (guide 六（二）)."""
ZERO = Decimal(0)


# ---------------------------------------------------------------- people and companies


@dataclass(frozen=True)
class Party:
    """A company (or bank branch, tax office) as it stands on papers. ``old_tax_id`` is its 15-digit id of before 三证合一."""

    name: str
    uscc: str
    address: str
    phone: str
    bank: str
    account: str
    invoice_area: str = "4403"
    supervision: str = "深圳市"
    old_tax_id: str = ""
    legal_representative: str = ""


@dataclass(frozen=True)
class Company:
    """The applicant as its licence shows it, and who signs for it."""

    party: Party
    kind: str
    legal_representative: str
    registered_capital: Decimal
    established_on: date
    valid_until: date | None
    scope: str
    contact: str
    phone: str
    finance_head: str
    seal_number: str
    sister: Party
    """Another company of the same owner: what a wrong buyer, payer or owner of a seal looks like."""
    licence_issued_on: date = date(2016, 5, 12)
    registrar: str = "深圳市市场监督管理局"
    former_name: str = ""


@dataclass(frozen=True)
class Project:
    """The project as application, filing certificate, plan and statistics name it."""

    name: str
    industry_code: str
    industry_name: str
    location: str
    total_investment: Decimal
    fixed_investment: Decimal
    starts: date
    ends: date
    filing_number: str
    project_code: str
    filed_on: date
    filing_valid_until: date
    construction_kind: str
    content: str
    product: str
    renovation: bool = True
    """False: a new-build industrial project, which needs no 备案表 in categories 3 and 5."""


# ---------------------------------------------------------------- vouchers


@dataclass(frozen=True)
class Item:
    """A line of an invoice or contract. A discount is a line with a negative amount and neither quantity nor price."""

    item_class: str
    name: str
    spec: str
    unit: str
    quantity: Decimal | None
    unit_price: Decimal | None
    amount: Decimal
    rate: Decimal
    tax: Decimal


@dataclass(frozen=True)
class Overprint:
    """What is printed for ``field`` (a field name of the contract) instead of the fact; QR code and all else keep the fact.

    ``patched``: the old print was scraped or covered, which shows.
    """

    field: str
    text: str
    patched: bool = False


@dataclass(frozen=True)
class Invoice:
    """A VAT invoice. ``buyer_tax_id`` and ``seller_tax_id`` are as printed (18 or 15 signs, or blank before mid-2017)."""

    key: str
    kind: InvoiceKind
    code: str
    number: str
    issued_on: date
    check_code: str
    machine_number: str
    buyer: Party
    buyer_tax_id: str
    seller: Party
    seller_tax_id: str
    items: tuple[Item, ...]
    remarks: str = ""
    copy: Copy = ""
    on_goods_list: bool = False
    """The face says （详见销货清单）; the items stand on a 销货清单 of their own."""
    agent: Party | None = None
    """代开: the tax office that stands as seller; ``seller`` then stands in the remarks."""
    red_of: str | None = None
    """Key of the blue invoice that this red one takes back; its amounts are negative."""
    voided: bool = False
    clerks: tuple[str, str, str] = ("", "", "")
    seal_of: Party | None = None
    """Whose 发票专用章 is on it, where not the seller's."""
    overprints: tuple[Overprint, ...] = ()
    edited: bool = False
    """The electronic file was opened and changed in an editor: producer, dates and overlays betray it."""

    @property
    def net(self) -> Decimal:
        return sum((item.amount for item in self.items), ZERO)

    @property
    def tax(self) -> Decimal:
        return sum((item.tax for item in self.items), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax

    @property
    def deductible(self) -> bool:
        """Input tax may be deducted (rule-book B.1.6)."""
        return self.kind in ("special", "digital_special", "vehicle")

    def printed(self, field_name: str, text: str) -> str:
        """What stands on the paper for ``field_name``."""
        return next((o.text for o in self.overprints if o.field == field_name), text)


@dataclass(frozen=True)
class ImportedItem:
    """A line of a customs declaration; prices in the declaration's currency."""

    hs_code: str
    name: str
    spec: str
    quantity: Decimal
    unit: str
    unit_price: Decimal
    total: Decimal
    origin: str


@dataclass(frozen=True)
class CustomsEntry:
    """One import: 报关单, 增值税缴款书 (…L02) and 关税缴款书 (…A01) share its number (rule-book B.2)."""

    key: str
    declaration_number: str
    declared_on: date
    imported_on: date
    customs_house: str
    consignee: Party
    end_user: Party
    shipper: str
    trade_country: str
    mode_code: str
    mode_name: str
    contract_number: str
    terms: str
    currency: str
    exchange_rate: Decimal
    items: tuple[ImportedItem, ...]
    duty_rate: Decimal
    vat_rate: Decimal
    dutiable_value: Decimal
    duty: Decimal
    vat: Decimal
    paid_on: date

    @property
    def foreign_total(self) -> Decimal:
        return sum((item.total for item in self.items), ZERO)

    @property
    def vat_number(self) -> str:
        return f"{self.declaration_number}-L02"

    @property
    def duty_number(self) -> str:
        return f"{self.declaration_number}-A01"


@dataclass(frozen=True)
class Bill:
    """承兑汇票: number of 30 digits, 1 in front = bank's, 2 = merchant's."""

    number: str
    drawer: Party
    payee: Party
    acceptor: str
    amount: Decimal
    issued_on: date
    due_on: date
    endorsed_to: Party | None = None


@dataclass(frozen=True)
class Payment:
    """One payment; ``pays`` says which voucher keys it settles with how much (sums to ``amount``)."""

    key: str
    slip_number: str
    paid_on: date
    payer: Party
    payee: Party
    amount: Decimal
    purpose: str
    pays: tuple[tuple[str, Decimal], ...]
    bill: Bill | None = None

    @property
    def method(self) -> str:
        return "承兑汇票" if self.bill else "银行转账"


@dataclass(frozen=True)
class PurchaseContract:
    number: str
    buyer: Party
    seller: Party
    items: tuple[Item, ...]
    total: Decimal
    """Yuan with tax."""
    signed_on: date
    delivery_place: str
    vouchers: tuple[str, ...] = ()
    """Keys of the invoices and imports under it."""


@dataclass(frozen=True)
class Booking:
    """记账凭证 of a purchase, with the asset card where it became one, and the delivery paper."""

    voucher_key: str
    number: str
    booked_on: date
    amount: Decimal
    summary: str
    asset_number: str = ""
    asset_name: str = ""
    place: str = ""
    delivered_on: date | None = None
    delivery_number: str = ""


# ---------------------------------------------------------------- the declared list


@dataclass(frozen=True)
class Paid:
    """A payment as the list states it."""

    number: str
    on: date
    amount: Decimal
    method: str


@dataclass(frozen=True)
class Row:
    """One row of 表1, 2, 3 or 5 as the applicant wrote it; ``sequence`` counts from 1. Columns that a table lacks stay empty."""

    sequence: int
    item_class: str
    """投入类别: 设备, 软件, 工程, 配套."""
    name: str
    spec: str
    quantity: Decimal
    quantity_unit: str
    unit_price: Decimal
    supplier_name: str
    contract_number: str
    contract_date: date
    contract_amount: Decimal
    voucher_type: Literal["special", "ordinary", "e_ordinary", "blockchain", "customs", "vehicle", "digital_special"]
    invoice_code: str
    invoice_number: str
    """8 digits, or the 18-digit declaration number of an import."""
    invoice_date: date
    gross: Decimal
    net: Decimal
    tax: Decimal
    payments: tuple[Paid, ...]
    bookkeeping_number: str
    declared: Decimal
    fixed: bool
    asset_number: str
    smart: Decimal
    smart_note: str
    location: str
    remarks: str
    voucher: str
    """Key of the invoice or import that this row is about; several rows may share one."""
    period: str = ""
    composition: str = ""
    """投资构成: 建筑工程, 安装工程, 设备工器具购置, 其他费用."""
    planned_total: Decimal | None = None
    cumulative: Decimal | None = None
    awarded_before: Decimal | None = None
    raised_funds: Decimal | None = None
    own_funds: Decimal | None = None
    raised_project: str = ""
    special_account: str = ""
    funding_source: str = ""

    @property
    def paid(self) -> Decimal:
        return sum((p.amount for p in self.payments), ZERO)


# ---------------------------------------------------------------- loans and leases (category 4)


@dataclass(frozen=True)
class Instalment:
    number: int
    due_on: date
    rent: Decimal
    """Principal and interest together."""
    principal: Decimal
    interest: Decimal
    outstanding: Decimal
    """Principal left after this instalment."""


@dataclass(frozen=True)
class InterestReceipt:
    number: str
    contract_number: str
    payer: Party
    bank: str
    period_start: date
    period_end: date
    days: int
    principal: Decimal
    annual_rate: Decimal
    amount: Decimal
    paid_on: date


@dataclass(frozen=True)
class Loan:
    key: str
    contract_number: str
    borrower: Party
    lender: Party
    lender_address: str
    principal: Decimal
    annual_rate: Decimal
    """0.0522 is 5.22 % a year."""
    benchmark_rate: Decimal
    signed_on: date
    drawn_on: date
    start: date
    end: date
    purpose: str
    use_clause: str
    """The sentence about what the money may not be used for."""
    repayment: str
    schedule: tuple[Instalment, ...]
    receipts: tuple[InterestReceipt, ...]


@dataclass(frozen=True)
class LeasedGood:
    name: str
    spec: str
    serial: str
    quantity: int
    price: Decimal
    supplier: str


@dataclass(frozen=True)
class Lease:
    key: str
    contract_number: str
    lessee: Party
    lessor: Party
    lessor_licence: str
    financed: Decimal
    down_payment: Decimal
    deposit: Decimal
    fee: Decimal
    annual_rate: Decimal
    signed_on: date
    start: date
    """起租日."""
    end: date
    direct: bool
    """直租; False is 售后回租."""
    goods: tuple[LeasedGood, ...]
    nominal_price: Decimal
    schedule: tuple[Instalment, ...]
    receipts: tuple[InterestReceipt, ...]


@dataclass(frozen=True)
class InterestRow:
    """One row of 表4."""

    sequence: int
    kind: Literal["贷款", "融资租赁"]
    institution: str
    contract_number: str
    financed: Decimal
    deposit: Decimal
    term_start: date
    term_end: date
    drawn_on: date
    interest_from: date
    interest_to: date
    days: int
    principal: Decimal
    annual_rate: Decimal
    benchmark_rate: Decimal
    interest_paid: Decimal
    receipt_number: str
    paid_on: date
    fee: Decimal
    requested: Decimal
    remarks: str = ""


# ---------------------------------------------------------------- yearly papers


@dataclass(frozen=True)
class TaxLine:
    tax_type: str
    period_start: date
    period_end: date
    paid_on: date
    amount: Decimal
    """Negative for a refund."""
    voucher_number: str = ""


@dataclass(frozen=True)
class TaxPaper:
    """A certificate of one tax office for one year. ``layout``: certificate 纳税证明, table 税收完税证明（表格式）, letter （文书式）."""

    key: PaperKey
    year: int
    layout: Literal["certificate", "table", "letter"]
    number: str
    issuer: str
    seal: str
    taxes: tuple[TaxLine, ...]
    period_start: date
    period_end: date
    issued_on: date
    stated_total: Decimal | None = None
    """What the paper prints as its sum, where that is not the sum of its lines."""
    taxpayer: Party | None = None
    """Whose certificate it is, where not the applicant's."""
    taxpayer_id: str = ""
    """The id as printed (a 15-digit one), where not the taxpayer's USCC."""

    @property
    def total(self) -> Decimal:
        return self.stated_total if self.stated_total is not None else sum((t.amount for t in self.taxes), ZERO)


@dataclass(frozen=True)
class Firm:
    name: str
    address: str
    accountants: tuple[tuple[str, str], ...]
    """Two signing accountants with the numbers of their certificates."""


@dataclass(frozen=True)
class AuditReport:
    """审计报告 of one year. ``books`` and ``prior`` are what its two columns print (normally this year's and last year's books)."""

    year: int
    number: str
    dated: date
    firm: Firm
    client: str
    opinion: Opinion
    books: Books
    prior: Books
    group: Books | None = None
    """Consolidated figures: the report then shows 合并 and 母公司 columns (this year; ``group_prior`` the year before)."""
    group_prior: Books | None = None
    restated: bool = False
    """The notes disclose a 追溯调整, which explains a prior-year column that differs."""
    opinion_matter: str = ""
    """What the qualified opinion or the emphasis is about."""
    pages: int = 24
    """About how long the report is; the drawing keeps to it by more or fewer notes."""
    printed: tuple[tuple[str, Decimal], ...] = ()
    """(item, amount): what the current column prints for an item of the statements instead of the books' figure."""
    body_year: int | None = None
    """Pages of the body that carry another year's figures (a page put in from another report) name it here."""


@dataclass(frozen=True)
class Substitute:
    """Papers handed in for one year instead of an audit report (guide 六（二）（2）)."""

    year: int
    kind: Literal["financial_statement", "capital_verification"]
    signed_by_legal_representative: bool = True
    signed_by_finance_head: bool = True
    reason: str = "审计工作尚未完成"


@dataclass(frozen=True)
class StatValue:
    """One statistics figure: ``value`` in ``unit`` as reported."""

    form: Literal["B203", "B103", "B204-1", "206"]
    period: str
    indicator: str
    code: str
    value: Decimal
    unit: str


@dataclass(frozen=True)
class Indicator:
    """A figure of the application form; ``value`` in ``unit`` as printed (万元, 人, 台 …)."""

    name: str
    year: int
    value: Decimal
    unit: str


@dataclass(frozen=True)
class PlanFacts:
    """What the implementation plan says beyond the project: outline 1-1, 1-2 or 1-3 of 附件1."""

    outline: Literal["1-1", "1-2", "1-3"]
    irr: Decimal
    payback_years: Decimal
    staff_before: int
    staff_after: int
    planned_total: Decimal
    yearly_plan: tuple[tuple[int, Decimal], ...]
    """Year → planned investment (outline 1-2); sums to ``planned_total``."""
    sources: tuple[tuple[str, Decimal], ...]
    """Where the money comes from; sums to ``planned_total`` (R-115: never the subsidy)."""
    modes: tuple[str, ...] = ("离散型智能制造",)
    missing_chapters: frozenset[int] = frozenset()
    """Chapter numbers (1 …) that the plan lacks."""
    swapped_chapters: tuple[int, int] | None = None
    contents_shift: tuple[int, int] | None = None
    """(chapter, by how many pages the 目录 names the wrong page)."""
    no_contents: bool = False
    photos: bool = True
    raised_net_stated: Decimal | None = None
    """What outline 1-3 says was raised, where not the listing's net amount."""
    numbered_fifth: bool = True
    """Outline 1-2's chapter 项目实施效果 is printed with 五、 (False: without, as in the guide itself; R-433)."""


@dataclass(frozen=True)
class Listing:
    """What category 5 proves: the company is listed and raised the money for this project."""

    board: str
    stock_code: str
    stock_name: str
    ipo_number: str
    ipo_date: date
    approval_number: str
    approval_date: date
    announced_on: date
    raised_gross: Decimal
    raised_net: Decimal
    arrived_on: date
    verification_number: str
    verified_on: date
    verifier: str
    raised_project: str
    implementer: str
    """实施主体 as the announcement names it."""
    planned: Decimal
    used: tuple[tuple[int, Decimal], ...]
    """Year → money of the raised funds used for the project until its end, as the special reports state it."""
    report_years: tuple[int, ...] = (2018, 2019)


@dataclass(frozen=True)
class LedgerTable:
    """An extract of another office's system: ``stem`` and column names of the contract; all values text."""

    stem: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]


# ---------------------------------------------------------------- how papers and workbooks were handled


@dataclass(frozen=True)
class Handling:
    """What happened to papers between the printer and the scanner. Page numbers are indices (0 …) within the clean paper."""

    absent: frozenset[PaperKey] = frozenset()
    """Papers that are not enclosed."""
    unsealed: frozenset[PaperKey] = frozenset()
    """Without the applicant's 公章."""
    sealed_by: tuple[tuple[PaperKey, Party], ...] = ()
    """The company seal on the paper is this party's."""
    wrong_seal: tuple[tuple[PaperKey, Literal["invoice", "contract", "finance"]], ...] = ()
    """Another of the applicant's seals where the 公章 belongs."""
    pasted_seal: frozenset[PaperKey] = frozenset()
    """The seal is a picture laid over the page: the same pixels everywhere, perfectly even, no ink in the text below."""
    no_seam: frozenset[PaperKey] = frozenset()
    """Multi-page papers without any 骑缝章, be it their own or the volume's."""
    seam_gap: frozenset[tuple[PaperKey, int]] = frozenset()
    """Pages whose slice of the seam seal is missing: they replaced those that were there when the seal was struck."""
    torn: frozenset[tuple[PaperKey, int]] = frozenset()
    """Pages taken out before the volume was numbered: the printed numbers jump, the volume's do not."""
    removed: frozenset[tuple[PaperKey, int]] = frozenset()
    """Pages taken out after the volume was numbered: both numberings jump."""
    swapped: tuple[tuple[PaperKey, int, int], ...] = ()
    """Two pages of a paper bound in each other's place (before numbering)."""
    turned: frozenset[tuple[PaperKey, int]] = frozenset()
    """Pages bound upside down: innocent."""
    volume_skip: tuple[tuple[PaperKey, int], ...] = ()
    """The volume's numbering jumps by so many at the first page of the paper."""
    grey: frozenset[PaperKey] = frozenset()
    """Scanned without colour."""
    unsigned: frozenset[PaperKey] = frozenset()
    """Signature lines left blank."""
    no_firm_seal: frozenset[PaperKey] = frozenset()
    copy_changes: tuple[tuple[PaperKey, int, str], ...] = ()
    """In the second copy only: (paper, page, what): "unsealed" (no seals on the page), "removed", "altered" (other figures)."""
    volume_seam: bool = False
    """骑缝章 struck over the whole bound volume in several fans instead of over each paper."""


@dataclass(frozen=True)
class Sheets:
    """How the declared workbooks were written: the layout people chose, and the faults of spreadsheets (rule-book C)."""

    style: Literal["plain", "merged", "two_level", "loose"] = "two_level"
    """plain: one header row; two_level: group heads above; merged: contract cells merged over their invoices; loose: dates as
    text in many shapes, numbers as text, full-width digits, repeated header rows, subtotals."""
    unit: Literal["元", "万元"] = "元"
    stated_unit: str = ""
    """What the head says, where that is not ``unit``."""
    lost_digits: frozenset[int] = frozenset()
    """Sequences whose long id was turned into a float (1.23457E+17)."""
    lost_zeros: frozenset[int] = frozenset()
    """Sequences whose 8-digit number lost its leading zeros."""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[str] = frozenset()
    hidden_sheet: bool = False
    uncached: bool = False
    """The total row is a formula without a cached value."""
    stated_total: Decimal | None = None
    """What the 合计 row says, where that is not the sum."""
    table: int | None = None
    """The table that was filled in, where that is not the category's."""
    without_smart: bool = False
    paper_differs: tuple[tuple[int, str, str], ...] = ()
    """(sequence, column, text): what the sealed print says otherwise than the Excel."""
    rows_only_on_paper: frozenset[int] = frozenset()
    scaled_rows: tuple[tuple[int, int], ...] = ()
    """(sequence, power of ten): money of the row written in another unit than the head's."""
    merged_vouchers: bool = True
    """Where several rows share a voucher, its cells are merged over them."""
    xls: bool = False


# ---------------------------------------------------------------- all of it


@dataclass(frozen=True)
class Application:
    """The application form's own facts."""

    number: str
    form_version: str
    applied_on: date
    printed_on: date
    first_or_renewal: Literal["first", "renewal"]
    declared_investment: Decimal
    """Yuan; what the form states as 申报投入."""
    requested: Decimal | None
    indicators: tuple[Indicator, ...]
    project_name: str = ""
    """As the form writes it, where not as the project."""
    industry_code: str = ""
    uscc: str = ""
    applicant_name: str = ""
    other_funds_note: str = "无"
    """The sentence about other public money for the same investment (R-046)."""


@dataclass(frozen=True)
class World:
    seed: int
    categories: tuple[Category, ...]
    company: Company
    project: Project
    books: Mapping[int, Books]
    """Years 2016 … 2020 as far as papers need them."""
    application: Application
    invoices: tuple[Invoice, ...]
    imports: tuple[CustomsEntry, ...]
    contracts: tuple[PurchaseContract, ...]
    payments: tuple[Payment, ...]
    bookings: tuple[Booking, ...]
    rows: tuple[Row, ...]
    loans: tuple[Loan, ...]
    leases: tuple[Lease, ...]
    interest_rows: tuple[InterestRow, ...]
    tax_papers: tuple[TaxPaper, ...]
    audit_reports: tuple[AuditReport, ...]
    substitutes: tuple[Substitute, ...]
    statistics: tuple[StatValue, ...]
    plan: PlanFacts | None
    listing: Listing | None
    ledgers: tuple[LedgerTable, ...]
    handling: Handling = field(default_factory=Handling)
    sheets: Sheets = field(default_factory=Sheets)
    short: bool = False
    """Short papers (audit reports of six pages, no annexes): the shipped demo and fast tests."""
    second_copy: bool = False
    created_at: datetime = datetime(2020, 6, 16, 9, 30)  # noqa: DTZ001 (file dates carry no zone)
    """What files of this world carry as their date."""

    @property
    def party(self) -> Party:
        return self.company.party

    @property
    def declared_total(self) -> Decimal:
        return sum((row.declared for row in self.rows), ZERO)

    @property
    def smart_total(self) -> Decimal:
        return sum((row.smart for row in self.rows), ZERO)

    def invoice(self, key: str) -> Invoice:
        return next(x for x in self.invoices if x.key == key)

    def customs_entry(self, key: str) -> CustomsEntry:
        return next(x for x in self.imports if x.key == key)

    def rng(self, *key: object) -> random.Random:
        """A stream of chance of its own for each thing drawn, so that one defect does not shake everything else."""
        return random.Random(":".join(map(str, (self.seed, *key))))

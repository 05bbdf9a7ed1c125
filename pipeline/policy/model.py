"""A policy year as typed, frozen data. Every leaf carries its value, unit and clause; code never holds a number of the guide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field as Spec
from pydantic import StringConstraints, model_validator

from pipeline.model import Category, Model

T = TypeVar("T")
Clause = Annotated[str, StringConstraints(min_length=1)]
"""A path into ``Policy.clauses``."""
Tag = Literal["G", "S", "K", "I"]
"""Evidence tag of the rule-book: the guide, a public source, general knowledge, an interpretation to be confirmed."""
Share = Annotated[Decimal, Spec(ge=0, le=1)]
Yuan = Annotated[Decimal, Spec(ge=0)]
Pattern = Annotated[str, Spec(min_length=1)]
Texts = Annotated[tuple[str, ...], Spec(min_length=1)]


class Leaf(Model, Generic[T]):
    """One value of the guide and where it stands."""

    value: T
    unit: str = ""
    clause: Clause
    tag: Tag = "G"
    note: str = ""


class Sourced(Model):
    """A small table that has one source."""

    clause: Clause
    tag: Tag = "G"


class Years(Model):
    previous: Leaf[int]
    lookback: Leaf[Annotated[tuple[int, ...], Spec(min_length=1)]]

    @model_validator(mode="after")
    def _ascending(self) -> Years:
        if list(self.lookback.value) != sorted(set(self.lookback.value)):
            raise ValueError("lookback.value 的年度应从早到晚且不重复")
        return self


class Deadlines(Model):
    online_open: Leaf[date]
    online_close: Leaf[datetime]
    resubmit_until: Leaf[date]
    paper_open: Leaf[date]
    paper_close: Leaf[date]
    disbursement_months: Leaf[int]

    @model_validator(mode="after")
    def _in_order(self) -> Deadlines:
        if self.online_close.value.tzinfo is None:
            raise ValueError("online_close.value 应写明时区（如 +08:00）")
        if self.online_open.value > self.online_close.value.date():
            raise ValueError("online_close.value 早于 online_open.value")
        if self.paper_open.value > self.paper_close.value:
            raise ValueError("paper_close.value 早于 paper_open.value")
        return self


class Office(Model):
    name: Leaf[str]
    place: Leaf[str]
    appointment: Leaf[str]
    phones: Leaf[Texts]
    filing_phones: Leaf[Texts]
    support_phones: Leaf[Texts]
    online_url: Leaf[str]
    filing_url: Leaf[str]


class FormDemands(Model):
    """How the paper has to look."""

    copies: Leaf[int]
    paper_size: Leaf[tuple[int, int]]
    list_paper_size: Leaf[tuple[int, int]]
    list_a3_tables: Leaf[tuple[int, ...]]
    seam_sure_pages: Leaf[int]


class ApplicantDemands(Model):
    industry_first: Leaf[Annotated[str, StringConstraints(pattern=r"^\d{4}$")]]
    industry_last: Leaf[Annotated[str, StringConstraints(pattern=r"^\d{4}$")]]
    industry_letters: Leaf[dict[str, tuple[str, str]]]
    enterprise_prefixes: Leaf[Texts]
    not_enterprise_prefixes: Leaf[Texts]
    not_legal_person_words: Leaf[Texts]
    place_words: Leaf[Texts]
    young_company_days: Leaf[int]


class CategoryTerms(Model):
    """Terms of one support category. Without ``window_end`` the period runs to the closing date (switch I-2)."""

    title: Leaf[str]
    list_table: Leaf[int]
    interest_table: Leaf[int] | None = None
    window_by: Leaf[Literal["invoice", "project", "lease_start"]]
    window_start: Leaf[date]
    window_end: Leaf[date] | None = None
    rate: Leaf[Share] | None = None
    cap: Leaf[Yuan]
    applicant_year_cap: Leaf[Yuan] | None = None
    fixed_asset_share: Leaf[Share] | None = None
    smart_minimum: Leaf[Yuan] | None = None
    payout_years: Leaf[int] | None = None
    progress_minimum: Leaf[Share] | None = None
    principal_share: Leaf[Share] | None = None
    interest_years: Leaf[int] | None = None
    industry_bound: Leaf[bool]
    expert_review: Leaf[bool]
    outline: Leaf[str] | None = None
    lower_of_statistics: Leaf[bool] | None = None

    @model_validator(mode="after")
    def _window(self) -> CategoryTerms:
        if self.window_end is not None and self.window_end.value < self.window_start.value:
            raise ValueError("window_end.value 早于 window_start.value")
        return self


class Combination(Model):
    base_category: Leaf[Category]
    stackable: Leaf[tuple[Category, ...]]


Need = Literal["required", "optional", "conditional"]


class Substitute(Model):
    """A paper that may stand in for the material, and when."""

    kind: str
    when: Literal["audit_unfinished", "young_company"]
    title: str


class Material(Model):
    """A line of the material matrix (A.1). ``kinds`` and ``subtypes`` are document kinds of the contract; ``stand_ins`` are codes
    of materials whose paper may be this one too."""

    code: str
    material: str
    title: str
    kinds: Texts
    subtypes: tuple[str, ...] = ()
    stand_ins: tuple[str, ...] = ()
    form: Literal["original", "copy", "any"] = "any"
    company_seal: bool = False
    seam_seal: bool = False
    per_year: bool = False
    excel: bool = False
    list_table: bool = False
    interest_table: bool = False
    waived_by: Literal["linked_licence", "not_renovation"] | None = None
    substitutes: tuple[Substitute, ...] = ()
    need: dict[Category, Leaf[Need]]


class VoucherWords(Sourced):
    value: dict[str, str]


class VoucherForm(Sourced):
    """A row of the code and number table. ``ambiguous``: the form alone does not tell the type."""

    name: str
    type: str
    code: Pattern
    number: Pattern
    since: date | None = None
    until: date | None = None
    ambiguous: bool = False

    @model_validator(mode="after")
    def _compiles(self) -> VoucherForm:
        for pattern in (self.code, self.number):
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"不是有效的正则表达式：{pattern}") from error
        return self

    def fits(self, code: str, number: str) -> bool:
        return re.match(self.code, code) is not None and re.match(self.number, number) is not None


class RatePeriod(Sourced):
    """VAT rates in force from ``since`` to ``until`` (both inclusive) by date of issue."""

    since: date
    until: date | None = None
    goods: tuple[Share, ...]
    works: tuple[Share, ...]
    services: tuple[Share, ...]
    levy: tuple[Share, ...]

    @property
    def all(self) -> frozenset[Decimal]:
        return frozenset((*self.goods, *self.works, *self.services, *self.levy))


class Vouchers(Model):
    deductible_types: Leaf[Texts]
    plain_types: Leaf[Texts]
    words: VoucherWords
    forms: tuple[VoucherForm, ...]
    rates: tuple[RatePeriod, ...]

    @model_validator(mode="after")
    def _gapless(self) -> Vouchers:
        for before, after in zip(self.rates, self.rates[1:], strict=False):
            if before.until is None or (after.since - before.until).days != 1:
                raise ValueError(f"rates：{after.since}起的税率区间与前一区间不相接")
        return self


class InterestTerms(Model):
    benchmark_1y: Leaf[Share]
    benchmark_5y: Leaf[Share]
    benchmark_long: Leaf[Share]
    day_count: Leaf[int]
    window_start: Leaf[date]
    window_end: Leaf[date]


class Tolerances(Model):
    """Allowed differences (D.2 and parts B, E). Yuan where the leaf says 元, else a ratio."""

    invoice_sum: Leaf[Yuan]
    row_sum: Leaf[Yuan]
    row_sum_many: Leaf[Yuan]
    list_sum_per_row: Leaf[Yuan]
    application_total: Leaf[Yuan]
    gross_as_net: Leaf[Share]
    net_excess: Leaf[Yuan]
    application_audit: Leaf[Share]
    statistics_note: Leaf[Share]
    statistics_correct: Leaf[Share]
    investment: Leaf[Share]
    planned_total: Leaf[Share]
    fixed_assets: Leaf[Share]
    staff: Leaf[Share]
    line_tax: Leaf[Yuan]
    invoice_tax: Leaf[Yuan]
    balance_sheet: Leaf[Yuan]
    interest: Leaf[Share]
    name_similarity: Leaf[Share]
    unit_slip: Leaf[Share]
    unit_slip_powers: Leaf[Annotated[tuple[int, ...], Spec(min_length=1)]]
    match_amount: Leaf[Yuan]
    near_number_distance: Leaf[int]

    @model_validator(mode="after")
    def _two_steps(self) -> Tolerances:
        if self.statistics_correct.value < self.statistics_note.value:
            raise ValueError("statistics_correct.value 小于 statistics_note.value")
        return self


class Units(Sourced):
    value: dict[str, Annotated[Decimal, Spec(gt=0)]]


class FormUnits(Sourced):
    value: dict[str, str]


class Indicator(Sourced):
    """A statistical indicator known by its names; ``audit``: the audited statements hold it too."""

    title: str
    words: Texts
    audit: bool
    money: bool = True


class Statistics(Model):
    survey_minimum: Leaf[Yuan]
    finance_forms: Leaf[Texts]
    output_forms: Leaf[Texts]
    investment_forms: Leaf[Texts]
    form_units: FormUnits
    indicators: dict[str, Indicator]


class SealDemands(Sourced):
    company_roles: Texts
    other_roles: dict[str, str]
    owner_score: Leaf[Share]


class Outline(Sourced):
    title: str
    chapters: Texts
    sections: dict[str, tuple[str, ...]] = {}


class SmartModes(Sourced):
    value: dict[str, int]
    note: str = ""


class Ineligible(Sourced):
    words: Texts
    second_hand_words: Texts
    exempt_words: tuple[str, ...] = ()


class Switch(Model):
    """An open question of interpretation and the reading in use."""

    question: str
    value: str
    options: Texts
    clause: Clause

    @model_validator(mode="after")
    def _is_option(self) -> Switch:
        if self.value not in self.options:
            raise ValueError(f"value 应为 {'、'.join(self.options)} 之一，现为“{self.value}”")
        return self


class Window(Model):
    """A period, both days inclusive; ``by`` says which date is held against it."""

    start: date
    end: date
    by: Literal["invoice", "project", "lease_start"]
    clause: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


class Policy(Model):
    """One policy year. ``sha256`` is the digest of the file as it was read."""

    name: str
    sha256: str = ""
    title: Leaf[str]
    programme: Leaf[str]
    filing_year: Leaf[int]
    years: Years
    deadlines: Deadlines
    office: Office
    form: FormDemands
    applicant: ApplicantDemands
    categories: dict[Category, CategoryTerms]
    combination: Combination
    materials: Annotated[tuple[Material, ...], Spec(min_length=1)]
    vouchers: Vouchers
    interest: InterestTerms
    tolerances: Tolerances
    units: Units
    statistics: Statistics
    seals: SealDemands
    outlines: dict[str, Outline]
    smart_modes: SmartModes
    ineligible: Ineligible
    switches: dict[str, Switch]
    clauses: dict[str, str]

    # --- questions -----------------------------------------------------------------------------------------------

    def material(self, code: str) -> Material:
        """The material of this code; KeyError when the year has none."""
        for material in self.materials:
            if material.code == code:
                return material
        raise KeyError(code)

    def materials_for(self, categories: Iterable[Category]) -> tuple[Material, ...]:
        """The materials that any of the categories asks for, in the guide's order."""
        wanted = set(categories)
        return tuple(m for m in self.materials if wanted & set(m.need))

    def need(self, material: Material, categories: Iterable[Category]) -> tuple[Need, str]:
        """The strictest need among the categories, and its clause."""
        for level in ("required", "conditional", "optional"):
            for category in categories:
                leaf = material.need.get(category)
                if leaf is not None and leaf.value == level:
                    return leaf.value, leaf.clause
        raise KeyError(material.code)

    def switch(self, key: str) -> str:
        """The reading in use of an open question (``I-2``)."""
        return self.switches[key].value

    @property
    def cutoff(self) -> date:
        """申报截止日, by switch I-2."""
        if self.switch("I-2") == "paper":
            return self.deadlines.paper_close.value
        return self.deadlines.online_close.value.date()

    def window(self, category: Category) -> Window:
        """The period of a category, open ends closed by ``cutoff``."""
        terms = self.categories[category]
        end = terms.window_end.value if terms.window_end is not None else self.cutoff
        return Window(start=terms.window_start.value, end=end, by=terms.window_by.value, clause=terms.window_start.clause)

    def categories_of_table(self, table: int, among: Iterable[Category]) -> tuple[Category, ...]:
        """The categories, of those applied for, that use 附表2 表n."""
        return tuple(c for c in among if c in self.categories and self.categories[c].list_table.value == table)

    def clause_text(self, clause: str) -> str:
        """The guide's own words for a clause, or the clause itself when it is not quoted."""
        return self.clauses.get(clause, clause)

    def rates_on(self, day: date) -> RatePeriod | None:
        """VAT rates in force on a day, or None outside the table."""
        return next((p for p in self.vouchers.rates if p.since <= day and (p.until is None or day <= p.until)), None)

    def leaves(self) -> Iterator[tuple[str, str]]:
        """Every ``(path, clause)`` of the year."""
        yield from _leaves("", self)


def _leaves(path: str, node: object) -> Iterator[tuple[str, str]]:
    if isinstance(node, Model):
        clause = getattr(node, "clause", None)
        if isinstance(clause, str):
            yield path, clause
        for name in type(node).model_fields:
            if name != "clauses":
                yield from _leaves(f"{path}.{name}" if path else name, getattr(node, name))
    elif isinstance(node, dict):
        for key, child in node.items():
            yield from _leaves(f"{path}.{key}", child)
    elif isinstance(node, tuple):
        for i, child in enumerate(node):
            yield from _leaves(f"{path}[{i}]", child)

"""附表2 表1–表5: columns, their headings in many wordings, and how one applicant's accountant laid its table out.

The annex of 2020 is not public; columns and synonyms are those of rule-book C. A layout is drawn once per world and shared by the
Excel and its print, so that both have the same columns, but styles that only one of them has (loose cells, hidden columns) never
reach the other. The head's unit may differ from the unit that the figures are in: that is a fault that people make.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from samples.money import cents
from samples.world.model import Category, World

Kind = Literal["text", "id", "money", "number", "date", "flag", "voucher", "year", "rate"]
Payments = Literal["rows", "merged", "one_cell"]
"""How several payments of one row are written: a line each with blank cells before, a line each with merged cells before, or
all of them in one cell."""

TABLE_OF: dict[Category, int] = {"1": 1, "2": 1, "3": 2, "4a": 3, "4b": 3, "5": 5}
"""Which list a category fills in (guide 六（一）); category 4 adds 表4."""
FACTORS = {"元": Decimal(1), "万元": Decimal(10_000)}


@dataclass(frozen=True)
class Column:
    """One column: the contract's ``key``, ``heads`` where it stands alone, ``leaves`` below its ``group``; ``width`` in digits."""

    key: str
    kind: Kind
    heads: tuple[str, ...]
    width: float
    group: str = ""
    leaves: tuple[str, ...] = ()


def _c(key: str, kind: Kind, heads: str, width: float, group: str = "", leaves: str = "") -> Column:
    return Column(key, kind, tuple(heads.split("|")), width, group, tuple(leaves.split("|")) if leaves else tuple(heads.split("|")))


_LINES: tuple[Column, ...] = (
    _c("sequence", "number", "序号|编号|序号|项次", 5),
    _c("period", "year", "所属期|所属年度", 7),
    _c("class", "text", "投入类别|类别|费用类型|投资类型", 8),
    _c("composition", "text", "投资构成|投资构成类别", 11),
    _c("name", "text", "设备（软件、工程）名称|货物名称|设备、软件及工程名称|品名", 20, "goods", "名称|设备（软件、工程）名称|货物名称"),
    _c("spec", "text", "规格型号|型号|规格型号", 11, "goods"),
    _c("quantity", "number", "数量", 6, "goods"),
    _c("quantity_unit", "text", "单位|计量单位", 6, "goods"),
    _c("unit_price", "money", "单价（不含税）|单价|不含税单价", 13, "goods"),
    _c("supplier_name", "text", "供应商（销售方）|供货单位|开票单位|供应商名称", 24, "contract"),
    _c("contract_number", "id", "合同编号|合同号", 14, "contract", "合同编号|编号|合同号"),
    _c("contract_date", "date", "合同日期|合同签订日期|签订日期", 11, "contract", "签订日期|日期|合同日期"),
    _c("contract_amount", "money", "合同金额（含税）|合同金额|合同总价", 14, "contract", "合同金额|金额|金额（含税）"),
    _c("voucher_type", "voucher", "票据类型|发票种类|票据种类", 11, "voucher", "类型|票据类型|发票种类"),
    _c("invoice_code", "id", "发票代码", 13, "voucher", "代码|发票代码"),
    _c("invoice_number", "id", "发票号码/报关单号|发票号码（报关单号）|票据号码|发票号", 19, "voucher", "号码|发票号码/报关单号|发票（报关单）号码"),
    _c("invoice_date", "date", "发票（报关单）日期|开票日期", 11, "voucher", "日期|开票日期"),
    _c("gross", "money", "发票金额（含税）|价税合计|发票总额|含税金额", 14, "voucher", "金额（含税）|价税合计|含税金额"),
    _c("net", "money", "不含税金额|金额（不含税）|发票净额", 14, "voucher", "不含税金额|金额（不含税）|净额"),
    _c("tax", "money", "税额（可抵扣）|增值税税额|进项税|税额", 13, "voucher", "税额|税额（可抵扣）"),
    _c("payment_number", "id", "付款凭证号|银行回单号|付款回单号", 18, "payment", "凭证号|付款凭证号|银行回单号"),
    _c("paid_on", "date", "付款日期|支付日期", 11, "payment", "日期|付款日期"),
    _c("paid_amount", "money", "付款金额|实付金额|支付金额", 14, "payment", "金额|付款金额"),
    _c("payment_method", "text", "付款方式|支付方式", 9, "payment", "方式|付款方式"),
    _c("bookkeeping_number", "id", "记账凭证号|凭证号|记账凭证编号", 15),
    _c("declared_amount", "money", "申报投入金额（扣除可抵扣税款）|申报金额|投入金额|本次申报投入金额", 15, "declared", "申报投入金额|申报投入金额（扣除可抵扣税款）|投入金额"),
    _c("is_fixed_asset", "flag", "是否固定资产|资产类别|是否形成固定资产", 8, "declared"),
    _c("asset_number", "id", "固定资产编号|固定资产卡片号|资产编号", 13, "declared"),
    _c("smart_amount", "money", "其中：智能化改造投入|智能化投入|智能化改造投入金额", 14, "declared"),
    _c("smart_note", "text", "智能化改造说明|智能化改造所属环节|智能化改造说明/所属环节", 15, "declared"),
    _c("planned_total", "money", "计划总投资|项目计划总投资", 14, "project"),
    _c("cumulative", "money", "累计完成|累计完成投资", 14, "project"),
    _c("awarded_before", "money", "已获扶持额|已获扶持金额", 13, "project"),
    _c("raised_funds", "money", "募集资金投入额|募集资金投入金额", 14, "funds"),
    _c("own_funds", "money", "自有资金投入额|自有资金投入金额", 14, "funds"),
    _c("raised_project", "text", "募投项目名称|对应募投项目", 18, "funds"),
    _c("special_account", "id", "专户付款账号|募集资金专户账号", 20, "funds"),
    _c("funding_source", "text", "资金来源", 18),
    _c("location", "text", "存放地点|安装地点|存放（安装）地点", 17),
    _c("remarks", "text", "备注", 9),
)  # fmt: skip
_INTEREST: tuple[Column, ...] = (
    _c("sequence", "number", "序号|编号", 5),
    _c("type", "text", "类型|融资类型|类型（贷款/融资租赁）", 9),
    _c("institution", "text", "金融机构|金融机构名称|贷款银行/融资租赁公司", 24),
    _c("contract_number", "id", "合同号|合同编号", 18),
    _c("financed", "money", "合同金额/融资额|融资金额|合同金额（融资额）", 15),
    _c("deposit", "money", "首付/保证金|首付款、保证金", 13),
    _c("term", "text", "合同期限起止|合同期限", 23),
    _c("term_start", "date", "合同期限起|合同起始日", 11, "term", "起|起始日"),
    _c("term_end", "date", "合同期限止|合同到期日", 11, "term", "止|到期日"),
    _c("drawn_on", "date", "放款日/起租日|放款（起租）日期", 11),
    _c("interest", "text", "计息期间|计息期", 23),
    _c("interest_from", "date", "计息期起|计息起始日", 11, "interest", "起|起始日"),
    _c("interest_to", "date", "计息期止|计息截止日", 11, "interest", "止|截止日"),
    _c("days", "number", "天数|计息天数", 6),
    _c("principal", "money", "计息本金|本金", 15),
    _c("annual_rate", "rate", "合同利率|合同年利率|年利率", 9),
    _c("benchmark_rate", "rate", "同期基准利率|同期贷款基准利率|同期基准利率（或5%）", 9),
    _c("interest_paid", "money", "实付利息|实际支付利息", 14),
    _c("receipt_number", "id", "付息凭证号|利息回单号", 18),
    _c("paid_on", "date", "付息日期|支付日期", 11),
    _c("fee", "money", "手续费|手续费（不予贴息）", 12),
    _c("requested", "money", "申请贴息额|申请贴息金额", 14),
    _c("remarks", "text", "备注", 9),
)  # fmt: skip
COLUMNS = {c.key: c for c in _LINES}
INTEREST_COLUMNS = {c.key: c for c in _INTEREST}

_GROUPS = {
    "goods": ("投入内容", "设备（软件、工程）信息"), "contract": ("合同信息", "合同", "采购合同"), "voucher": ("票据信息", "发票信息", "发票（票据）"),
    "payment": ("付款信息", "付款情况"), "declared": ("申报情况", "申报投入"), "project": ("项目投资情况", "项目情况"), "funds": ("资金情况", "募集资金使用情况"),
    "term": ("合同期限", "合同期限起止"), "interest": ("计息期", "计息期间"),
}  # fmt: skip
_BLOCKS: dict[str, tuple[str, ...]] = {
    "lead": ("sequence", "period", "class", "composition"),
    "goods": ("name", "spec", "quantity", "quantity_unit", "unit_price"),
    "contract": ("supplier_name", "contract_number", "contract_date", "contract_amount"),
    "voucher": ("voucher_type", "invoice_code", "invoice_number", "invoice_date", "gross", "net", "tax"),
    "payment": ("payment_number", "paid_on", "paid_amount", "payment_method"),
    "book": ("bookkeeping_number",),
    "declared": ("declared_amount", "is_fixed_asset", "asset_number", "smart_amount", "smart_note"),
    "project": ("planned_total", "cumulative", "awarded_before"),
    "funds": ("raised_funds", "own_funds", "raised_project", "special_account", "funding_source"),
    "tail": ("location", "remarks"),
}  # fmt: skip
_ORDERS = (
    ("lead", "goods", "contract", "voucher", "payment", "book", "declared", "project", "funds", "tail"),
    ("lead", "goods", "contract", "voucher", "declared", "payment", "book", "project", "funds", "tail"),
    ("lead", "contract", "goods", "voucher", "payment", "book", "declared", "project", "funds", "tail"),
)
_ONLY: dict[str, frozenset[int]] = {
    **dict.fromkeys(("period", "composition", "planned_total", "cumulative", "awarded_before"), frozenset({2, 5})),
    **dict.fromkeys(("raised_funds", "own_funds", "raised_project", "special_account"), frozenset({5})),
    **dict.fromkeys(("smart_amount", "smart_note"), frozenset({1})), "funding_source": frozenset({3}), "remarks": frozenset({1, 2, 5}),
}  # fmt: skip
"""Columns that not every table has (rule-book C); all others stand in 表1, 2, 3 and 5."""
_OPTIONAL = {"payment_method": 0.15, "smart_note": 0.2, "contract_date": 0.1, "special_account": 0.2}
"""Columns that some applicants deleted, none of which a rule needs, and how often."""
_TABLE_NAMES = {
    1: ("技术改造投资项目投入明细清单", "项目投入明细清单"), 2: ("重大项目奖补项目投入明细清单", "项目投入明细清单"),
    3: ("技术改造投融资项目投入明细清单", "项目投入明细清单"), 4: ("技术改造投融资利息费用清单", "技术改造投融资利息费用清单"),
    5: ("上市公司本地改造提升项目投入明细清单", "项目投入明细清单"),
}  # fmt: skip


@dataclass(frozen=True)
class Placed:
    """A column in a layout: its heading alone, or ``group`` above ``leaf``."""

    column: Column
    head: str
    group: str
    leaf: str

    @property
    def key(self) -> str:
        return self.column.key


@dataclass(frozen=True)
class Layout:
    """One applicant's table. ``unit`` is what its figures are in, ``stated`` what the head says.

    ``labels`` are its words in the head block; ``annex`` stands above the title (附表2) where it is not empty.
    """

    table: int
    title: str
    annex: str
    sheet: str
    columns: tuple[Placed, ...]
    unit: str
    stated: str
    labels: dict[str, str]
    payments: Payments = "rows"
    whole_vouchers: bool = False
    """A voucher that several rows share states its amounts once for all of them (else each row its share)."""
    yes_no: tuple[str, str] = ("是", "否")
    long_vouchers: bool = True

    def written(self, yuan: Decimal, power: int = 0) -> Decimal:
        """The figure that stands for ``yuan``; ``power`` of ten is the slip of a row in another unit."""
        return cents(yuan).scaleb(power) / FACTORS[self.unit]

    def as_read(self, figure: Decimal) -> Decimal:
        """What ``figure`` says under the stated unit, in yuan with cents."""
        return cents(figure * FACTORS[self.stated])


def _labels(rng: random.Random) -> dict[str, str]:
    return {
        "applicant_name": rng.choice(("申报单位", "申请单位", "企业名称", "申报单位（盖章）", "填报单位")), "uscc": rng.choice(("统一社会信用代码", "社会信用代码", "统一社会信用代码")),
        "project_name": rng.choice(("项目名称", "申报项目名称")), "category": rng.choice(("项目类别", "申报类别")),
        "unit": rng.choice(("单位：", "金额单位：", "计量单位：", "单位：人民币", "金额单位：人民币")), "date": rng.choice(("填报日期", "填表日期")),
    }  # fmt: skip


def _title(rng: random.Random, table: int) -> tuple[str, str, str]:
    """Title, the line above it, and the sheet's name."""
    name = rng.choice(_TABLE_NAMES[table])
    form = rng.random()
    if form < 0.45:
        return f"表{table} {name}", "", f"表{table}"
    if form < 0.7:
        return f"{name}（表{table}）", "", rng.choice((f"表{table}", "明细清单", "Sheet1"))
    if form < 0.85:
        return f"表{table}：{name}", "附表2", f"表{table}"
    return name, f"附表2  表{table}", f"表{table}{name[-4:]}"


def _placed(rng: random.Random, column: Column, groups: dict[str, str]) -> Placed:
    return Placed(column, rng.choice(column.heads), groups.get(column.group, ""), rng.choice(column.leaves))


def list_layout(world: World) -> Layout:
    """The layout of 表1, 2, 3 or 5 for this applicant. What is drawn does not depend on any fault of ``world.sheets``."""
    sheets, rng = world.sheets, world.rng("list", "layout")
    table = sheets.table or TABLE_OF[world.categories[0]]
    groups = {key: rng.choice(words) for key, words in _GROUPS.items()}
    blocks, payments, whole = rng.choice(_ORDERS), rng.choices(("rows", "merged", "one_cell"), (5, 3, 1))[0], rng.random() < 0.5
    yes_no = ("是", "否") if rng.random() < 0.8 else ("√", "×")
    long, labels = rng.random() < 0.5, _labels(rng)
    placed: list[Placed] = []
    for key in (key for block in blocks for key in _BLOCKS[block]):
        chance = world.rng("list", "column", key)
        left_out = chance.random() < _OPTIONAL.get(key, 0.0)
        column = _placed(chance, COLUMNS[key], groups)
        if left_out or table not in _ONLY.get(key, {table}) or (sheets.without_smart and key.startswith("smart_")):
            continue
        if key == "is_fixed_asset" and column.head == "资产类别":
            yes_no = ("固定资产", "非固定资产")
            column = replace(column, leaf=column.head)
        elif key == "is_fixed_asset":
            column = replace(column, leaf=column.head)
        placed.append(column)
    title, annex, sheet = _title(world.rng("list", "title"), table)
    return Layout(
        table, title, annex, sheet, tuple(placed), sheets.unit, sheets.stated_unit or sheets.unit, labels,
        payments, whole, yes_no, long,  # type: ignore[arg-type]
    )  # fmt: skip


def interest_layout(world: World) -> Layout:
    """The layout of 表4; the faults of ``world.sheets`` are those of the other list."""
    rng = world.rng("interest", "layout")
    groups = {key: rng.choice(words) for key, words in _GROUPS.items()}
    spans, labels = rng.random() < 0.35, _labels(rng)
    dropped = {"term_start", "term_end", "interest_from", "interest_to"} if spans else {"term", "interest"}
    placed = [
        _placed(world.rng("interest", "column", key), column, groups) for key, column in INTEREST_COLUMNS.items()
        if key not in dropped and not (key == "remarks" and rng.random() < 0.3)
    ]  # fmt: skip
    title, annex, sheet = _title(world.rng("interest", "title"), 4)
    return Layout(4, title, annex, sheet, tuple(placed), world.sheets.unit, world.sheets.unit, labels)

"""Columns of 附表2 known by their headings, never by their place.

The real 2020 annex is not public (rule-book, part C): headings come in many wordings, on one to three levels. A heading is
matched on its flattened text (``发票信息/金额``), squeezed and without brackets that only name a unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extractors.grid import squeeze

ColumnKind = Literal["text", "id", "money", "number", "date", "bool", "rate", "period", "span"]
"""``span`` columns hold two dates (``2018-01-01至2020-12-31``); ``SPANS`` says which two columns they fill."""


@dataclass(frozen=True)
class Column:
    """A canonical column: its contract name, what its cells hold, and the headings that mean it."""

    name: str
    kind: ColumnKind
    pattern: re.Pattern[str]


def _column(name: str, kind: ColumnKind, pattern: str) -> Column:
    return Column(name, kind, re.compile(pattern))


# Order matters: the first pattern that matches wins, so the narrow ones stand before the wide ones.
LINE_COLUMNS: tuple[Column, ...] = (
    _column("raised_project", "text", r"募投项目"),
    _column("raised_funds", "money", r"募集资金(投入|使用|金额|支付)|使用募集资金|^募集资金$|/募集资金$"),
    _column("own_funds", "money", r"自有资金(投入|使用|金额|支付)|^自有资金$|/自有资金$|自筹资金"),
    _column("smart_note", "text", r"智能.*(说明|环节|内容|备注)|所属环节|应用环节"),
    _column("smart_amount", "money", r"智能"),
    _column("planned_total", "money", r"计划总投资|项目总投资"),
    _column("cumulative", "money", r"累计(已)?(完成|投入|投资)"),
    _column("awarded_before", "money", r"已获(得)?(扶持|奖补|资助|补助)(额|金额|资金)?$|历年扶持|以前年度扶持"),
    _column("composition", "text", r"投资构成|构成类别"),
    _column("period", "period", r"所属期|所属年度|投资年度"),
    _column("funding_source", "text", r"资金来源"),
    _column("unit_price", "money", r"单价"),
    _column("contract_amount", "money", r"(合同|协议)(信息)?/?.*(金额|总价|价款|总额)"),
    _column("contract_date", "date", r"(合同|协议)(信息)?/?.*(日期|时间|签订日|签署日)|签订日期|签约日"),
    _column("contract_number", "id", r"(合同|协议)(信息)?/?.*(编号|号码?$|号)|^合同$|采购合同$"),
    _column("payment_method", "text", r"(付款|支付|结算)(信息|凭证|情况)?/?.*方式"),
    _column("bookkeeping_number", "id", r"记账(凭证)?/?.*(编?号)|记账凭证$|会计凭证|入账凭证|^凭证(编)?号$"),
    _column("paid_on", "date", r"(付款|支付|银行回单|付款凭证).*(日期|时间)|付款日"),
    _column("paid_amount", "money", r"(付款|支付|实付|已付).*(金额|款项|价款|额)|^(已付款|实付款)$"),
    _column("payment_number", "id", r"(付款|支付)(?!.*账号).*(号码?|编号|流水|单据)|银行回单|回单(编)?号|付款凭证$|银行流水号"),
    _column("asset_number", "id", r"(固定)?资产.*(编号|卡片|号$)|卡片(编)?号"),
    _column("is_fixed_asset", "bool", r"是否.*固定资产|固定资产.*(是/?否|标识)|^资产类别$|^固定资产$"),
    _column("voucher_type", "text", r"(票据|发票|凭证)(信息)?/?(票据|发票)?(类型|种类|类别)|^票种$|/(类型|种类|票种)$"),
    _column("invoice_code", "id", r"(发票|票据).*代码|^代码$"),
    _column("invoice_date", "date", r"(发票|开票|票据|报关单?|发票或报关单).*(日期|时间)|开票日|填开日期"),
    _column("invoice_number", "id", r"(发票|票据|报关单?|缴款书).*(号码|编号|号)|^(发票号|报关单号|号码)$|^(发票|票据)$"),
    _column("tax", "money", r"^(?!.*(不含|扣除|含税|除税|净额|税率)).*(税额|增值税|进项税|税金)"),
    _column("declared_amount", "money", r"申报(投入|投资)|申报.*金额|投入金额|本次申报|申报投入|投入额|扣除可?抵扣税"),
    _column("net", "money", r"不含税|未税|净额|除税|税前"),
    _column("gross", "money", r"含税|价税合计|发票(总|金)额|票面(总)?金?额|发票价款|总金额|/价税"),
    _column("net", "money", r"^金额$|(发票|票据)(信息)?/金额$"),
    _column("quantity_unit", "text", r"^(计量|数量)?单位$|/(计量|数量)?单位$"),
    _column("quantity", "number", r"数量|^台数|台\(?套\)?数"),
    _column("spec", "text", r"规格|型号"),
    _column("supplier_name", "text", r"供应商|销售方|销方|供货|供方|开票单位|卖方|施工单位|收款(单位|方|人)"),
    _column("class", "text", r"投入类别|类别|费用类型|投资类型|投入类型|费用类别|项目类型"),
    _column("name", "text", r"名称|品名|设备|货物|内容"),
    _column("location", "text", r"存放|安装地|放置|实施地|地点"),
    _column("remarks", "text", r"备注|其他资金|说明"),
    _column("sequence", "number", r"^序号?$|^编号$|^No\.?$|^NO\.?$|^项次$|^行次$"),
)

INTEREST_COLUMNS: tuple[Column, ...] = (
    _column("sequence", "number", r"^序号?$|^编号$|^N[oO]\.?$|^项次$|^行次$"),
    _column("requested", "money", r"(申请|申报).*(贴息|利息|金额|额)|贴息(金)?额|申请补贴"),
    _column("benchmark_rate", "rate", r"基准利率|同期.*利率|贴息利率|LPR"),
    _column("annual_rate", "rate", r"利率|年化"),
    _column("days", "number", r"天数|日数"),
    _column("term", "span", r"(合同|贷款|借款|租赁|融资)(起止)?(期限|期间|日期)?/?(\(?起止(日期|时间)?\)?)$|(合同|贷款|借款|租赁|融资)(期限|期间)$"),
    _column("interest", "span", r"计息(期间?|起止(日期|时间)?|期间?起止(日期|时间)?)$"),
    _column("interest_from", "date", r"(计息|付息|利息)(期间?)?/?(起|开始|自)|计息期?/?.*(起|始)|起息"),
    _column("interest_to", "date", r"(计息|付息|利息)(期间?)?/?(止|终|至|结束)|计息期?/?.*(止|终|截)|止息"),
    _column("principal", "money", r"本金"),
    _column("receipt_number", "id", r"(付息|利息|支付|付款|租金).*(凭证|回单|号)|回单(编)?号|^凭证号$"),
    _column("paid_on", "date", r"(付息|支付|付款|实付).*(日期|时间|日)$"),
    _column("interest_paid", "money", r"(实付|已付|支付|实际支付|实际).*(利息|租息|租赁费用)|利息金?额|^利息$|付息金额"),
    _column("fee", "money", r"手续费|服务费|管理费"),
    _column("deposit", "money", r"首付|保证金"),
    _column("drawn_on", "date", r"放款|起租|提款|发放"),
    _column("term_start", "date", r"(合同|贷款|借款|租赁|期限).*(起|始|开始)"),
    _column("term_end", "date", r"(合同|贷款|借款|租赁|期限).*(止|到期|终|截|结束)"),
    _column("financed", "money", r"(合同|贷款|融资|借款|租赁).*(金额|额)|融资额"),
    _column("contract_number", "id", r"合同.*(编号|号)|^合同$"),
    _column("institution", "text", r"金融机构|贷款银行|机构名称|出租人|贷款人|银行名称|租赁公司|银行"),
    _column("type", "text", r"类型|类别|融资方式"),
    _column("remarks", "text", r"备注|说明"),
)

SPANS: dict[str, tuple[str, str]] = {"term": ("term_start", "term_end"), "interest": ("interest_from", "interest_to")}
"""The two contract columns that a ``span`` column fills."""

UNIT_FACTORS: dict[str, int] = {
    "元": 1, "百元": 100, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "千万元": 10_000_000, "亿元": 100_000_000,
}  # fmt: skip
"""How many yuan one of the unit is."""

_UNIT_WORD = r"(千万元|百万元|亿元|万元|千元|百元|元)"
_UNIT_BRACKET = re.compile(r"[(\[（【](?:单位[:：]?)?(?:人民币)?" + _UNIT_WORD + r"(?:人民币)?[)\]）】]|[/,，]" + _UNIT_WORD + "$")
_HEAD_UNIT = re.compile(r"(?<![报请位名业制填管])(?:金额|货币|计量|计价)?单位[:：]?(?:人民币)?" + _UNIT_WORD)
_HEAD_UNIT_BRACKET = re.compile(r"[(（](?:单位[:：])?(?:人民币)?" + _UNIT_WORD + r"[)）]")


def heading_unit(heading: str) -> str | None:
    """The money unit that a heading names for its own column (``单价（万元）`` → ``万元``)."""
    found = _UNIT_BRACKET.search(squeeze(heading))
    return (found.group(1) or found.group(2)) if found else None


def head_unit(text: str) -> str | None:
    """The money unit of a head block (``金额单位：人民币万元`` → ``万元``), or None when none is named."""
    plain = squeeze(text)
    found = _HEAD_UNIT.search(plain) or _HEAD_UNIT_BRACKET.search(plain)
    return found.group(1) if found else None


def plain_heading(heading: str) -> str:
    """A heading for matching: squeezed, star marks and unit brackets off, ``其中：`` off."""
    text = _UNIT_BRACKET.sub("", squeeze(heading)).replace("*", "").replace("稅", "税")
    text = re.sub(r"^\d+[.、]", "", text)
    return re.sub(r"其中[:：]?", "", text).strip("/：:、")


def column_for(heading: str, columns: tuple[Column, ...]) -> Column | None:
    """The canonical column that a flattened heading means; the last level decides, upper levels help when it is vague."""
    text = plain_heading(heading)
    if not text or len(text) > 60:
        return None
    leaf = text.rsplit("/", 1)[-1]
    # A leaf that names its thing in full needs no parent: 付款信息/发票号码 is still an invoice number.
    tries = (leaf, text) if _speaks_for_itself(leaf) else (text, leaf)
    for attempt in tries:
        for column in columns:
            if column.pattern.search(attempt):
                return column
    return None


_VAGUE = re.compile(r"^(金额|编号|号码?|日期|时间|方式|类型|种类|代码|名称|总额|价税合计|税额|单位|(编号|凭证号)|起|止|起始|终止|开始|结束|截止)$")


def _speaks_for_itself(leaf: str) -> bool:
    return not _VAGUE.match(leaf)

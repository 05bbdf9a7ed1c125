"""All kinds of documents with their fields, in English for data and in Chinese for people (contract, "Document kinds").

Reports take their labels from here, extractors and validators the value types. Adding a kind means adding it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

ValueType = Literal["text", "money", "date", "rate", "id", "bool", "year", "int", "number"]


@dataclass(frozen=True)
class FieldSpec:
    """A field: its Chinese label and what its value is. ``choices`` maps canonical words to Chinese ones."""

    label: str
    type: ValueType = "text"
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableSpec:
    """A table of a document and its columns."""

    label: str
    columns: Mapping[str, FieldSpec]


@dataclass(frozen=True)
class Kind:
    """A kind of document."""

    title: str
    fields: Mapping[str, FieldSpec]
    tables: Mapping[str, TableSpec] = field(default_factory=dict)


_TYPES: dict[str, ValueType] = {
    "$": "money",
    "@": "date",
    "%": "rate",
    "#": "id",
    "?": "bool",
    "~": "year",
    "+": "int",
    "*": "number",
}


def _specs(text: str, **choices: Mapping[str, str]) -> Mapping[str, FieldSpec]:
    """``"amount$合计金额 issue_date@开票日期"``: name, a sign for the type (``:`` = text), label."""
    out: dict[str, FieldSpec] = {}
    for word in text.split():
        name = word[: next(i for i, char in enumerate(word) if not (char.isascii() and (char.isalnum() or char == "_")))]
        sign, label = word[len(name)], word[len(name) + 1 :]
        out[name] = FieldSpec(label, _TYPES.get(sign, "text"), choices.get(name, {}))
    return MappingProxyType(out)


def _table(label: str, columns: str, **choices: Mapping[str, str]) -> TableSpec:
    return TableSpec(label, _specs(columns, **choices))


INVOICE_TYPES: Mapping[str, str] = MappingProxyType({
    "special": "增值税专用发票", "ordinary": "增值税普通发票", "e_special": "增值税电子专用发票", "e_ordinary": "增值税电子普通发票",
    "blockchain": "区块链电子普通发票", "digital_special": "数电票（专用发票）", "digital_ordinary": "数电票（普通发票）",
    "vehicle": "机动车销售统一发票", "other": "其他发票",
})  # fmt: skip
COPIES: Mapping[str, str] = MappingProxyType({"deduction": "抵扣联", "invoice": "发票联", "bookkeeping": "记账联"})
OPINIONS: Mapping[str, str] = MappingProxyType({
    "unqualified": "标准无保留意见", "unqualified_emphasis": "带强调事项段的无保留意见", "qualified": "保留意见", "adverse": "否定意见",
    "disclaimer": "无法表示意见",
})  # fmt: skip
SCOPES: Mapping[str, str] = MappingProxyType({"parent": "母公司", "consolidated": "合并"})

_ITEMS = _table(
    "明细", "name:货物或服务名称 spec:规格型号 unit:单位 quantity*数量 unit_price*单价 amount$金额 tax_rate%税率 tax$税额"
)
_STATEMENTS = _table("财务报表", "statement:报表 item:项目 scope:口径 current$本期 prior$上期", scope=SCOPES)
_LOAN = "contract_number#合同编号 {a}_name:{b} {c}_name:{d} principal$本金 annual_rate%年利率 start_date@起始日 end_date@到期日 purpose:用途 signed_on@签订日期"
_SCHEDULE = _table("租金（还款）计划", "due_on@应付日期 rent$租金 principal$本金 interest$利息")

KINDS: Mapping[str, Kind] = MappingProxyType({
    "vat_invoice": Kind("增值税发票", _specs(
        "invoice_type:发票种类 invoice_code#发票代码 invoice_number#发票号码 issue_date@开票日期 check_code#校验码 machine_number#机器编号 "
        "buyer_name:购买方名称 buyer_tax_id#购买方纳税人识别号 seller_name:销售方名称 seller_tax_id#销售方纳税人识别号 amount$合计金额（不含税） "
        "tax$合计税额 total$价税合计 total_capital$价税合计（大写） remarks:备注 is_red_letter?是否红字 voided?是否作废 copy:联次 "
        "is_agent_issued?是否代开", invoice_type=INVOICE_TYPES, copy=COPIES), {"items": _ITEMS}),
    "invoice_list": Kind("销货清单", _specs("invoice_code#发票代码 invoice_number#发票号码 amount$合计金额 tax$合计税额"), {"items": _ITEMS}),
    "customs_payment": Kind("海关进口增值税专用缴款书", _specs(
        "payment_number#缴款书号码 declaration_number#报关单号 issue_date@填发日期 importer_name:缴款单位 tax$税款金额 dutiable_value$完税价格"),
        {"items": _table("明细", "name:货名 spec:规格型号 unit:单位 quantity*数量 amount$完税价格 tax_rate%税率 tax$税款金额")}),
    "customs_declaration": Kind("进口货物报关单", _specs(
        "declaration_number#海关编号 declared_on@申报日期 import_date@进口日期 consignee_name:境内收货人 currency:币制 total$总价")),
    "tax_certificate": Kind("纳税证明", _specs(
        "certificate_number#证明编号 issuer:税务机关 issue_date@填发日期 taxpayer_name:纳税人名称 taxpayer_id#纳税人识别号 period_start@所属期起 "
        "period_end@所属期止 total$合计金额 total_capital$合计金额（大写）"),
        {"taxes": _table("税款", "tax_type:税种 period_start@所属期起 period_end@所属期止 paid_on@入库日期 amount$实缴金额")}),
    "audit_report": Kind("审计报告", _specs(
        "report_number#报告文号 firm_name:会计师事务所 client_name:被审计单位 fiscal_year~年度 opinion:审计意见 report_date@报告日期 "
        "accountants:签字注册会计师 unit:金额单位 scope:报表口径", opinion=OPINIONS, scope=SCOPES), {"statements": _STATEMENTS}),
    "financial_statement": Kind("财务决算报表", _specs("client_name:编制单位 fiscal_year~年度 unit:金额单位 scope:报表口径", scope=SCOPES),
                                {"statements": _STATEMENTS}),
    "capital_verification": Kind("验资报告", _specs(
        "report_number#报告文号 firm_name:会计师事务所 client_name:被验资单位 report_date@报告日期 paid_in_capital$实收资本")),
    "business_licence": Kind("营业执照", _specs(
        "uscc#统一社会信用代码 name:名称 type:类型 legal_representative:法定代表人 registered_capital:注册资本 established_on@成立日期 "
        "address:住所 valid_until:营业期限至 scope:经营范围")),
    "filing_certificate": Kind("技术改造项目备案表", _specs(
        "filing_number#备案编号 project_code#项目代码 project_name:项目名称 applicant_name:建设单位 uscc#统一社会信用代码 "
        "construction_kind:建设性质 industry_code#行业代码 location:建设地点 total_investment$项目总投资 period_start@建设起始 "
        "period_end@建设终止 issued_on@备案日期 valid_until@有效期至")),
    "application_form": Kind("项目申请书", _specs(
        "application_no#申请编号 form_version:表单版本 category:项目类别 first_or_renewal:首次或续报 applicant_name:申报单位 "
        "uscc#统一社会信用代码 project_name:项目名称 industry_code#行业代码 location:实施地点 declared_investment$申报投入 "
        "period_start@项目起始 period_end@项目终止 legal_representative:法定代表人 contact:联系人 phone:联系电话",
        first_or_renewal={"first": "首次", "renewal": "续报"}),
        {"indicators": _table("指标", "name:指标 year~年度 value*数值 unit:单位")}),
    "implementation_plan": Kind("项目建设实施方案", _specs("project_name:项目名称 applicant_name:申报单位"),
                                {"sections": _table("章节", "number:序号 title:标题 page+页码")}),
    "loan_contract": Kind("贷款合同", _specs(_LOAN.format(a="borrower", b="借款人", c="lender", d="贷款人")), {"schedule": _SCHEDULE}),
    "lease_contract": Kind("融资租赁合同", _specs(_LOAN.format(a="lessee", b="承租人", c="lessor", d="出租人")), {"schedule": _SCHEDULE}),
    "purchase_contract": Kind("采购合同", _specs(
        "contract_number#合同编号 buyer_name:买方 seller_name:卖方 total$合同总价 signed_on@签订日期"), {"items": _ITEMS}),
    "payment_slip": Kind("银行付款凭证", _specs(
        "slip_number#回单编号 payer_name:付款人 payer_account#付款账号 payee_name:收款人 payee_account#收款账号 amount$金额 "
        "amount_capital$金额（大写） paid_on@交易日期 bank:银行 purpose:用途")),
    "interest_receipt": Kind("利息回单", _specs(
        "contract_number#合同编号 payer_name:付息人 period_start@计息起 period_end@计息止 principal$计息本金 annual_rate%年利率 "
        "amount$利息金额 paid_on@付息日期")),
    "acceptance_bill": Kind("承兑汇票", _specs(
        "bill_number#票据号码 drawer_name:出票人 payee_name:收款人 amount$票据金额 issued_on@出票日期 due_on@到期日")),
    "accounting_voucher": Kind("记账凭证", _specs("number#凭证号 date@日期 amount$金额")),
    "asset_card": Kind("固定资产卡片", _specs("number#卡片编号 asset_name:资产名称 date@入账日期 amount$原值 place:存放地点")),
    "delivery_acceptance": Kind("交货验收单", _specs(
        "number#单号 date@验收日期 asset_name:设备名称 amount$金额 place:地点 seller_name:供货单位 buyer_name:收货单位")),
    "listing_document": Kind("上市募资文件", _specs(
        "title:标题 issuer:发文机关 issue_date@发文日期 company_name:公司名称 document_number#文号")),
    "investment_list": Kind("项目投入明细清单", _specs(
        "table+表号 applicant_name:申报单位 uscc#统一社会信用代码 project_name:项目名称 unit:金额单位 declared_total$申报合计"), {
        "lines": _table("明细",
            "sequence:序号 class:投入类别 name:名称 spec:规格型号 quantity*数量 quantity_unit:单位 unit_price*单价 supplier_name:供应商 "
            "contract_number#合同编号 contract_date@合同日期 contract_amount$合同金额 voucher_type:票据类型 invoice_code#发票代码 "
            "invoice_number#发票号码 invoice_date@发票日期 gross$发票金额（含税） net$不含税金额 tax$税额 payment_number#付款凭证号 paid_on@付款日期 "
            "paid_amount$付款金额 payment_method:付款方式 bookkeeping_number#记账凭证号 declared_amount$申报投入金额 is_fixed_asset?是否固定资产 "
            "asset_number#固定资产编号 smart_amount$其中智能化改造投入 smart_note:智能化改造说明 location:存放地点 remarks:备注 period:所属期 "
            "composition:投资构成 planned_total$计划总投资 cumulative$累计完成 awarded_before$已获扶持额 raised_funds$募集资金投入额 "
            "own_funds$自有资金投入额 raised_project:募投项目名称"),
        "interest": _table("利息费用",
            "sequence:序号 type:类型 institution:金融机构 contract_number#合同号 financed$融资额 deposit$保证金 term_start@期限起 term_end@期限止 "
            "drawn_on@放款日（起租日） interest_from@计息期起 interest_to@计息期止 days+天数 principal$计息本金 annual_rate%合同利率 "
            "benchmark_rate%基准利率 interest_paid$实付利息 receipt_number#付息凭证号 paid_on@付息日期 fee$手续费 requested$申请贴息额")}),
    "statistics": Kind("统计数据", MappingProxyType({}), {"indicators": _table(
        "指标", "uscc#统一社会信用代码 name:单位名称 form:报表 period:报告期 indicator:指标 code:指标代码 value*数值 unit:单位")}),
    "supporting": Kind("其他佐证材料", _specs("title:标题")),
    "unknown": Kind("未识别", _specs("title:标题")),
})  # fmt: skip
"""Every kind of the contract by its English name."""


def kind_title(kind: str) -> str:
    """The kind's Chinese name; the English one for an unknown kind."""
    known = KINDS.get(kind)
    return known.title if known else kind


def field_label(kind: str, name: str) -> str:
    """The Chinese label of a field or of a table's column (``items.amount``); the English name when there is none."""
    known = KINDS.get(kind)
    if known is None:
        return name
    table, _, column = name.rpartition(".")
    if table:
        table = table.partition("[")[0]
        spec = known.tables[table].columns.get(column) if table in known.tables else None
    else:
        spec = known.fields.get(name)
        if spec is None:
            spec = next((t.columns[name] for t in known.tables.values() if name in t.columns), None)
    return spec.label if spec else name


def field_type(kind: str, name: str) -> ValueType:
    """What a field's value is; ``text`` for what the vocabulary does not know."""
    known = KINDS.get(kind)
    table, _, column = name.rpartition(".")
    if known is None:
        return "text"
    columns = known.tables[table.partition("[")[0]].columns if table and table.partition("[")[0] in known.tables else known.fields
    spec = columns.get(column)
    return spec.type if spec else "text"


def choice_word(kind: str, name: str, value: str) -> str:
    """The Chinese word of a canonical choice (``special`` → 增值税专用发票); the value itself where there is none."""
    known = KINDS.get(kind)
    spec = known.fields.get(name) if known else None
    return spec.choices.get(value, value) if spec else value

"""What a page says it is: titles that stand by themselves, and words that only one kind of paper holds.

A title opens a document; words alone name a page whose title is cut off or that has none. Both allow for a misread character.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from rapidfuzz import fuzz

from extractors.implementation_plan import is_contents
from extractors.layout import Run, page_rows
from extractors.page import ReadPage
from extractors.statements import statement_title
from extractors.values import squash
from extractors.vat_invoice import is_invoice
from pipeline.model import Line


@dataclass(frozen=True)
class Look:
    """How a page presents itself. ``title`` means that a title by itself named the kind; ``cover`` that little else is there."""

    kind: str | None
    confidence: float
    title: bool
    subtype: str | None = None
    cover: bool = False
    contents: bool = False
    statement: bool = False
    text: str = ""


@dataclass(frozen=True)
class _Title:
    kind: str
    words: tuple[str, ...]
    needs: re.Pattern[str] | None = None
    subtype: str | None = None
    loose: bool = False
    """May stand inside a longer row (``XX公司2019年度审计报告``)."""


_TITLES: tuple[_Title, ...] = (
    _Title("investment_list", ("项目投入明细清单", "投融资利息费用清单", "利息费用清单"), loose=True),
    _Title("implementation_plan", ("项目建设实施方案", "建设实施方案", "项目实施方案"), loose=True),
    _Title("application_form", ("项目申请书", "扶持计划项目申请书", "企业技术改造扶持计划项目申请书", "资金申请书"), loose=True),
    _Title("filing_certificate", ("技术改造项目备案表", "企业技术改造项目备案表", "投资项目备案证", "技术改造投资项目备案证", "项目备案表", "项目备案证"), loose=True),
    _Title("business_licence", ("营业执照",), needs=re.compile(r"信用代码|注册号|法定代表人|经营范围|登记机关|负责人")),
    _Title("tax_certificate", ("纳税证明", "税收完税证明", "完税证明", "纳税证明书", "税收完税证明（表格式）", "税收完税证明（文书式）", "依法纳税证明", "涉税信息查询结果告知书")),
    _Title("capital_verification", ("验资报告", "募集资金验资报告"), loose=True),
    _Title("listing_document", ("募集资金存放与实际使用情况的专项报告", "募集资金存放与使用情况的专项报告", "募集资金使用情况报告"), subtype="M32", loose=True),
    _Title("listing_document", ("可行性研究报告",), needs=re.compile(r"募集资金|募投"), subtype="M34", loose=True),
    _Title("listing_document", ("招股说明书", "募集说明书", "上市公告书", "发行情况报告书", "募集资金公告"), subtype="M31a", loose=True),
    _Title("audit_report", ("审计报告", "审计报告书", "年度审计报告", "财务报表审计报告"), loose=True),
    _Title("invoice_list", ("销售货物或者提供应税劳务清单", "销货清单", "销售货物或者提供应税劳务、服务清单"), loose=True),
    _Title("customs_payment", ("海关进口增值税专用缴款书", "海关进口关税专用缴款书", "海关专用缴款书"), loose=True),
    _Title("customs_declaration", ("进口货物报关单", "中华人民共和国海关进口货物报关单"), loose=True),
    _Title("lease_contract", ("融资租赁合同", "融资租赁合同书", "售后回租合同", "融资租赁合同（直租）"), loose=True),
    _Title("loan_contract", ("借款合同", "贷款合同", "固定资产贷款合同", "固定资产借款合同", "人民币资金借款合同", "流动资金借款合同", "流动资金贷款合同", "项目融资借款合同")),
    _Title("purchase_contract", ("采购合同", "购销合同", "买卖合同", "设备采购合同", "设备购销合同", "销售合同", "产品购销合同", "工业品买卖合同", "设备买卖合同", "软件开发合同", "建设工程施工合同", "施工合同")),
    _Title("interest_receipt", ("利息回单", "贷款利息回单", "利息清单", "贷款利息通知单", "贷款还息凭证", "付息回单", "贷款付息回单", "借款利息凭证", "计收利息清单"), loose=True),
    _Title("acceptance_bill", ("银行承兑汇票", "电子银行承兑汇票", "商业承兑汇票", "电子商业承兑汇票"), loose=True),
    _Title("accounting_voucher", ("记账凭证", "记帐凭证", "通用记账凭证", "转账凭证")),
    _Title("asset_card", ("固定资产卡片", "固定资产登记卡", "固定资产卡"), loose=True),
    _Title("delivery_acceptance", ("验收单", "设备验收单", "交货验收单", "送货单", "验收报告", "设备验收报告", "到货验收单", "交货单", "安装调试验收单")),
    _Title("payment_slip", ("电子回单", "付款回单", "网上银行电子回单", "业务回单", "转账汇款电子回单", "付款凭证", "电汇凭证", "客户回单", "汇款回单", "业务回单（付款）", "单位客户专用回单", "银行电子回单", "国内支付业务付款回单"),
           needs=re.compile(r"付款人|付款方|付款账|汇款人|付款单位|户名|账号"), loose=True),
    _Title("supporting", ("材料目录", "申报材料目录", "申请材料目录", "申报材料", "申请材料", "资料目录"), subtype="front", loose=True),
    _Title("supporting", ("发明专利证书", "实用新型专利证书", "外观设计专利证书", "计算机软件著作权登记证书", "高新技术企业证书", "检测报告", "检验报告", "查新报告", "用户使用报告", "用户意见",
                          "用户使用意见", "资质证书", "管理体系认证证书", "质量管理体系认证证书", "认证证书", "荣誉证书", "补充说明", "补充说明材料", "情况说明", "证明材料目录", "专利证书")),
)  # fmt: skip
_LISTED = (
    ("M30", re.compile(r"关于核准.{2,40}首次公开发行(股票|A股)|同意.{2,40}首次公开发行股票注册")),
    ("M31b", re.compile(r"关于核准.{2,40}(非公开发行|公开发行|发行).{0,12}(股票|债券|证券)的批复")),
)

_WORDS: dict[str, tuple[tuple[str, float], ...]] = {
    "audit_report": (("我们审计了", 2.0), ("注册会计师", 1.0), ("公允反映", 1.0), ("审计意见", 1.0), ("财务报表附注", 1.5)),
    "tax_certificate": (("税款所属", 1.0), ("纳税人识别号", 1.0), ("实缴", 1.0), ("税务局", 0.8), ("入库", 0.6), ("已缴纳税款", 1.5), ("原凭证号", 1.2)),
    "business_licence": (("统一社会信用代码", 0.8), ("法定代表人", 0.6), ("注册资本", 0.8), ("经营范围", 1.0), ("登记机关", 1.2), ("营业期限", 1.0)),
    "filing_certificate": (("备案编号", 1.2), ("建设性质", 1.0), ("总投资", 0.6), ("建设单位", 0.6), ("项目代码", 0.8), ("建设起止", 0.8), ("备案机关", 1.0)),
    "application_form": (("申报单位", 0.6), ("申请单位", 0.6), ("项目类别", 0.8), ("申请编号", 1.0), ("表单版本", 1.2), ("首次申报", 1.0), ("申报投入", 0.8)),
    "investment_list": (("发票号码", 0.8), ("申报投入金额", 1.2), ("规格型号", 0.6), ("不含税金额", 0.8), ("付款日期", 0.6), ("智能化改造投入", 1.0), ("序号", 0.3)),
    "payment_slip": (("付款人", 1.0), ("收款人", 1.0), ("回单", 1.0), ("账号", 0.5), ("交易日期", 0.6), ("用途", 0.4), ("开户", 0.4), ("大写", 0.3)),
    "purchase_contract": (("甲方", 0.7), ("乙方", 0.7), ("合同编号", 0.8), ("合同总价", 1.0), ("质保", 0.5), ("买方", 0.8), ("卖方", 0.8), ("供方", 0.8), ("需方", 0.8)),
    "loan_contract": (("借款人", 1.2), ("贷款人", 1.2), ("借款金额", 1.0), ("贷款利率", 0.8), ("提款", 0.5)),
    "lease_contract": (("承租人", 1.2), ("出租人", 1.2), ("租赁物", 1.2), ("租金", 0.6), ("起租日", 1.0)),
    "customs_declaration": (("境内收货人", 1.2), ("监管方式", 1.0), ("征免性质", 1.0), ("成交方式", 0.8), ("海关编号", 1.0)),
    "customs_payment": (("完税价格", 1.2), ("税款金额", 1.0), ("报关单编号", 1.0), ("缴款单位", 0.8), ("缴款书", 1.0)),
    "accounting_voucher": (("借方金额", 1.2), ("贷方金额", 1.2), ("会计科目", 1.0), ("摘要", 0.5), ("制单", 0.6)),
}
_LEAST = 2.8
"""Weight of words that names a page without any title; two shared words of a form stay below it."""


def title_rows(page: ReadPage, lines: Sequence[Line] | None = None) -> list[Run]:
    """Rows that can be titles: in the upper part, set larger than the text or alone in the middle. ``lines`` stand for the page's
    own where some of them are no print."""
    rows = page_rows(page, lines)
    if not rows:
        return []
    usual = median(row.box[3] - row.box[1] for row in rows)
    out: list[Run] = []
    for row in rows:
        height, width = row.box[3] - row.box[1], row.box[2] - row.box[0]
        middle = (row.box[0] + row.box[2]) / 2
        large = height >= 1.2 * usual
        centred = abs(middle - 0.5) < 0.1 and width < 0.75
        if row.box[1] < 0.62 and (large or (centred and row.box[1] < 0.3) or (len(rows) < 16 and centred)) and len(squash(row.text)) <= 40:
            out.append(row)
            # 统一社会信用代码 …… 营业执照: small print that happens to stand beside a title is none of it.
            out += [Run((p,)) for p in row.pieces if len(row.pieces) > 1 and p.height >= 1.5 * usual and p.height >= 0.9 * height]
    return out


def look_at(page: ReadPage) -> Look:
    """What the page is taken for by itself."""
    rows = page_rows(page)
    text = "".join(squash(row.text) for row in rows)
    cover = len(rows) <= 16 and not re.search(r"\d[.,]\d{2}", text)
    if is_contents(page):
        front = any(w in text[:200] for w in ("材料目录", "申报材料", "申请材料"))
        return Look("supporting" if front else None, 0.8 if front else 0.0, front, "front" if front else None, cover, contents=True, text=text)
    statement = statement_title(page) is not None
    invoice = is_invoice(page)
    titled = _titled(title_rows(page), text)
    if titled is not None and titled.kind in ("invoice_list", "customs_payment", "customs_declaration", "investment_list"):
        return Look(titled.kind, 0.95, True, titled.subtype, cover, text=text)
    if invoice >= 0.6:
        return Look("vat_invoice", round(0.5 + invoice / 2, 3), True, text=text)
    for subtype, pattern in _LISTED:
        if pattern.search(text[:400]):
            return Look("listing_document", 0.85, True, subtype, text=text)
    if titled is not None:
        return Look(titled.kind, 0.95, True, titled.subtype, cover, statement=statement, text=text)
    if statement:
        return Look(None, 0.0, False, statement=True, text=text)
    kind, weight = _by_words(text)
    if weight >= _LEAST:
        return Look(kind, min(0.8, 0.3 + weight / 10), False, cover=cover, text=text)
    return Look(None, 0.0, False, cover=cover, text=text)


def _titled(rows: Sequence[Run], text: str) -> _Title | None:
    best: tuple[float, _Title] | None = None
    joined = [squash(r.text) for r in rows]
    joined += [a + b for a, b in pairwise(joined) if len(a) + len(b) <= 30]
    for row in joined:
        plain = re.sub(r"^[(（《]+|[)）》:：]+$|^附表?\d[-–]?\d?[:：]?|[(（](?:副本|正本|复印件)[)）]$", "", row)
        for title in _TITLES:
            if title.needs is not None and not title.needs.search(text):
                continue
            for word in title.words:
                score = _score(plain, word, loose=title.loose)
                if score and (best is None or score > best[0]):
                    best = (score, title)
    return best[1] if best else None


def _score(row: str, word: str, *, loose: bool) -> float:
    """0 for no title; longer words and whole rows score higher."""
    if row == word:
        return 2.0 + len(word) / 10
    if loose and row.endswith(word) and len(row) <= len(word) + 30 and not re.search(r"[。；，,]", row):
        return 1.5 + len(word) / 10
    if loose and len(word) >= 5 and word in row and len(row) <= len(word) + 8:
        return 1.3 + len(word) / 10
    if len(word) >= 5 and abs(len(row) - len(word)) <= 1 and fuzz.ratio(row, word) >= 80:
        return 1.0 + len(word) / 10
    if len(word) == 4 and len(row) == 4 and fuzz.ratio(row, word) >= 75 and word in ("审计报告", "营业执照", "纳税证明", "验资报告"):
        return 0.9
    return 0.0


def _by_words(text: str) -> tuple[str, float]:
    weights = {kind: sum(w for word, w in words if word in text) for kind, words in _WORDS.items()}
    kind = max(weights, key=lambda k: weights[k])
    return kind, weights[kind]

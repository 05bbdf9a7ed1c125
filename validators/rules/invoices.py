"""What an invoice says about itself and its buyer: R-207, R-208, R-221."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from extractors.capital import parse_capital
from pipeline.model import Audience, Document, Field, Finding
from validators.identity import Sameness, company
from validators.rule import Case, Skip, rule
from validators.view import yuan


def _audience(case: Case) -> Audience:
    """Vouchers are not asked for before the audit: until then what they show is for the office alone (guide, part 六)."""
    return "applicant" if case.stage == "audit" else "internal"


def _legible(field: Field) -> bool:
    """Sure, or two clear observations on the paper itself that disagree: that clash is what these rules look for."""
    return field.sure or (field.status == "doubtful" and field.reason == "conflict")


def _printed(field: Field, source: str | None = None) -> Decimal | None:
    """The figure as observed on the paper; ``source`` picks one kind of witness."""
    for witness in field.witnesses:
        if witness.kind == "observed" and (witness.source == source if source else witness.source not in ("capital_amount", "qr")):
            return Field(value=witness.value).money
    return None if source else field.money


def capital(document: Document, field: str = "total_capital", beside: str = "total") -> tuple[Decimal | None, Field]:
    """大写金额 in yuan and the field it stands in."""
    own = document.get(field)
    if own.value is not None:
        return (own.money if own.money is not None else parse_capital(own.value)), own
    return _printed(document.get(beside), "capital_amount"), document.get(beside)


@rule(
    id="R-207",
    title="发票金额与税额之和不等于价税合计",
    severity="correct",
    severity_at={"prereview": "review", "window": "review"},
    clause="四（二）注②",
    group="票面勾稽",
    sentence="发票{no}金额{n}元与税额{t}元之和不等于价税合计{g}元。",
    hint="请核对发票原件；票面确有误的，请提供重新开具的发票。",
    uses=("tolerances.invoice_sum",),
)
def invoice_sum(case: Case) -> Iterator[Finding]:
    """金额+税额=价税合计

    What it does:
        核对发票合计金额、合计税额与价税合计，分毫不差。
    Why:
        税控系统开具的发票必然相等，不等即票面有误、涂改或识别错误。
    Bad:
        金额100000.00、税额13000.00，价税合计113100.00。
    Good:
        金额100000.00、税额13000.00，价税合计113000.00。
    Known false alarms:
        扫描不清导致的错认：任一数字识别不确定时转人工核对。
    """
    for document in case.dossier.of_kind("vat_invoice"):
        amount, tax, total = (document.get(n) for n in ("amount", "tax", "total"))
        if not all(_legible(f) or f.sure for f in (amount, tax, total)):
            continue
        n, t, g = _printed(amount), _printed(tax), _printed(total)
        if n is None or t is None or g is None or abs(n + t - g) <= case.policy.tolerances.invoice_sum.value:
            continue
        yield case.finding(
            case.view.subject(document), case.view.evidence(document, amount, tax, total), inputs=[amount, tax, total], audience=_audience(case),
            no=document.get("invoice_number").value, n=yuan(n), t=yuan(t), g=yuan(g), data={"amount": str(n), "tax": str(t), "total": str(g)},
        )  # fmt: skip


@rule(
    id="R-208",
    title="发票大小写金额不一致",
    severity="correct",
    severity_at={"prereview": "review", "window": "review"},
    clause="四（二）注②",
    group="票面勾稽",
    sentence="发票{no}大写金额“{cn}”与小写{g}元不一致。",
    hint="请核对发票原件；票面确有误的，请提供重新开具的发票。",
)
def capital_amount(case: Case) -> Iterator[Finding]:
    """大小写金额一致

    What it does:
        把大写金额换算成数字，与小写价税合计比较。
    Why:
        大小写不一致的票据不能作为入账凭证。
    Bad:
        大写“壹拾壹万叁仟圆整”，小写113100.00。
    Good:
        大写“壹拾壹万叁仟圆整”，小写113000.00；“元”与“圆”、“整”与“正”通用。
    Known false alarms:
        大写识别缺字：任一方识别不确定时转人工核对。
    """
    for document in case.dossier.of_kind("vat_invoice"):
        total = document.get("total")
        words, field = capital(document)
        figure = _printed(total)
        if words is None or figure is None or words == figure or not _legible(total) or not _legible(field):
            continue
        yield case.finding(
            case.view.subject(document), case.view.evidence(document, field, total), inputs=[total, field], audience=_audience(case),
            no=document.get("invoice_number").value, cn=(field.raw if field is not total else None) or yuan(words), g=yuan(figure),
            data={"capital": str(words), "figures": str(figure)},
        )  # fmt: skip


@rule(
    id="R-221",
    title="发票购买方不是申报单位",
    severity="correct",
    severity_at={"prereview": "review", "window": "review"},
    clause="四（二）注②",
    group="主体一致",
    sentence="发票{no}购买方“{b}”（{tax}）与申报单位“{own}”（{own_tax}）不一致。",
    hint="投入须由申报单位承担；请剔除该发票，或提供更名等证明。",
    uses=("tolerances.name_similarity",),
)
def buyer_is_applicant(case: Case) -> Iterator[Finding]:
    """购买方是申报单位

    What it does:
        核对发票购买方名称、纳税人识别号与申报单位是否一致，15位旧税号与18位代码互认。
    Why:
        扶持的是申报单位自己的投入，开给母公司、关联公司的发票不算。
    Bad:
        购买方为申报单位的母公司。
    Good:
        购买方为申报单位，税号为其15位旧税号。
    Known false alarms:
        名称一两个字识别有误；更名前开具的发票。名称相近或仅一项不符时转人工核对。
    """
    applicant = case.view.applicant
    if applicant.name is None and applicant.uscc is None:
        raise Skip("未读出申报单位名称和统一社会信用代码")
    limit = float(case.policy.tolerances.name_similarity.value)
    for document in case.dossier.of_kind("vat_invoice"):
        name, code = document.get("buyer_name"), document.get("buyer_tax_id")
        same = company(name, code, applicant.name, applicant.uscc, limit)
        if same in (Sameness.SAME, Sameness.SILENT):
            continue
        amount = document.get("amount")
        yield case.finding(
            case.view.subject(document), case.view.evidence(document, name, code),
            doubtful=same is Sameness.UNCLEAR or not applicant.sure, audience=_audience(case), at_stake=amount.value if amount.sure else None,
            no=document.get("invoice_number").value, b=name.value or "", tax=code.value or "未见税号",
            own=applicant.name or "名称未读出", own_tax=applicant.uscc or "代码未读出",
            data={"found": name.value, "found_id": code.value, "expected": applicant.name, "expected_id": applicant.uscc},
        )  # fmt: skip

"""贷款利息回单 and 付息通知 of loans and leases: period, 积数, rate, amount. Key ``interest_receipt::LOANKEY:N``, N from 1."""

from __future__ import annotations

import random
from decimal import Decimal

from samples.documents.contract_pages import percent, rate_text
from samples.documents.draft import Draft
from samples.documents.slip_forms import (
    BLUE,
    GREEN,
    GREY,
    PINS,
    bank_house,
    branch_place,
    digits,
    electronic_die,
    electronic_seal,
    hexes,
    house_number,
    line_pair,
    pair,
    rubber_die,
)
from samples.fonts import typefaces
from samples.money import capital, grouped, plain
from samples.paper import Paper
from samples.seals import Die, strike
from samples.world.model import InterestReceipt, World

KIND = "interest_receipt"
HEIGHT = 99.0


def accumulated(receipt: InterestReceipt) -> Decimal:
    """积数: principal times days."""
    return receipt.principal * receipt.days


def draw_interest_receipt(world: World, loan_key: str, number: int, receipt: InterestReceipt, *, joined: str = "") -> Draft:
    """Receipt ``number`` (from 1) of the loan or lease ``loan_key``; a bank always uses the same layout."""
    rng = world.rng(KIND, loan_key, number)
    title, layout = _LAYOUTS[house_number(receipt.bank, len(_LAYOUTS))] if "银行" in receipt.bank else ("付息通知", _notice)
    with typefaces(world.rng(KIND, "faces", bank_house(receipt.bank))):
        paper = Paper(210, HEIGHT)
    layout(paper, receipt, rng)
    return Draft(KIND, [paper], title, receipt.paid_on.year, key=f"{KIND}::{loan_key}:{number}", joined=joined)


def _table(paper: Paper, receipt: InterestReceipt, rng: random.Random) -> None:
    """贷款利息回单: a framed form with a line of figures."""
    x0, x1 = 14.0, 196.0
    paper.text(x0, 10, bank_house(receipt.bank), 13, face="sans", bold=True, ink=(150, 30, 40))
    paper.text(105, 11, "贷款利息回单", 16, face="serif", bold=True, align="c")
    line_pair(paper, x0, 20, "日期：", f"{receipt.paid_on:%Y年%m月%d日}", name="paid_on", value=receipt.paid_on.isoformat(), size=9)
    line_pair(paper, 122, 20, "回单编号：", receipt.number, size=9, face="sans")
    y, row = 24.0, 7.6
    pair(paper, (x0, y, 110, y + row), 24, "付款人户名", receipt.payer.name, name="payer_name")
    pair(paper, (110, y, x1, y + row), 20, "付息账号", receipt.payer.account, face="sans")
    y += row
    pair(paper, (x0, y, 110, y + row), 24, "借款合同号", receipt.contract_number, name="contract_number", size=8)
    pair(paper, (110, y, x1, y + row), 20, "贷款账号", digits(rng, 19), face="sans")
    y += row
    heads = (("计息起始日", 27.0), ("计息截止日", 27.0), ("天数", 13.0), ("本金（元）", 33.0), ("积　数", 38.0), ("年利率", 16.0), ("利息金额（元）", 28.0))
    values = (
        (f"{receipt.period_start:%Y-%m-%d}", "period_start", receipt.period_start.isoformat()), (f"{receipt.period_end:%Y-%m-%d}", "period_end", receipt.period_end.isoformat()),
        (str(receipt.days), "", ""), (grouped(receipt.principal), "principal", plain(receipt.principal)), (grouped(accumulated(receipt)), "", ""),
        (percent(receipt.annual_rate), "annual_rate", rate_text(receipt.annual_rate)), (grouped(receipt.amount), "amount", plain(receipt.amount)),
    )  # fmt: skip
    x = x0
    for (head, wide), (text, name, value) in zip(heads, values, strict=True):
        paper.cell((x, y, x + wide, y + row - 1), head, 8.5, face="serif")
        seen = paper.cell((x, y + row - 1, x + wide, y + 2 * row), text, 8.5, face="sans")
        if name:
            paper.note(name, value, seen)
        x += wide
    y += 2 * row
    pair(paper, (x0, y, x1, y + row), 24, "金额（大写）", "人民币" + capital(receipt.amount, "元"))
    y += row
    pair(paper, (x0, y, x1, y + row), 24, "摘　要", "归还贷款利息（正常利息）")
    paper.text(x0, y + row + 5, f"交易机构：{branch_place(receipt.bank)}　　柜员：{digits(rng, 5)}　　验证码：{hexes(rng, 3)}", 8, ink=GREY)
    electronic_seal(paper, electronic_die(receipt.bank, receipt.paid_on, rng.randrange(2), "业务专用章"), x1 - 26, y + 1)


def _listing(paper: Paper, receipt: InterestReceipt, rng: random.Random) -> None:
    """计收利息清单: needle print without frames, the clerk's square stamp."""
    x0 = 18.0
    paper.text(105, 10, f"{bank_house(receipt.bank)}　计收利息清单（付款通知）", 13, bold=True, align="c", ink=GREEN)
    paper.line(x0, 15, 194, 15, 0.3, GREEN)
    dx, dy = rng.uniform(-1, 1), rng.uniform(-0.7, 0.7)
    rows = (
        (("户名", receipt.payer.name, "payer_name", ""), ("计息账号", receipt.payer.account, "", "")),
        (("合同编号", receipt.contract_number, "contract_number", ""), ("日期", f"{receipt.paid_on:%Y-%m-%d}", "paid_on", receipt.paid_on.isoformat())),
        (("起息日", f"{receipt.period_start:%Y-%m-%d}", "period_start", receipt.period_start.isoformat()), ("止息日", f"{receipt.period_end:%Y-%m-%d}", "period_end", receipt.period_end.isoformat())),
        (("本金余额", f"{receipt.principal:.2f}", "principal", plain(receipt.principal)), ("积数", f"{accumulated(receipt):.2f}", "", "")),
        (("年利率", percent(receipt.annual_rate), "annual_rate", rate_text(receipt.annual_rate)), ("利息", f"CNY {receipt.amount:.2f}", "amount", plain(receipt.amount))),
        (("大写", capital(receipt.amount, "元"), "", ""), ("流水号", receipt.number, "", "")),
    )  # fmt: skip
    y = 23.0
    for left, right in rows:
        for x, (label, text, name, value) in ((x0, left), (118.0, right)):
            paper.text(x, y, f"{label}：", 9, ink=GREEN)
            size = 9.0 if paper.text_width(text, 9, "dot") < (80 if x == x0 else 58) else 7.4
            seen = paper.text(x + 19 + dx, y + dy, text, size, face="dot", ink=PINS)
            if name:
                paper.note(name, value or text, seen)
        y += 8.4
    paper.text(x0, y + 3, "上列款项已从贵单位账户付出。　　　　　　　　　　　　（银行盖章）", 9, ink=GREEN)
    strike(paper, rubber_die(receipt.bank, receipt.paid_on, "转讫"), 150 + rng.uniform(-6, 6), y - 2 + rng.uniform(-3, 3), rng)


def _blue_card(paper: Paper, receipt: InterestReceipt, rng: random.Random) -> None:
    """贷款付息回单: the net bank's card."""
    x0, x1 = 18.0, 192.0
    paper.text(x0, 11, bank_house(receipt.bank), 14, face="sans", bold=True, ink=BLUE)
    paper.text(x1, 11, "贷款付息回单", 15, face="sans", bold=True, align="r", ink=BLUE)
    paper.line(x0, 17, x1, 17, 0.5, BLUE)
    rows = (
        (("交易日期：", f"{receipt.paid_on:%Y/%m/%d}", "paid_on", receipt.paid_on.isoformat()), ("回单编号：", receipt.number, "", "")),
        (("付息人：", receipt.payer.name, "payer_name", ""), ("付息账号：", receipt.payer.account, "", "")),
        (("合同编号：", receipt.contract_number, "contract_number", ""), ("利息类型：", "正常利息", "", "")),
        (("计息期间：", "", "", ""), ("计息天数：", str(receipt.days), "", "")),
        (("计息本金：", f"CNY {grouped(receipt.principal)}", "principal", plain(receipt.principal)), ("计息积数：", grouped(accumulated(receipt)), "", "")),
        (("执行年利率：", percent(receipt.annual_rate), "annual_rate", rate_text(receipt.annual_rate)), ("扣收方式：", "自动扣收", "", "")),
        (("付息金额：", f"CNY {grouped(receipt.amount)}", "amount", plain(receipt.amount)), ("", "", "", "")),
        (("大写金额：", capital(receipt.amount, "元"), "", ""), ("", "", "", "")),
    )  # fmt: skip
    y = 24.0
    for left, right in rows:
        for x, (label, text, name, value) in ((x0, left), (112.0, right)):
            seen = line_pair(paper, x, y, label, text, name=name, value=value, size=9, face="sans", label_face="sans", label_ink=GREY)
            if label == "计息期间：":
                first = paper.put("period_start", receipt.period_start.isoformat(), seen[0], y, f"{receipt.period_start:%Y/%m/%d}", 9, face="sans")
                dash = paper.text(first[2] + 0.5, y, "—", 9, face="sans")
                paper.put("period_end", receipt.period_end.isoformat(), dash[2] + 0.5, y, f"{receipt.period_end:%Y/%m/%d}", 9, face="sans")
        y += 7.6
    paper.line(x0, y - 1, x1, y - 1, 0.15, GREY)
    paper.text(x0, y + 3.5, f"验证码：{hexes(rng, 4)}　　本回单仅供参考，请以银行账务记录为准。", 7.5, face="sans", ink=GREY)
    electronic_seal(paper, electronic_die(receipt.bank, receipt.paid_on, 0), x1 - 24, y - 15)


def _notice(paper: Paper, receipt: InterestReceipt, rng: random.Random) -> None:
    """付息通知 of a lessor: a letter with its finance seal."""
    x0, x1 = 24.0, 186.0
    paper.text(105, 13, "租金利息付款回单（付息通知）", 15, face="serif", bold=True, align="c")
    line_pair(paper, x1 - 66, 21, "编号：", receipt.number, size=9)
    line_pair(paper, x0, 28, "致：", receipt.payer.name, name="payer_name", size=10)
    y = 36.0
    line_pair(paper, x0, y, "合同编号：", receipt.contract_number, name="contract_number", size=9.5)
    heads = (("计息起日", 26.0), ("计息止日", 26.0), ("剩余本金", 36.0), ("年利率", 20.0), ("应付利息", 30.0), ("收款日期", 24.0))
    values = (
        (f"{receipt.period_start:%Y-%m-%d}", "period_start", receipt.period_start.isoformat()), (f"{receipt.period_end:%Y-%m-%d}", "period_end", receipt.period_end.isoformat()),
        (grouped(receipt.principal), "principal", plain(receipt.principal)), (percent(receipt.annual_rate), "annual_rate", rate_text(receipt.annual_rate)),
        (grouped(receipt.amount), "amount", plain(receipt.amount)), (f"{receipt.paid_on:%Y-%m-%d}", "paid_on", receipt.paid_on.isoformat()),
    )  # fmt: skip
    x, y = x0, y + 5
    for (head, wide), (text, name, value) in zip(heads, values, strict=True):
        paper.cell((x, y, x + wide, y + 7.5), head, 9)
        paper.field_cell(name, value, (x, y + 7.5, x + wide, y + 16), text, 9)
        x += wide
    paper.text(x0, y + 23, f"上述利息人民币{capital(receipt.amount, '元')}已收讫。", 10)
    paper.text(x1, y + 32, receipt.bank, 10, align="r")
    paper.text(x1, y + 39, f"{receipt.paid_on:%Y年%m月%d日}", 10, align="r")
    strike(paper, Die("round", "finance", receipt.bank, ("财务专用章",), width=38, height=38), x1 - 22, y + 33, rng)


_LAYOUTS = (("贷款利息回单", _table), ("计收利息清单", _listing), ("贷款付息回单", _blue_card))

"""表1: its columns, and the text and the true value of every cell; the Excel list and the printed list share them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from samples.money import grouped, plain
from samples.world import Line, World

TITLE = "表1 技术改造投资项目投入明细清单"
VOUCHER_NAMES = {"special": "增值税专用发票", "ordinary": "增值税普通发票", "e_ordinary": "电子普通发票"}
SHORT_VOUCHER_NAMES = {"special": "专票", "ordinary": "普票", "e_ordinary": "电子普票"}


@dataclass(frozen=True)
class Column:
    """One column of 表1: the contract's ``key``, the printed ``head``, and the ``group`` heading above several columns."""

    key: str
    head: str
    group: str = ""
    money: bool = False
    width: float = 12.0


COLUMNS: tuple[Column, ...] = (
    Column("sequence", "序号", width=6), Column("class", "投入类别", width=9),
    Column("name", "设备（软件、工程）名称", "投入内容", width=26), Column("spec", "规格型号", "投入内容", width=13),
    Column("quantity", "数量", "投入内容", width=7), Column("quantity_unit", "单位", "投入内容", width=6),
    Column("unit_price", "单价（不含税）", "投入内容", True, 14), Column("supplier_name", "供应商（销售方）", "合同", width=34),
    Column("contract_number", "合同编号", "合同", width=15), Column("contract_date", "合同日期", "合同", width=12),
    Column("contract_amount", "合同金额（含税）", "合同", True, 16), Column("voucher_type", "票据类型", "票据", width=10),
    Column("invoice_code", "发票代码", "票据", width=15), Column("invoice_number", "发票号码", "票据", width=11),
    Column("invoice_date", "开票日期", "票据", width=12), Column("gross", "发票金额（含税）", "票据", True, 16),
    Column("net", "不含税金额", "票据", True, 16), Column("tax", "税额", "票据", True, 14),
    Column("payment_number", "付款凭证号", "付款", width=16), Column("paid_on", "付款日期", "付款", width=12),
    Column("paid_amount", "付款金额", "付款", True, 16), Column("payment_method", "付款方式", "付款", width=10),
    Column("bookkeeping_number", "记账凭证号", width=17), Column("declared_amount", "申报投入金额（扣除可抵扣税款）", "申报", True, 18),
    Column("is_fixed_asset", "是否固定资产", "申报", width=8), Column("asset_number", "固定资产编号", "申报", width=14),
    Column("smart_amount", "其中：智能化改造投入", "申报", True, 16), Column("smart_note", "智能化改造说明", "申报", width=20),
    Column("location", "存放地点", width=20), Column("remarks", "备注", width=10),
)  # fmt: skip


def column_texts(line: Line) -> dict[str, str]:
    """What is written in each cell of ``line``; numbers as a person would print them."""
    return {
        "sequence": str(line.sequence), "class": line.kind, "name": line.name, "spec": line.spec, "quantity": str(line.quantity),
        "quantity_unit": line.unit, "unit_price": grouped(line.unit_price), "supplier_name": line.seller.name,
        "contract_number": line.contract_number, "contract_date": line.contract_date.isoformat(), "contract_amount": grouped(line.contract_amount),
        "voucher_type": SHORT_VOUCHER_NAMES[line.voucher], "invoice_code": line.code, "invoice_number": line.number,
        "invoice_date": line.issued_on.isoformat(), "gross": grouped(line.gross), "net": grouped(line.net), "tax": grouped(line.tax),
        "payment_number": line.payment_number, "paid_on": line.paid_on.isoformat(), "paid_amount": grouped(line.paid), "payment_method": "银行转账",
        "bookkeeping_number": line.bookkeeping, "declared_amount": grouped(line.declared), "is_fixed_asset": "是" if line.fixed else "否",
        "asset_number": line.asset_number, "smart_amount": grouped(line.smart) if line.smart else "", "smart_note": line.smart_note,
        "location": line.location, "remarks": line.remarks,
    }  # fmt: skip


_MONEY = {c.key for c in COLUMNS if c.money}


def column_truths(line: Line) -> dict[str, str]:
    """Canonical values by column key; empty cells are absent."""
    values = {key: (text.replace(",", "") if key in _MONEY else text) for key, text in column_texts(line).items() if text}
    values["voucher_type"] = line.voucher
    values["is_fixed_asset"] = "true" if line.fixed else "false"
    return values


def sums(world: World) -> dict[str, Decimal]:
    """The totals row: the columns that may be added up."""
    return {
        "gross": sum((line.gross for line in world.lines), Decimal(0)), "net": sum((line.net for line in world.lines), Decimal(0)),
        "tax": sum((line.tax for line in world.lines), Decimal(0)), "paid_amount": sum((line.paid for line in world.lines), Decimal(0)),
        "declared_amount": world.declared_total, "smart_amount": world.smart_total,
    }  # fmt: skip


def total_texts(world: World) -> dict[str, str]:
    return {"name": "合计", **{key: grouped(Decimal(plain(value))) for key, value in sums(world).items()}}

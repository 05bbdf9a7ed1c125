"""Faults of spreadsheets (rule-book C), and differences between the uploaded workbook and the sealed print."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from samples.forger.model import LIST, PRINT, Forged, NotHere, Spot, defect, innocent
from samples.forger.tools import change_sheets, pick, pick_row, plain
from samples.listing import list_layout
from samples.workbooks.lines import figure_text
from samples.world.model import World

TABLE_OF = {"1": 1, "2": 1, "3": 2, "4a": 3, "4b": 3, "5": 5}


def _sheet(world: World, note: str, *rows: int, claim: str = "", paper: bool = False) -> Forged:
    spots = tuple(Spot(LIST, row=row) for row in rows) or (Spot(LIST),)
    return Forged(world, spots, (LIST, PRINT) if paper else (LIST,), note, frozenset({claim}) if claim else frozenset())


@defect("lost_digits", "Excel把长号码变成了科学计数", "R-320", "E-38")
def _lost_digits(world: World) -> Forged:
    long = [r for r in world.rows if len(r.invoice_number) > 15]
    row = pick(world, "lost_digits", long, "超过15位的号码")
    return _sheet(change_sheets(world, lost_digits=frozenset({row.sequence})), "18位报关单号只剩15位有效数字", row.sequence)


@innocent("lost_zeros", "8位发票号码丢了前导零", "R-201", "R-205", "R-320", "R-321", "R-326")
def _lost_zeros(world: World) -> Forged:
    alone = {r.voucher for r in world.rows if sum(o.voucher == r.voucher for o in world.rows) == 1}
    row = pick(world, "lost_zeros", [r for r in world.rows if r.voucher in alone and len(r.invoice_number) == 8 and r.invoice_number.startswith("0")], "以0开头的号码")
    return _sheet(change_sheets(world, lost_zeros=frozenset({row.sequence})), "补零即可", row.sequence)


@defect("hidden_rows", "清单有隐藏行", "R-324")
def _hidden_rows(world: World) -> Forged:
    row = pick_row(world, "hidden_rows", lambda r: plain(world, r))
    return _sheet(change_sheets(world, hidden_rows=frozenset({row.sequence})), "一行被隐藏，合计仍含它", row.sequence)


@defect("hidden_column", "清单有隐藏列", "R-324")
def _hidden_column(world: World) -> Forged:
    return _sheet(change_sheets(world, hidden_columns=frozenset({"tax"})), "税额列被隐藏", claim="hidden column")


@defect("hidden_sheet", "工作簿有隐藏的工作表", "R-324")
def _hidden_sheet(world: World) -> Forged:
    return _sheet(change_sheets(world, hidden_sheet=True), "另有一张隐藏的工作表", claim="hidden sheet")


@defect("unit_in_head", "表头写万元，金额按元填", "R-323", "R-352", "E-04")
def _unit_in_head(world: World) -> Forged:
    stated = "万元" if world.sheets.unit == "元" else "元"
    return _sheet(change_sheets(world, stated_unit=stated), f"表头单位写成{stated}", claim="unit", paper=True)


@defect("row_in_other_unit", "一行金额用了另一种单位", "R-323", "R-071", "R-050", "R-215", "R-401", "E-04")
def _row_in_other_unit(world: World) -> Forged:
    row = pick_row(world, "row_in_other_unit", lambda r: plain(world, r))
    power = -4 if world.sheets.unit == "元" else 4
    forged = _sheet(change_sheets(world, scaled_rows=((row.sequence, power),)), "一行的金额差一万倍，合计也跟着错", row.sequence, paper=True)
    return replace(forged, spots=(*forged.spots, Spot(LIST)))


@defect("total_off", "合计与各行之和不符", "R-071", "R-327")
def _total_off(world: World) -> Forged:
    return _sheet(change_sheets(world, stated_total=world.declared_total + Decimal("36000.00")), "合计行多36000元", claim="total", paper=True)


@innocent("uncached_total", "合计是没有缓存值的公式", "R-071", "R-327", "R-323")
def _uncached_total(world: World) -> Forged:
    return _sheet(change_sheets(world, uncached=True), "公式没有存下结果，要自己算", claim="total")


@defect("wrong_table", "用错了清单表", "R-093", "R-325")
def _wrong_table(world: World) -> Forged:
    wanted = TABLE_OF[world.categories[0]]
    return _sheet(change_sheets(world, table=2 if wanted in (1, 3) else 1), f"应填表{wanted}", claim="table", paper=True)


@defect("smart_columns_missing", "类别2的清单没有智能化改造投入列", "R-094", "R-093", "R-020", "R-325", categories=("2",))
def _smart_columns_missing(world: World) -> Forged:
    return _sheet(change_sheets(world, without_smart=True), "表1缺智能化改造投入列", claim="smart", paper=True)


@defect("print_differs", "纸质清单与上传的Excel不一致", "R-092")
def _print_differs(world: World) -> Forged:
    row = pick_row(world, "print_differs", lambda r: plain(world, r))
    layout = list_layout(world)
    text = figure_text(layout.written(row.declared + Decimal("50000")), layout.unit)
    return Forged(change_sheets(world, paper_differs=((row.sequence, "declared_amount", text),)), (Spot(LIST, row=row.sequence), Spot(PRINT, row=row.sequence)), (PRINT,), "纸质清单上该行申报金额多5万元")


@defect("row_only_on_print", "纸质清单比Excel多一行", "R-092", "R-328")
def _row_only_on_print(world: World) -> Forged:
    row = pick_row(world, "row_only_on_print", lambda r: plain(world, r))
    return Forged(change_sheets(world, rows_only_on_paper=frozenset({row.sequence})), (Spot(PRINT, row=row.sequence), Spot(LIST)), (LIST,), "Excel缺一行，纸质清单有")


@innocent("wild_layout", "清单用了合并单元格、文本数字和小计行", "R-071", "R-201", "R-205", "R-320", "R-322", "R-323", "R-326", "R-092")
def _wild_layout(world: World) -> Forged:
    if world.sheets.style == "loose":
        raise NotHere("清单本来就是这样")
    return _sheet(change_sheets(world, style="loose"), "数字存成文本、日期写法各异、表头重复、有小计", claim="style")

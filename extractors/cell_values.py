"""One cell → one :class:`Field`. Cells are typed by people, so shapes vary; what cannot be told for certain is doubtful."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from extractors.grid import cell_evidence, squeeze, tidy
from extractors.list_columns import UNIT_FACTORS
from pipeline.model import MISSING, Cell, Field, FieldStatus, Witness

_CENT = Decimal("0.01")
_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's serial dates (its 1900 calendar, after the leap-year slip)."""
_EARLIEST, _LATEST = date(1990, 1, 1), date(2049, 12, 31)
_EMPTY = re.compile(r"^[-—–/\\无.·]*$")
_EXPONENT = re.compile(r"^[+-]?\d(\.\d+)?E\+?\d+$", re.IGNORECASE)
_MONEY = re.compile(r"^([(-]?)[¥$]?(-?[\d,]*\.?\d+)\)?(千万元|百万元|亿元|万元|千元|百元|万|元)?$")
_YMD = re.compile(r"^(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:T?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$")
_YM = re.compile(r"^(\d{4})[-./年](\d{1,2})月?$")
_SHORT_YEAR = re.compile(r"^(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?$")
_EIGHT = re.compile(r"^(19|20)\d{6}$")
_SPAN = re.compile(r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8})")
_TRUE = {"是", "有", "√", "y", "yes", "true", "1", "固定资产", "属于", "对"}
_FALSE = {"否", "无", "×", "n", "no", "false", "0", "不是", "非固定资产", "x", "无形资产", "不属于"}


@dataclass(frozen=True)
class Place:
    """The cell under reading and where it lives; ``cell`` is the one a person sees (the top one of a merged range)."""

    file: str
    sheet: str
    cell: Cell

    @property
    def raw(self) -> str:
        return self.cell.text

    def field(self, value: str | None, why: str = "", reason: str | None = None, doubtful: bool = False) -> Field:
        """A field with the cell as its witness; ``doubtful`` or a None value sends it to a person."""
        status: FieldStatus = "doubtful" if doubtful or value is None else "read"
        return Field(
            value=value,
            raw=tidy(self.raw) or None,
            confidence=0.5 if status == "doubtful" else 1.0,
            status=status,
            reason=reason,
            why=why,
            witnesses=(
                Witness(
                    source="cell", kind="observed", group="cell", value=value if value is not None else tidy(self.raw),
                    evidence=cell_evidence(self.file, self.sheet, self.cell),
                ),
            ),
        )  # fmt: skip


def is_empty(cell: Cell | None) -> bool:
    """Nothing written, or only a dash that people put for nothing."""
    if cell is None:
        return True
    if cell.kind in ("number", "date", "bool", "error", "formula_without_value"):
        return False
    return bool(_EMPTY.match(squeeze(cell.text)))


def _unreadable(place: Place) -> Field | None:
    address = place.cell.address
    if place.cell.kind == "formula_without_value":
        return place.field(None, f"单元格{address}是公式但没有保存计算结果，请在Excel中打开、重算并保存后重新上传。", "no_cached_value")
    if place.cell.kind == "error":
        return place.field(None, f"单元格{address}显示为错误值“{tidy(place.raw)}”，请更正后重新上传。", "cell_error")
    return None


def plain_number(cell: Cell) -> Decimal | None:
    """The cell as a number without unit, from numbers and from digits typed as text; None when it is no number."""
    if isinstance(cell.value, bool):
        return None
    if isinstance(cell.value, Decimal):
        return cell.value
    if cell.kind == "date":
        return None
    text = squeeze(cell.text).replace(",", "").replace("，", "").replace("%", "")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def canonical_number(number: Decimal) -> str:
    """Plain decimal text without exponent and without trailing zeros behind the point."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def money_text(amount: Decimal) -> str:
    """Yuan with two decimals, halves away from zero as people round."""
    return format(amount.quantize(_CENT, rounding="ROUND_HALF_UP"), "f")


def read_money(place: Place, unit: str | None) -> Field:
    """The cell as yuan. ``unit`` is the one read from heading or head block; a unit written in the cell itself wins.

    Without any unit the bare number is kept and doubtful (reason ``unit_unknown``): a unit is read, never assumed.
    """
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    number: Decimal | None = None
    own: str | None = None
    if isinstance(place.cell.value, Decimal):
        number = place.cell.value
    else:
        found = _MONEY.match(squeeze(place.raw).replace("人民币", "").replace("，", ","))
        if found:
            number = Decimal(found.group(2).replace(",", ""))
            number = -number if found.group(1) == "(" else (-number if found.group(1) == "-" else number)
            own = {"万": "万元"}.get(found.group(3) or "", found.group(3))
    if number is None or not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        return place.field(None, f"单元格{place.cell.address}内容“{tidy(place.raw)}”不是可识别的金额。", "not_a_number")
    used = own or unit
    if used is None:
        return place.field(money_text(number), "表头未注明金额单位（元/万元），金额按表内数字暂列，请核实。", "unit_unknown", doubtful=True)
    amount = number * UNIT_FACTORS[used]
    why = "" if used == "元" else f"表内金额单位为{used}，已换算为元。"
    return place.field(money_text(amount), why)


def read_number(place: Place) -> Field:
    """The cell as a plain decimal (quantities, days)."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    number = plain_number(place.cell)
    if number is None:
        leading = re.match(r"^(\d+(?:\.\d+)?)[^\d.]{1,4}$", squeeze(place.raw))
        number = Decimal(leading.group(1)) if leading else None
    if number is None:
        return place.field(None, f"单元格{place.cell.address}内容“{tidy(place.raw)}”不是数字。", "not_a_number")
    return place.field(canonical_number(number))


def read_rate(place: Place) -> Field:
    """An interest or tax rate as a fraction (``"0.0475"``). ``4.75%`` and a percent format are certain; a bare ``4.75``
    can only be percent; between 0.2 and 1 either reading is possible, so doubtful."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    text = squeeze(place.raw)
    number = plain_number(place.cell)
    if number is None:
        return place.field(None, f"单元格{place.cell.address}内容“{tidy(place.raw)}”不是利率。", "not_a_number")
    if "%" in text and not isinstance(place.cell.value, Decimal):
        return place.field(canonical_number(number / 100))
    if "%" in place.cell.number_format or "%" in text:
        return place.field(canonical_number(number))
    if number >= 1:
        return place.field(canonical_number(number / 100), "按百分数理解。")
    if number >= Decimal("0.2"):
        return place.field(canonical_number(number), "利率未注明是否为百分数，请核实。", "unit_unknown", doubtful=True)
    return place.field(canonical_number(number))


def _real_date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def parse_cell_date(text: str) -> tuple[date | None, str]:
    """A date typed as text in any of the usual shapes, with a note where it was guessed."""
    plain = squeeze(text).strip("'’")
    if found := _YMD.match(plain):
        return _real_date(*(int(g) for g in found.groups()[:3])), ""
    if _EIGHT.match(plain):
        return _real_date(int(plain[:4]), int(plain[4:6]), int(plain[6:])), ""
    if found := _SHORT_YEAR.match(plain):
        year, month, day = (int(g) for g in found.groups())
        return _real_date(2000 + year, month, day), "年份只写了两位"
    if re.fullmatch(r"\d{5}", plain):
        return _serial(Decimal(plain))[0], "由Excel日期序号换算"
    return None, ""


def _serial(number: Decimal) -> tuple[date | None, str]:
    if not Decimal(32874) <= number <= Decimal(54789):  # 1990-01-01 … 2049-12-31
        return None, ""
    return _EPOCH + timedelta(days=int(number)), "由Excel日期序号换算"


def read_date(place: Place) -> Field:
    """The cell as an ISO date. Months without a day, two-digit years and several dates in one cell are doubtful."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    value = place.cell.value
    address = place.cell.address
    found: date | None = None
    note = ""
    if isinstance(value, date):
        found = _real_date(value.year, value.month, value.day)
    elif isinstance(value, Decimal):
        whole = canonical_number(value)
        if _EIGHT.match(whole):
            found, note = parse_cell_date(whole)
        elif value == value.to_integral_value() or value > 32874:
            found, note = _serial(value)
        if found is None and _YM.match(whole):
            return place.field(None, f"单元格{address}的日期“{whole}”缺少“日”，请补全。", "incomplete_date")
    else:
        plain = squeeze(place.raw)
        found, note = parse_cell_date(plain)
        if found is None and _YM.match(plain):
            return place.field(None, f"单元格{address}的日期“{plain}”缺少“日”，请补全。", "incomplete_date")
        if found is None and len(_SPAN.findall(plain)) > 1:
            return place.field(None, f"单元格{address}内写有多个日期“{tidy(place.raw)}”，请分行填写。", "several_values")
    if found is None:
        return place.field(None, f"单元格{address}内容“{tidy(place.raw)}”不是可识别的日期。", "not_a_date")
    if note == "年份只写了两位":
        return place.field(found.isoformat(), f"单元格{address}的{note}，按{found.year}年理解，请核实。", "short_year", doubtful=True)
    return place.field(found.isoformat(), f"{note}。" if note else "")


def read_span(place: Place) -> tuple[Field, Field]:
    """A cell with two dates (``2018-01-01至2020-12-31``) as start and end."""
    if is_empty(place.cell):
        return MISSING, MISSING
    dates = [parse_cell_date(text)[0] for text in _SPAN.findall(squeeze(place.raw))]
    if len(dates) != 2 or None in dates:
        bad = place.field(None, f"单元格{place.cell.address}内容“{tidy(place.raw)}”不是“起止日期”。", "not_a_date")
        return bad, bad
    first, last = (d.isoformat() for d in dates if d is not None)
    return place.field(first), place.field(last)


def read_period(place: Place) -> Field:
    """A year (``2019``, ``2019年``) or a free period; years come out as four digits."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    if isinstance(place.cell.value, date):
        return place.field(str(place.cell.value.year))
    text = squeeze(place.raw)
    found = re.fullmatch(r"((?:19|20)\d{2})(年度?)?(\.0+)?", text)
    return place.field(found.group(1) if found else tidy(place.raw))


def read_bool(place: Place) -> Field:
    """Yes or no; anything else is kept raw and doubtful."""
    if is_empty(place.cell) and squeeze(place.raw) != "无":
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    if isinstance(place.cell.value, bool):
        return place.field("true" if place.cell.value else "false")
    text = squeeze(place.raw).lower()
    if text in _TRUE or text in _FALSE:
        return place.field("true" if text in _TRUE else "false")
    return place.field(None, f"单元格{place.cell.address}内容“{tidy(place.raw)}”看不出“是”或“否”。", "not_a_choice")


def read_text(place: Place) -> Field:
    """The cell as tidy text."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    return place.field(tidy(place.raw))


def lost_digits(cell: Cell) -> bool:
    """Has Excel dropped the tail of a long number? (more than 15 digits kept as a number, or shown with an exponent)"""
    return cell.lossy or bool(_EXPONENT.match(squeeze(cell.text)))


def read_id(place: Place) -> Field:
    """Numbers that are names: no thousands, no decimals, never rounded. A lost tail is doubtful (``lost_digits``, R-320)."""
    if is_empty(place.cell):
        return MISSING
    if (bad := _unreadable(place)) is not None:
        return bad
    cell = place.cell
    text = id_text(cell)
    if lost_digits(cell):
        return place.field(
            text, f"单元格{cell.address}的号码显示为“{tidy(place.raw)}”，因Excel数值格式丢失位数，请以文本格式重填。", "lost_digits", doubtful=True
        )  # fmt: skip
    return place.field(text)


def id_text(cell: Cell) -> str:
    """The characters of an id as a person would copy them."""
    if isinstance(cell.value, Decimal):
        return canonical_number(cell.value)
    return re.sub(r"(?<=\d)\.0$", "", tidy(cell.text).strip("'’"))


def with_note(field: Field, why: str, reason: str | None = None) -> Field:
    """The same reading with a further sentence."""
    return field.model_copy(update={"why": f"{field.why}{why}", "reason": reason or field.reason})


def doubted(field: Field, why: str, reason: str) -> Field:
    """The same reading, sent to a person."""
    return field.model_copy(update={"why": f"{field.why}{why}", "reason": reason, "status": "doubtful", "confidence": 0.5})


def moved(place: Place, cell: Cell) -> Place:
    """The same sheet, another cell."""
    return replace(place, cell=cell)

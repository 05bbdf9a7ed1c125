"""Writes xlsx (ECMA-376 Part 1, SpreadsheetML) with the same bytes for the same book.

openpyxl cannot store a formula's value beside the formula, nor a float as Excel prints it, and stamps the clock into the file; all
three matter here, and the part of the format that a list needs is small.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from samples.workbooks.book import Book, Cell, Content, Sheet, Style, address, serial

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_BUILT_IN = {"General": 0, "0": 1, "0.00": 2, "#,##0": 3, "#,##0.00": 4, "0%": 9, "0.00%": 10, "yyyy/m/d": 14, "@": 49}
_PAPER = {"A3": 8, "A4": 9}


class _Looks:
    """The style sheet: every :class:`Style` in use gets a number."""

    def __init__(self) -> None:
        self.styles: dict[Style, int] = {}

    def number(self, style: Style) -> int:
        return self.styles.setdefault(style, len(self.styles) + 1)

    def xml(self) -> str:
        styles = list(self.styles)
        fonts = list(dict.fromkeys([("宋体", 11.0, False), *((s.font, float(s.size), s.bold) for s in styles)]))
        fills = list(dict.fromkeys(s.fill for s in styles if s.fill))
        formats = {code: 176 + i for i, code in enumerate(dict.fromkeys(s.format for s in styles if s.format not in _BUILT_IN))}
        font_xml = "".join(
            f"<font>{'<b/>' if bold else ''}<sz val=\"{size:g}\"/><color theme=\"1\"/><name val={quoteattr(name)}/><charset val=\"134\"/></font>"
            for name, size, bold in fonts
        )  # fmt: skip
        fill_xml = '<fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>' + "".join(
            f'<fill><patternFill patternType="solid"><fgColor rgb="FF{f}"/><bgColor indexed="64"/></patternFill></fill>' for f in fills
        )
        edge = "".join(f'<{side} style="thin"><color auto="1"/></{side}>' for side in ("left", "right", "top", "bottom"))
        cells = ['<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>']
        for s in styles:
            number = _BUILT_IN.get(s.format, formats.get(s.format, 0))
            fill = fills.index(s.fill) + 2 if s.fill else 0
            wrap = ' wrapText="1"' if s.wrap else ""
            cells.append(
                f'<xf numFmtId="{number}" fontId="{fonts.index((s.font, float(s.size), s.bold))}" fillId="{fill}" borderId="{int(s.border)}" xfId="0"'
                f' applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="{s.align}" vertical="center"{wrap}/></xf>'
            )
        format_xml = "".join(f"<numFmt numFmtId=\"{number}\" formatCode={quoteattr(code)}/>" for code, number in formats.items())
        return (
            f"{_HEAD}<styleSheet {_MAIN}>"
            + (f'<numFmts count="{len(formats)}">{format_xml}</numFmts>' if formats else "")
            + f'<fonts count="{len(fonts)}">{font_xml}</fonts><fills count="{len(fills) + 2}">{fill_xml}</fills>'
            f'<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>{edge}<diagonal/></border></borders>'
            '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
            f'<cellXfs count="{len(cells)}">{"".join(cells)}</cellXfs><cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
            '<dxfs count="0"/></styleSheet>'
        )


class _Strings:
    """The table of shared strings."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.count = 0

    def number(self, text: str) -> int:
        self.count += 1
        return self.known.setdefault(text, len(self.known))

    def xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self.known)
        return f'{_HEAD}<sst {_MAIN} count="{self.count}" uniqueCount="{len(self.known)}">{items}</sst>'


def number_text(value: Decimal | float) -> str:
    """A number as Excel stores it: up to 17 digits of the double, an exponent from 1E+15 on."""
    if isinstance(value, float):
        return f"{value:.17G}"
    text = format(value.normalize(), "f")
    return text if len(text.lstrip("-").replace(".", "")) <= 15 else f"{float(value):.17G}"


def _cell(row: int, column: int, cell: Cell, looks: _Looks, strings: _Strings) -> str:
    at = f'<c r="{address(row, column)}" s="{looks.number(cell.style)}"'
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    value: Content = cell.value if cell.cached else None
    if value is None:
        return f"{at}>{formula}</c>" if formula else f"{at}/>"
    if isinstance(value, str):
        if formula:
            return f'{at} t="str">{formula}<v>{escape(value)}</v></c>'
        return f'{at} t="s"><v>{strings.number(value)}</v></c>'
    if isinstance(value, date):
        return f"{at}>{formula}<v>{serial(value)}</v></c>"
    return f"{at}>{formula}<v>{number_text(value)}</v></c>"


def _columns(sheet: Sheet) -> str:
    wide = sorted(set(sheet.widths) | sheet.hidden_columns)
    items = []
    for column in wide:
        hidden = ' hidden="1"' if column in sheet.hidden_columns else ""
        items.append(f'<col min="{column + 1}" max="{column + 1}" width="{sheet.widths.get(column, 9):.2f}"{hidden} customWidth="1"/>')
    return f"<cols>{''.join(items)}</cols>" if items else ""


def _rows(sheet: Sheet, looks: _Looks, strings: _Strings) -> Iterable[str]:
    filled = {row: list(keys) for row, keys in groupby(sorted(sheet.cells), key=lambda k: k[0])}
    for row in sorted(filled.keys() | sheet.heights.keys() | sheet.hidden_rows):
        height = f' ht="{sheet.heights[row]:g}" customHeight="1"' if row in sheet.heights else ""
        hidden = ' hidden="1"' if row in sheet.hidden_rows else ""
        yield f'<row r="{row + 1}"{height}{hidden}>'
        for key in filled.get(row, ()):
            yield _cell(*key, sheet.cells[key], looks, strings)
        yield "</row>"


def _sheet(sheet: Sheet, looks: _Looks, strings: _Strings, active: bool) -> str:
    last_row = max((r for r, _ in sheet.cells), default=0)
    last_column = max((c for _, c in sheet.cells), default=0)
    pane = ""
    if sheet.freeze is not None:
        row, column = sheet.freeze
        split = (f' xSplit="{column}"' if column else "") + (f' ySplit="{row}"' if row else "")
        where = "bottomRight" if row and column else "bottomLeft" if row else "topRight"
        pane = f'<pane{split} topLeftCell="{address(row, column)}" activePane="{where}" state="frozen"/>'
    selected = ' tabSelected="1"' if active else ""
    merged = "".join(f'<mergeCell ref="{address(a, b)}:{address(c, d)}"/>' for a, b, c, d in sheet.merged)
    footer = f"<headerFooter><oddFooter>{escape('&C' + sheet.footer)}</oddFooter></headerFooter>" if sheet.footer else ""
    return "".join((
        f'{_HEAD}<worksheet {_MAIN} xmlns:r="{_REL}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{address(last_row, last_column)}"/>',
        f'<sheetViews><sheetView workbookViewId="0"{selected}>{pane}</sheetView></sheetViews><sheetFormatPr defaultRowHeight="13.5"/>',
        _columns(sheet), "<sheetData>", *_rows(sheet, looks, strings), "</sheetData>",
        f'<mergeCells count="{len(sheet.merged)}">{merged}</mergeCells>' if merged else "",
        '<printOptions horizontalCentered="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.55" header="0.3" footer="0.3"/>',
        f'<pageSetup paperSize="{_PAPER[sheet.paper]}" orientation="{"landscape" if sheet.landscape else "portrait"}" fitToHeight="0"/>',
        footer, "</worksheet>",
    ))  # fmt: skip


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(s.name)} sheetId="{i}"{" state=" + chr(34) + "hidden" + chr(34) if s.hidden else ""} r:id="rId{i}"/>'
        for i, s in enumerate(book.sheets, start=1)
    )  # fmt: skip
    titles = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{i}">{escape(quoted(s.name))}!${s.print_titles[0] + 1}:${s.print_titles[1] + 1}</definedName>'
        for i, s in enumerate(book.sheets) if s.print_titles
    )  # fmt: skip
    names = f"<definedNames>{titles}</definedNames>" if titles else ""
    return (
        f'{_HEAD}<workbook {_MAIN} xmlns:r="{_REL}"><workbookPr defaultThemeVersion="124226"/><bookViews><workbookView xWindow="240" yWindow="120" '
        f'windowWidth="20730" windowHeight="9450"/></bookViews><sheets>{sheets}</sheets>{names}<calcPr calcId="144525"/></workbook>'
    )


def quoted(name: str) -> str:
    """A sheet's name inside a formula."""
    return "'" + name.replace("'", "''") + "'"


def _properties(book: Book) -> dict[str, str]:
    when = book.created.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:creator>{escape(book.creator)}</dc:creator><cp:lastModifiedBy>{escape(book.creator)}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{when}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{when}</dcterms:modified></cp:coreProperties>'
    )
    app = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>{escape(book.application)}</Application></Properties>"
    )
    return {"docProps/core.xml": _HEAD + core, "docProps/app.xml": _HEAD + app}


def _relations(targets: Iterable[tuple[str, str]]) -> str:
    items = "".join(f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets, start=1))
    return f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{items}</Relationships>'


def _content_types(count: int) -> str:
    parts = [("xl/workbook.xml", f"{_TYPES}.sheet.main+xml"), *((f"xl/worksheets/sheet{i}.xml", f"{_TYPES}.worksheet+xml") for i in range(1, count + 1))]
    parts += [("xl/styles.xml", f"{_TYPES}.styles+xml"), ("xl/sharedStrings.xml", f"{_TYPES}.sharedStrings+xml")]
    parts += [("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")]
    parts += [("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml")]
    overrides = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in parts)
    return (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f"{overrides}</Types>"
    )


def xlsx_bytes(book: Book) -> bytes:
    """The whole file. The first sheet that is not hidden is the open one."""
    looks, strings = _Looks(), _Strings()
    open_sheet = next((s for s in book.sheets if not s.hidden), None)
    sheets = {f"xl/worksheets/sheet{i}.xml": _sheet(s, looks, strings, s is open_sheet) for i, s in enumerate(book.sheets, start=1)}
    inside = [(f"{_REL}/worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(sheets) + 1)]
    inside += [(f"{_REL}/styles", "styles.xml"), (f"{_REL}/sharedStrings", "sharedStrings.xml")]
    package = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    outside = [(f"{_REL}/officeDocument", "xl/workbook.xml"), (package, "docProps/core.xml"), (f"{_REL}/extended-properties", "docProps/app.xml")]
    parts = {
        "[Content_Types].xml": _content_types(len(sheets)), "_rels/.rels": _relations(outside), "xl/workbook.xml": _workbook(book),
        "xl/_rels/workbook.xml.rels": _relations(inside), **sheets, "xl/styles.xml": looks.xml(), "xl/sharedStrings.xml": strings.xml(), **_properties(book),
    }  # fmt: skip
    return _zipped(parts, book.created)


def _zipped(parts: dict[str, str], when: datetime) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, date_time=(when.year, when.month, when.day, when.hour, when.minute, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, text.encode("utf-8"))
    return out.getvalue()

"""Bits of WordprocessingML that python-docx does not offer: East Asian fonts, fields, a watermark, table rows that stay whole."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from reports.writing import clean

SONG, HEI, FANG, KAI = "宋体", "黑体", "仿宋", "楷体"
LATIN = "Times New Roman"
BODY = 14
"""Points of the text."""
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_V = "urn:schemas-microsoft-com:vml"
_O = "urn:schemas-microsoft-com:office:office"


def official_page(document: Document) -> None:
    """A4 with the type area of GB/T 9704-2012 (156 mm × 225 mm: top 37 mm, left 28 mm), odd and even page feet."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(18), Mm(25)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = side
        _indent(paragraph, "right" if side == WD_ALIGN_PARAGRAPH.RIGHT else "left", 280)
        run(paragraph, "— ", SONG, 14)
        _page_number(paragraph)
        run(paragraph, " —", SONG, 14)


def body_style(document: Document) -> None:
    """仿宋 四号 (14 pt) on lines of exactly 24 pt: a notice with many demands stays on two or three sheets."""
    style = document.styles["Normal"]
    style.font.size = Pt(BODY)
    style.font.name = LATIN
    _fonts(style.element.get_or_add_rPr(), FANG)
    layout = style.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = Pt(24)
    layout.space_before = layout.space_after = Pt(0)


def run(
    paragraph: Any, text: str, font: str = FANG, size: float = BODY, *, bold: bool = False, colour: RGBColor | None = None
) -> Any:
    """Text in a font; hostile control characters are gone before they reach the XML."""
    piece = paragraph.add_run(clean(text))
    piece.font.size = Pt(size)
    piece.font.name = LATIN
    piece.font.bold = bold
    if colour is not None:
        piece.font.color.rgb = colour
    _fonts(piece._r.get_or_add_rPr(), font)
    return piece


def paragraph(
    document: Any, text: str = "", font: str = FANG, size: float = BODY, *, bold: bool = False, indent: bool = True,
    align: WD_ALIGN_PARAGRAPH | None = None, colour: RGBColor | None = None, keep: bool = False,
) -> Any:  # fmt: skip
    """A paragraph; ``indent`` = two characters at the first line, ``keep`` = stays with the next one."""
    made = document.add_paragraph()
    if indent:
        layout = made._p.get_or_add_pPr().get_or_add_ind()
        layout.set(qn("w:firstLineChars"), "200")
        layout.set(qn("w:firstLine"), str(int(size * 40)))
    made.alignment = align
    made.paragraph_format.keep_with_next = keep
    if text:
        run(made, text, font, size, bold=bold, colour=colour)
    return made


def rule(paragraph: Any, colour: str, *, style: str = "single", size: int = 12, side: str = "bottom") -> None:
    """A line under (or over) a paragraph; size in eighths of a point."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", style), ("sz", str(size)), ("space", "4"), ("color", colour)):
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    properties = paragraph._p.get_or_add_pPr()
    following = [qn(f"w:{n}") for n in ("shd", "tabs", "spacing", "ind", "jc", "rPr", "sectPr")]
    before = next((child for child in properties if child.tag in following), None)
    if before is None:
        properties.append(borders)
    else:
        before.addprevious(borders)


def table(document: Any, heads: tuple[str, ...], widths_mm: tuple[float, ...], rows: list[tuple[str, ...]]) -> None:
    """A ruled table; its head is repeated on every page and no row is torn."""
    made = document.add_table(rows=1, cols=len(heads))
    made.style = "Table Grid"
    made.autofit = False
    for row_number, cells in enumerate([heads, *rows]):
        row = made.rows[0] if row_number == 0 else made.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if row_number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for column, text in enumerate(cells):
            cell = row.cells[column]
            cell.width = Mm(widths_mm[column])
            line = cell.paragraphs[0]
            line.paragraph_format.line_spacing = Pt(16)
            if row_number == 0 or column == 0:
                line.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run(line, text, HEI if row_number == 0 else FANG, 11)
    for column, width in enumerate(widths_mm):
        made.columns[column].width = Mm(width)


def mark_draft(document: Document, sentence: str) -> None:
    """草稿 in the head and in big grey letters behind the text of every page."""
    section = document.sections[0]
    for number, header in enumerate((section.header, section.even_page_header), 1):
        line = header.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.line_spacing = Pt(16)
        run(line, f"草稿：{sentence}。", HEI, 10.5, colour=RGBColor(0xC0, 0x00, 0x00))
        line._p.append(_watermark(number))


def _watermark(number: int) -> Any:
    return parse_xml(
        f'<w:r xmlns:w="{_W}" xmlns:v="{_V}" xmlns:o="{_O}"><w:pict>'
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
        '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/>'
        '<v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom"/><v:textpath on="t" fitshape="t"/></v:shapetype>'
        f'<v:shape id="draft{number}" o:spid="_x0000_s205{number}" type="#_x0000_t136" '
        'style="position:absolute;margin-left:0;margin-top:0;width:330pt;height:165pt;rotation:315;z-index:-251658752;'
        'mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;'
        'mso-position-vertical-relative:margin" fillcolor="#d9d9d9" stroked="f"><v:fill opacity=".5"/>'
        f'<v:textpath style="font-family:&quot;{HEI}&quot;;font-size:1pt" string="草 稿"/></v:shape></w:pict></w:r>'
    )


def _fonts(properties: Any, east: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), east)
    fonts.set(qn("w:hint"), "eastAsia")


def _indent(paragraph: Any, side: str, twips: int) -> None:
    paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn(f"w:{side}"), str(twips))


def _page_number(paragraph: Any) -> None:
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        piece = run(paragraph, "", SONG, 14)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        piece._r.append(mark)

"""Text layers: where the words stand, and when not to believe them."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.intake import Limits
from pipeline.model import Line
from pipeline.reading.glyphs import Glyph, lines_of
from pipeline.reading.ofd_text import deltas
from pipeline.reading.text_layer import TextLayer, text_layer

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
PICTURE = ImageReader(Image.new("RGB", (200, 200), (180, 180, 180)))


class Sheet:
    """A page of 400 × 300 points to write on; ``layer()`` reads it back."""

    def __init__(self, tmp_path: Path) -> None:
        self.path = tmp_path / "a.pdf"
        self.canvas = Canvas(str(self.path), pagesize=(400, 300))
        self.canvas.setFont("STSong-Light", 10)

    def write(self, x: float, y: float, text: str, mode: int = 0) -> Sheet:
        words = self.canvas.beginText(x, y)
        words.setFont("STSong-Light", 10)
        words.setTextRenderMode(mode)
        words.textOut(text)
        self.canvas.drawText(words)
        return self

    def layer(self, rotate: int = 0, crop: list[float] | None = None) -> TextLayer:
        self.canvas.showPage()
        self.canvas.save()
        with pikepdf.open(self.path, allow_overwriting_input=True) as pdf:
            page = pdf.pages[0].obj
            if rotate:
                page.Rotate = rotate
            if crop:
                page.CropBox = pikepdf.Array([int(v) for v in crop])
            pdf.save(self.path)
        return text_layer(self.path, "pdf", 0, Limits())


def texts(layer: TextLayer) -> list[str]:
    return [line.text for line in layer.lines]


def find(layer: TextLayer, text: str) -> Line:
    return next(line for line in layer.lines if line.text == text)


def test_cells_stay_apart_and_marks_are_where_the_characters_are(tmp_path: Path) -> None:
    layer = Sheet(tmp_path).write(40, 200, "发票号码：１２３").write(200, 200, "100.00").write(240, 200, "13%").layer()
    assert layer.trusted and not layer.why and (layer.width, layer.height) == (400, 300)
    assert layer.mm == pytest.approx((141.1, 105.8), abs=0.1)
    assert texts(layer) == ["发票号码：１２３", "100.00", "13%"]  # full width stays as on paper
    line = find(layer, "发票号码：１２３")
    assert line.box[0] == pytest.approx(0.1, abs=0.005) and line.box[2] == pytest.approx(0.3, abs=0.005)
    assert line.box[1] < 1 - 200 / 300 < line.box[3]
    assert line.marks == pytest.approx([(i + 0.5) / 8 for i in range(8)], abs=0.01)


@pytest.mark.parametrize(("rotate", "x", "y"), [(0, 0.25, 0.25), (90, 0.75, 0.25), (180, 0.75, 0.75), (270, 0.25, 0.75)])
def test_places_follow_rotation_and_crop(tmp_path: Path, rotate: int, x: float, y: float) -> None:
    """The word stands a quarter in from the left and top of the cropped page, before the page is turned."""
    layer = Sheet(tmp_path).write(135, 171, "甲乙丙").layer(rotate, [50, 0, 450, 250])
    box = layer.lines[0].box
    width, height = (350, 250) if rotate in (0, 180) else (250, 350)
    assert (layer.width, layer.height) == (width, height)
    centre = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    expected = {0: (100 / 350, 75 / 250), 90: (175 / 250, 100 / 350), 180: (250 / 350, 175 / 250), 270: (75 / 250, 250 / 350)}[rotate]
    assert centre == pytest.approx(expected, abs=0.02) and centre == pytest.approx((x, y), abs=0.06)
    assert texts(layer) == ["甲乙丙"]


def test_interleaved_objects_are_read_as_a_person_reads_them(tmp_path: Path) -> None:
    """A form printed first and filled in later, as on real electronic invoices."""
    sheet = Sheet(tmp_path)
    sheet.write(40, 200, "2022").write(70, 200, "08").write(90, 200, "30")
    sheet.write(60, 200, "年").write(80, 200, "月").write(100, 200, "日")
    assert texts(sheet.layer()) == ["2022年08月30日"]


def test_fake_bold_counts_once_but_no_digit_is_lost() -> None:
    bold = [Glyph(c, 10 * i, 0, 10 * i + 9, 10, 10, group=g) for g in (1, 2) for i, c in enumerate("合计")]
    assert [line.text for line in lines_of(bold, 100, 100)] == ["合计"]
    heap = [Glyph(c, 0, 0, 5, 10, 10, group=1) for c in "100"]  # places given badly: all at one spot
    assert sorted("".join(line.text for line in lines_of(heap, 100, 100))) == ["0", "0", "1"]


def test_spaced_labels_hold_together(tmp_path: Path) -> None:
    layer = Sheet(tmp_path).write(40, 200, "名        称").layer()
    assert [t.replace(" ", "") for t in texts(layer)] == ["名称"]


def test_an_ocr_layer_is_no_evidence(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.canvas.drawImage(PICTURE, 0, 0, 400, 300)
    layer = sheet.write(40, 200, "识别出来的文字", mode=3).layer()
    assert not layer.trusted and layer.why == "扫描件自带识别文字层，不作为依据。"
    assert texts(layer) == ["识别出来的文字"]


def test_a_page_number_on_a_scan_does_not_make_it_readable(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.canvas.drawImage(PICTURE, 0, 0, 400, 300)
    layer = sheet.write(180, 10, "第5页 共20页").layer()
    assert not layer.trusted and "图像" in layer.why


def test_hidden_text_never_passes_for_seen(tmp_path: Path) -> None:
    painted = Sheet(tmp_path).write(40, 200, "原金额100.00").write(40, 100, "其他文字若干")
    painted.canvas.setFillColorRGB(1, 1, 1)
    painted.canvas.rect(30, 190, 150, 30, stroke=0, fill=1)
    painted.canvas.setFillColorRGB(0, 0, 0)
    layer = painted.write(40, 200, "999.00").layer()
    assert not layer.trusted and "遮盖" in layer.why and "原金额100.00" not in texts(layer)

    white = Sheet(tmp_path).write(40, 100, "看得见")
    white.canvas.setFillColorRGB(1, 1, 1)
    layer = white.write(40, 200, "看不见").layer()
    assert not layer.trusted and texts(layer) == ["看得见"]

    outside = Sheet(tmp_path).write(300, 280, "页外的文字内容").write(20, 20, "页内")
    layer = outside.layer(crop=[0, 0, 200, 150])
    assert not layer.trusted and texts(layer) == ["页内"]


def test_empty_pages_images_and_written_notes(tmp_path: Path) -> None:
    assert Sheet(tmp_path).layer().why == "页面没有文字层。"
    Image.new("L", (9, 9)).save(tmp_path / "a.png")
    assert not text_layer(tmp_path / "a.png", "image", 0, Limits()).trusted
    sheet = Sheet(tmp_path).write(40, 200, "正文文字")
    sheet.layer()
    with pikepdf.open(sheet.path, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 90, 20], Contents="改为200", DA="/Helv 10 Tf", F=4)
        pdf.pages[0].obj.Annots = pikepdf.Array([note])
        pdf.save(sheet.path)
    assert not text_layer(sheet.path, "pdf", 0, Limits()).trusted


def test_unmapped_glyphs_are_noticed(tmp_path: Path) -> None:
    """A font whose ToUnicode leads into the private use area, as subset fonts of some printers do."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(400, 300))
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange " \
           b"1 beginbfrange <41> <5a> <e041> endbfrange endcmap end"  # fmt: skip
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, ToUnicode=pdf.make_stream(cmap)
    )
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.obj.Contents = pdf.make_stream(b"BT /F 12 Tf 50 200 Td (ABCDEFGH) Tj ET")
    pdf.save(tmp_path / "a.pdf")
    layer = text_layer(tmp_path / "a.pdf", "pdf", 0, Limits())
    assert not layer.trusted and "编码" in layer.why


# --- OFD --------------------------------------------------------------------------------------------------------------


def ofd(path: Path, body: str, template: str = "") -> Path:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    use = '<ofd:Template TemplateID="9"/>' if template else ""
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", f"{head}<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>")
        package.writestr(
            "Doc_0/Document.xml",
            f'{head}<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 200 100</ofd:PhysicalBox></ofd:PageArea>'
            '<ofd:TemplatePage ID="9" BaseLoc="Tpls/T.xml"/></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/P.xml"/></ofd:Pages></ofd:Document>',
        )
        package.writestr("Doc_0/Tpls/T.xml", f"{head}<ofd:Page {space}><ofd:Content><ofd:Layer>{template}</ofd:Layer></ofd:Content></ofd:Page>")
        package.writestr("Doc_0/Pages/P.xml", f"{head}<ofd:Page {space}>{use}<ofd:Content><ofd:Layer>{body}</ofd:Layer></ofd:Content></ofd:Page>")
    return path


def test_ofd_words_stand_where_boundary_and_matrix_put_them(tmp_path: Path) -> None:
    body = (
        '<ofd:TextObject Boundary="20 10 60 10" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 3 5">金额合计</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject Boundary="100 50 60 20" Size="5" CTM="2 0 0 2 0 0"><ofd:TextCode X="0" Y="5" DeltaX="2.5">100.00</ofd:TextCode></ofd:TextObject>'
        '<ofd:TextObject Boundary="0 0 9 9" Size="5" Visible="false"><ofd:TextCode X="0" Y="5">暗藏</ofd:TextCode></ofd:TextObject>'
    )
    template = '<ofd:TextObject Boundary="20 80 60 10" Size="5"><ofd:TextCode X="0" Y="5">模板</ofd:TextCode></ofd:TextObject>'
    layer = text_layer(ofd(tmp_path / "a.ofd", body, template), "ofd", 0, Limits())
    assert layer.trusted and layer.mm == (200, 100) and texts(layer) == ["金额合计", "100.00", "模板"]
    first = find(layer, "金额合计")
    assert (first.box[0], first.box[2]) == pytest.approx((0.1, 0.2), abs=0.003)
    assert first.box[1] < 0.15 < first.box[3] and first.marks == pytest.approx([0.125, 0.375, 0.625, 0.875], abs=0.01)
    doubled = find(layer, "100.00")
    assert (doubled.box[0], doubled.box[2]) == pytest.approx((0.5, 0.65), abs=0.003) and doubled.box[1] < 0.6 < doubled.box[3]


def test_ofd_delta_arrays() -> None:
    assert deltas("g 2 1.5 3", 4) == [1.5, 1.5, 3, 3]
    assert deltas("g 1000000000 1", 3) == [1, 1, 1]  # costs nothing
    assert deltas("x nan 1e400", 3) == [] and deltas(None, 3) == []


def test_ofd_with_entities_is_refused(tmp_path: Path) -> None:
    from pipeline.intake.problems import PageProblem

    path = ofd(tmp_path / "a.ofd", "")
    with zipfile.ZipFile(path) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    parts["Doc_0/Pages/P.xml"] = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    path.write_bytes(out.getvalue())
    with pytest.raises(PageProblem) as caught:
        text_layer(path, "ofd", 0, Limits())
    assert caught.value.code == "broken_xml"


# --- fonts that are not embedded --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("bundled", "ink"), [(True, True), (False, False)])
def test_chinese_without_any_system_font(tmp_path: Path, bundled: bool, ink: bool) -> None:
    """In a process of its own: PDFium's font lookup can be set once only. With the wheel's font the text is drawn; without any
    font the page comes out blank, and the reading says so."""
    pytest.importorskip("pylopdf_fonts_zh_cn")
    sheet = Sheet(tmp_path).write(40, 200, "审计报告")
    sheet.layer()
    code = (
        "import sys; from pathlib import Path; from pipeline.reading import fonts\n"
        + ("" if bundled else "fonts.bundled_font = lambda: None\n")
        + "fonts.ensure_fonts(use_system=False)\n"
        "from pipeline.intake import Limits; from pipeline.reading.render import render\n"
        f"r = render(Path({str(sheet.path)!r}), 'pdf', 0, Limits(), 100)\n"
        "print(bool((r.image < 128).any()), bool(r.notes))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert out == [str(ink), str(not ink)]

"""PDFs written from marks: real text in all fonts, turned, cropped, signed and edited; the same bytes every time."""

from __future__ import annotations

import io
import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import ImageFont

from samples.fonts import font_path
from samples.paper import Paper
from samples.pdf.cff import subset_cff
from samples.pdf.edited import append_edit
from samples.pdf.metrics import FontKind
from samples.pdf.quirks import Quirks
from samples.pdf.sfnt import Sfnt, UnusableFont, read_sfnt, subset_truetype
from samples.pdf.writer import write_pdf
from samples.runs import Patch, Run
from samples.seals import invoice_die
from samples.vector_paper import VectorPaper, stamp

_ISSUED = datetime.fromisoformat("2019-03-05T09:00:00")
_EDITED = datetime.fromisoformat("2020-05-06T07:08:09")
_TITLE, _MONEY = "深圳增值税电子普通发票 A9", "¥12,345.60"
_KINDS: tuple[FontKind, ...] = ("embedded", "carried", "simsun", "stsong", "gbk")


def _paper(kind: FontKind) -> VectorPaper:
    paper = VectorPaper(120, 60, fonts=kind)
    paper.text(10, 15, _TITLE, 12, face="kai", role="label")
    paper.text(100, 30, _MONEY, 12, face="mono", align="r", role="value")
    paper.line(5, 50, 110, 50)
    stamp(paper, invoice_die("深圳市澄岳科技有限公司", "91440300MA5DBYX94A"), 60, 40, (255, 0, 0))
    return paper


def _text(path: Path) -> str:
    with pdfplumber.open(path) as pdf:
        return "".join(char["text"] for char in pdf.pages[0].chars)


@pytest.mark.parametrize("kind", _KINDS)
def test_every_reader_finds_the_text(tmp_path: Path, kind: FontKind) -> None:
    path = tmp_path / "a.pdf"
    write_pdf([_paper(kind)], path, quirks=Quirks(fonts=kind))
    assert _TITLE in _text(path) and _MONEY in _text(path)
    found = pdfium.PdfDocument(path)[0].get_textpage().get_text_range()
    assert _TITLE in found and _MONEY in found
    with pikepdf.open(path) as pdf:
        assert pdf.check_pdf_syntax() == [] if hasattr(pdf, "check_pdf_syntax") else pdf.check() == []


@pytest.mark.parametrize("kind", _KINDS)
def test_only_carried_fonts_are_in_the_file(tmp_path: Path, kind: FontKind) -> None:
    write_pdf([_paper(kind)], tmp_path / "a.pdf", quirks=Quirks(fonts=kind))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        fonts = list(pdf.pages[0].Resources.Font.values())
        carried = [f for f in fonts if "/ToUnicode" in f]
        assert len(carried) == {"embedded": 2, "carried": 1}.get(kind, 0)
        names = {str(f.BaseFont) for f in fonts}
        assert ("/STSong-Light-UniGB-UCS2-H" in names) == (kind == "stsong")
        assert ("/GBK-EUC-H" in {str(f.Encoding) for f in fonts}) == (kind == "gbk")


@pytest.mark.parametrize("quirks", [{"rotate": 90}, {"rotate": 180}, {"rotate": 270}, {"margin": (4.0, 9.0, 6.0, 11.0)}])
@pytest.mark.parametrize("seal", ["image", "form", "annotation"])
def test_turned_and_cropped_pages_look_the_same(tmp_path: Path, quirks: dict[str, object], seal: str) -> None:
    def seen(name: str, **how: object) -> tuple[tuple[int, ...], float]:
        write_pdf([_paper("embedded")], tmp_path / name, quirks=Quirks(seal=seal, **how))  # type: ignore[arg-type]
        pdf = pdfium.PdfDocument(tmp_path / name)
        pdf.init_forms()
        picture = pdf[0].render(scale=1.5, may_draw_forms=True).to_numpy().astype(float)
        return picture.shape, picture

    (plain_shape, plain), (shape, turned) = seen("a.pdf"), seen("b.pdf", **quirks)
    assert abs(plain_shape[0] - shape[0]) <= 1 and abs(plain_shape[1] - shape[1]) <= 1
    high, wide = min(plain_shape[0], shape[0]), min(plain_shape[1], shape[1])
    assert abs(plain[:high, :wide] - turned[:high, :wide]).mean() < 4  # type: ignore[index]
    assert plain.min() < 60  # type: ignore[attr-defined]


def test_values_may_stand_before_their_labels(tmp_path: Path) -> None:
    write_pdf([_paper("simsun")], tmp_path / "a.pdf", quirks=Quirks(fonts="simsun", order="values_first"))
    text = _text(tmp_path / "a.pdf")
    assert text.index(_MONEY) < text.index(_TITLE)
    write_pdf([_paper("simsun")], tmp_path / "b.pdf", quirks=Quirks(fonts="simsun", order="labels_first"))
    assert _text(tmp_path / "b.pdf").index(_TITLE) < _text(tmp_path / "b.pdf").index(_MONEY)


def test_signature_covers_all_but_its_value(tmp_path: Path) -> None:
    quirks = Quirks(seal="annotation", signed=True, packed=False, version="1.4", created=_ISSUED, modified=_ISSUED)
    write_pdf([_paper("embedded")], tmp_path / "a.pdf", quirks=quirks)
    data = (tmp_path / "a.pdf").read_bytes()
    found = re.search(rb"/ByteRange \[ 0 (\d+) (\d+) (\d+) \]", data)
    assert found is not None
    start, end, rest = map(int, found.groups())
    assert data[start : start + 1] == b"<" and data[end - 1 : end] == b">" and end + rest == len(data)
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        assert field.FT == "/Sig" and "/N" in field.AP and len(bytes(field.V.Contents)) * 2 + 2 == end - start


def test_same_marks_same_bytes(tmp_path: Path) -> None:
    for kind in _KINDS:
        for name in ("a", "b"):
            write_pdf([_paper(kind)], tmp_path / f"{name}.pdf", quirks=Quirks(fonts=kind, seal="annotation", signed=True))
        assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_ordinary_papers_can_be_written_too(tmp_path: Path) -> None:
    pages = [Paper(), Paper(297, 210)]
    for i, page in enumerate(pages):
        page.text(20, 30, f"第{i + 1}页 银行回单 8,400.00", 12, face="dot")
    write_pdf(pages, tmp_path / "a.pdf")
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        assert [round(p.width) for p in pdf.pages] == [595, 842]
        assert all("银行回单" in p.extract_text() and "8,400.00" in p.extract_text() for p in pdf.pages)
        dots = [c for c in pdf.pages[0].chars if c["text"] in "84"]
        assert dots[1]["x0"] - dots[0]["x0"] == pytest.approx(12, abs=0.1)  # two half-width places: the 8 and the comma


def test_edits_lie_on_top_of_what_was_there(tmp_path: Path) -> None:
    quirks = Quirks(fonts="simsun", packed=False, created=_ISSUED, modified=_ISSUED, producer="Platform")
    path = tmp_path / "a.pdf"
    write_pdf([_paper("simsun")], path, quirks=quirks)
    before = path.read_bytes()
    patch = [Patch(70, 26, 105, 34), Run("sans", 12.5, 72, 32, "¥99,999.00", (0, 0, 0))]
    append_edit(path, {0: patch}, 60, quirks=quirks, producer="Some Editor", moment=_EDITED)
    after = path.read_bytes()
    assert after.startswith(before) and b"/Prev" in after[len(before) :]
    assert _MONEY in _text(path) and "¥99,999.00" in _text(path)
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo["/Producer"]) == "Some Editor"
        assert str(pdf.docinfo["/ModDate"]).startswith("D:20200506") and str(pdf.docinfo["/CreationDate"]).startswith("D:20190305")
    picture = pdfium.PdfDocument(path)[0].render(scale=2).to_numpy().mean(axis=2)
    assert (picture < 100).any()


def test_subset_of_a_cid_font_draws_the_same_glyphs() -> None:
    sfnt = read_sfnt(font_path("serif"))
    glyph = sfnt.cmap[ord("票")]
    small = subset_cff(sfnt.table(b"CFF "), {glyph, sfnt.cmap[ord("9")]})
    assert len(small) < 20_000
    whole = ImageFont.truetype(str(font_path("serif")), 60)
    part = ImageFont.truetype(io.BytesIO(small), 60)  # names nothing: glyphs are reached by CID through FreeType's own order
    assert part.getname()[0] == whole.getname()[0]


def test_subset_of_a_truetype_font_keeps_its_numbers() -> None:
    spec = find_spec("reportlab")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("no small TrueType font at hand")
    sfnt = Sfnt((Path(spec.submodule_search_locations[0]) / "fonts" / "Vera.ttf").read_bytes())
    glyphs = {sfnt.cmap[ord(char)] for char in "Ä7"}
    small = Sfnt(subset_truetype(sfnt, glyphs))
    assert small.glyph_count == sfnt.glyph_count and len(small.table(b"glyf")) < len(sfnt.table(b"glyf")) / 10
    assert small.width(min(glyphs)) == sfnt.width(min(glyphs))


def test_other_files_are_refused_as_fonts() -> None:
    with pytest.raises(UnusableFont):
        Sfnt(b"ttcf" + b"\0" * 40)

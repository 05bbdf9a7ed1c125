"""Electronic invoices carry a real text layer."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from samples.paper import resolution
from samples.vector_paper import VectorPaper


def _page(path: Path) -> None:
    with resolution(96):
        paper = VectorPaper(120, 60)
    paper.text(10, 20, "价税合计（大写）⊗壹佰圆整 12,345.60", 12, face="sans")
    paper.text(10, 40, "深圳增值税电子普通发票", 12)
    paper.line(5, 50, 110, 50)
    paper.write_pdf(path)


def test_text_can_be_read_where_it_stands(tmp_path: Path) -> None:
    _page(tmp_path / "a.pdf")
    page = pdfium.PdfDocument(tmp_path / "a.pdf")[0]
    layer = page.get_textpage()
    assert "价税合计（大写）⊗壹佰圆整 12,345.60" in layer.get_text_range()
    assert "深圳增值税电子普通发票" in layer.get_text_range()
    upper = layer.get_text_bounded(bottom=(60 - 28) * 72 / 25.4)
    assert "12,345.60" in upper and "深圳" not in upper


def test_glyphs_leave_ink(tmp_path: Path) -> None:
    _page(tmp_path / "a.pdf")
    picture = pdfium.PdfDocument(tmp_path / "a.pdf")[0].render(scale=2).to_numpy().mean(axis=2)
    line = picture[int(17 * 2 * 72 / 25.4) : int(23 * 2 * 72 / 25.4)]
    assert 0.03 < (line < 128).mean() < 0.4


def test_same_drawing_same_bytes(tmp_path: Path) -> None:
    _page(tmp_path / "a.pdf")
    _page(tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()

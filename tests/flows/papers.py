"""Small papers made on the spot: pages with a text layer, pictures, and every kind of spoiled file an applicant sends."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pikepdf

from samples.paper import Paper
from samples.vector_paper import VectorPaper


def text_pdf(path: Path, *pages: str) -> Path:
    """A PDF with a text layer, one page a text (lines by ``\\n``)."""
    whole = pikepdf.new()
    parts = []
    for text in pages:
        paper = VectorPaper(dpi=150)
        for number, line in enumerate(text.split("\n")):
            paper.text(105 if number == 0 else 25, 40 + number * 12, line, 18 if number == 0 else 11, align="c" if number == 0 else "l")
        paper.write_pdf(path)
        parts.append(pikepdf.open(io.BytesIO(path.read_bytes())))
        whole.pages.extend(parts[-1].pages)
    whole.save(path)
    return path


def picture(path: Path, *lines: str) -> Path:
    """A half-size page as a picture, without a text layer: it must be recognised."""
    paper = Paper(width=148, height=105, dpi=150)
    for number, line in enumerate(lines):
        paper.text(20, 20 + number * 12, line, 14)
    paper.image.save(path, dpi=(150, 150))
    return path


def scanned_pdf(path: Path, *pages: str) -> Path:
    """A PDF of pictures, one page a text."""
    images = []
    for text in pages:
        paper = Paper(width=148, height=210, dpi=150)
        for number, line in enumerate(text.split("\n")):
            paper.text(20, 25 + number * 12, line, 13)
        images.append(paper.image)
    images[0].save(path, "PDF", resolution=150, save_all=True, append_images=images[1:])
    return path


def locked_pdf(path: Path) -> Path:
    """A PDF that wants a password to be opened."""
    text_pdf(path, "财务报表")
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="boss", user="secret"))
    return path


def cut_pdf(path: Path) -> Path:
    """A PDF whose transfer broke off early."""
    text_pdf(path, "验资报告")
    path.write_bytes(path.read_bytes()[:300])
    return path


class RawName(zipfile.ZipInfo):
    """A member whose name is those very bytes without the UTF-8 flag, as Windows tools write them."""

    def __init__(self, raw: bytes) -> None:
        super().__init__(raw.decode("cp437"))
        self._raw = raw

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self._raw, self.flag_bits


def gbk_zip(path: Path, member: str, body: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr(RawName(member.encode("gbk")), body)
    return path


def empty_workbook(path: Path) -> Path:
    openpyxl.Workbook().save(path)
    return path


def word_file(path: Path) -> Path:
    from docx import Document

    document = Document()
    document.add_paragraph("项目建设实施方案")
    document.save(str(path))
    return path

"""CSV files. They say neither their encoding nor their separator, and every cell is text."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from pipeline.intake.limits import Limits
from pipeline.intake.problems import file_problem
from pipeline.model import Cell, Sheet, Workbook


def decode(data: bytes) -> tuple[str, str | None]:
    """``(text, note)``: by byte order mark, else strict UTF-8, else GB18030; the note says when characters were lost."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", "replace"), None
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), None
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding), None
        except UnicodeDecodeError:
            continue
    return data.decode("gb18030", "replace"), "有无法识别的字符，请另存为 UTF-8 编码的 CSV 或 xlsx 后重新提交。"


def _separator(text: str) -> str:
    """The sign that cuts the first lines into the most cells, the same number in each; comma when in doubt."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    best, most = ",", 0.0
    for sign in (",", "\t", ";", "|"):
        counts = [len(row) - 1 for row in csv.reader(lines, delimiter=sign)]
        steady = min(counts, default=0) + sum(counts) / max(1, len(counts)) / 100
        if steady > most:
            best, most = sign, steady
    return best


def read_csv(path: Path, limits: Limits) -> Workbook:
    """A CSV file as a workbook of one sheet named after the file. Raises FileProblem ``workbook_too_large``."""
    text, note = decode(path.read_bytes())
    notes = [note] if note else []
    cells: list[Cell] = []
    truncated = False
    csv.field_size_limit(limits.workbook_bytes)
    for row, values in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))):
        if row >= limits.workbook_rows:
            truncated = True
            break
        truncated |= len(values) > limits.workbook_columns
        for column, value in enumerate(values[: limits.workbook_columns]):
            if value == "":
                continue
            if len(value) > limits.cell_chars:
                truncated, value = True, value[: limits.cell_chars]
            cells.append(Cell(row=row, column=column, value=value, text=value))
            if len(cells) > limits.workbook_cells:
                raise file_problem("workbook_too_large", f"单元格超过 {limits.workbook_cells:,} 个")
    if truncated:
        notes.append("表格超出行列上限，超出部分未读取，请删除多余行列后重新提交。")
    return Workbook(sheets=(Sheet(name=path.stem, cells=tuple(cells), truncated=truncated),), notes=tuple(notes))

"""One page from file to reading: scans, turned pages, text layers, blanks, broken files and broken parts."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from reading_pages import PARAGRAPHS, Pixels, bgr, font, grain, letter, paper
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.intake.limits import Limits
from pipeline.model.reading import Line, PageReading
from pipeline.reading import reader
from pipeline.reading.pool import ReadingPool
from pipeline.reading.reader import Eyes, PageTask, load_eyes, read_page

LIMITS = Limits()


@pytest.fixture(scope="module")
def eyes() -> Eyes:
    return load_eyes()


def save(image: Pixels, path: Path) -> Path:
    """A PNG that says 200 dpi."""
    from PIL import Image

    Image.fromarray(image[..., ::-1]).save(path, dpi=(200, 200))
    return path


def page_task(path: Path, media: str = "image", index: int = 0) -> PageTask:
    return PageTask(key="k", path=str(path), media=media, index=index, content="h:1")  # type: ignore[arg-type]


def plain(reading: PageReading) -> str:
    return reading.text.replace(" ", "").replace("\u3000", "")


def digital_pdf(path: Path, sideways: bool = False) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setFont("Helvetica", 12)
    if sideways:  # a landscape table put upright on the sheet without /Rotate
        canvas.translate(A4[0], 0)
        canvas.rotate(90)
    for i in range(14):
        canvas.drawString(70, (520 if sideways else 760) - i * 24, f"Row {i:02d}: machine HX-{2000 + i * 37}, amount {i * 9137 + 0.25:,.2f} yuan, Shenzhen")
    canvas.drawCentredString(400 if sideways else A4[0] / 2, 30, "Page 3 of 20")
    canvas.save()
    return path


@pytest.mark.slow
def test_a_scan_is_read_with_label_and_scale(eyes: Eyes, tmp_path: Path) -> None:
    page = grain(letter(footer="第3页 共20页"))
    reading = read_page(page_task(save(page, tmp_path / "a.png")), eyes, LIMITS)
    assert (reading.error, reading.notes, reading.source, reading.rotation, reading.blank) == (None, (), "ocr", 0, False)
    assert "91440300MA5DA7XK2Q" in reading.text and "08381904" in reading.text
    assert reading.label is not None and (reading.label.number, reading.label.total) == (3, 20)
    assert (reading.width, reading.height) == (1654, 2339)
    assert reading.mm == pytest.approx((210, 297), abs=1) and reading.dpi == pytest.approx(200, abs=1)
    assert reading.colour == "colour"  # black print only, but three sensors that differ: a red seal would show
    assert PageReading.model_validate_json(reading.model_dump_json()) == reading


@pytest.mark.slow
def test_a_scan_that_lies_on_its_side_is_told_in_the_upright_frame(eyes: Eyes, tmp_path: Path) -> None:
    page = letter(footer="第3页 共20页")
    upright = read_page(page_task(save(page, tmp_path / "a.png")), eyes, LIMITS)
    lying = np.asarray(cv2.rotate(page, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    reading = read_page(page_task(save(lying, tmp_path / "b.png")), eyes, LIMITS)
    assert reading.rotation == 270
    assert (reading.width, reading.height) == (1654, 2339)
    assert reading.mm == pytest.approx(upright.mm, abs=0.5)
    assert plain(reading) == plain(upright)
    assert reading.label == upright.label


@pytest.mark.slow
def test_a_page_with_a_red_seal_over_its_text(eyes: Eyes, tmp_path: Path) -> None:
    """The seal is found and its ink no longer hides the text below."""
    page = letter([*PARAGRAPHS, "销售方纳税人识别号 91440300715263748X"], height=30)
    y = int(2339 * 0.08 + 10 * 66 + 20)
    sheet, draw = paper((420, 420))
    draw.ellipse((6, 6, 408, 408), outline=(215, 35, 40), width=11)
    name = "深圳市明远精密电子有限公司"
    seal = bgr(sheet)
    for i, sign in enumerate(name):
        angle = -120 + i * 20
        tile, pen = paper((44, 44))
        pen.text((4, -6), sign, fill=(215, 35, 40), font=font(38))
        turned = np.zeros((420, 420, 3), np.uint8)
        turned[:] = 255
        turned[24:68, 188:232] = bgr(tile)
        matrix = cv2.getRotationMatrix2D((210, 210), -angle, 1.0)
        turned = cv2.warpAffine(turned, matrix, (420, 420), borderValue=(255, 255, 255))
        seal = np.minimum(seal, turned)
    part = page[y - 160 : y + 160 + 100, 300:720]
    part[:] = np.minimum(part, seal)[: part.shape[0], : part.shape[1]]
    reading = read_page(page_task(save(grain(page, 4), tmp_path / "a.png")), eyes, LIMITS)
    assert reading.colour == "colour"
    assert [seal_mark.colour for seal_mark in reading.seals] == ["red"]
    assert "91440300715263748X" in plain(reading)


@pytest.mark.slow
def test_a_text_layer_replaces_ocr_only(eyes: Eyes, tmp_path: Path) -> None:
    reading = read_page(page_task(digital_pdf(tmp_path / "a.pdf"), "pdf"), eyes, LIMITS)
    assert (reading.source, reading.colour, reading.rotation, reading.error) == ("text", "digital", 0, None)
    assert reading.lines[0].source == "text_layer"
    assert "HX-2037" in reading.text and "9,137.25" in reading.text
    assert reading.label is not None and (reading.label.number, reading.label.total) == (3, 20)
    assert reading.width > 1600


@pytest.mark.slow
def test_a_sideways_text_layer_is_turned_with_its_page(eyes: Eyes, tmp_path: Path) -> None:
    reading = read_page(page_task(digital_pdf(tmp_path / "a.pdf", sideways=True), "pdf"), eyes, LIMITS)
    assert reading.rotation == 90
    assert reading.width > reading.height
    assert reading.source == "text"
    rows = [line for line in reading.lines if "HX-" in line.text]
    assert len(rows) == 14
    assert all(line.box[2] - line.box[0] > 5 * (line.box[3] - line.box[1]) for line in rows)
    assert [line.box[1] for line in rows] == sorted(line.box[1] for line in rows)
    assert reading.label is not None and reading.label.number == 3


@pytest.mark.slow
def test_a_layer_that_disagrees_with_the_page_is_not_used(eyes: Eyes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What people see and sign counts, not what a program wrote behind it."""
    path = digital_pdf(tmp_path / "a.pdf")
    honest = reader.text_layer(path, "pdf", 0, LIMITS)
    lines = tuple(line.model_copy(update={"text": f"Zeile {i} Vertrag Nummer {i * 7919}"}) for i, line in enumerate(honest.lines))
    import dataclasses

    monkeypatch.setattr(reader, "text_layer", lambda *a: dataclasses.replace(honest, lines=lines))
    reading = read_page(page_task(path, "pdf"), eyes, LIMITS)
    assert reading.source == "ocr"
    assert "HX-2037" in reading.text and "Vertrag" not in reading.text
    assert any("不一致" in note for note in reading.notes)


@pytest.mark.slow
def test_blank_pages_are_blank_and_a_page_number_is_not(eyes: Eyes, tmp_path: Path) -> None:
    empty = grain(np.full((2339, 1654, 3), 250, np.uint8))
    reading = read_page(page_task(save(empty, tmp_path / "a.png")), eyes, LIMITS)
    assert (reading.blank, reading.source, reading.lines, reading.error) == (True, "none", (), None)
    numbered = read_page(page_task(save(grain(letter([], footer="- 3 -")), tmp_path / "b.png")), eyes, LIMITS)
    assert not numbered.blank
    assert numbered.label is not None and numbered.label.number == 3
    assert numbered.label.box[1] > 0.93 and 0.45 < numbered.label.box[0] < 0.5
    words = read_page(page_task(save(letter([], footer="此页无正文"), tmp_path / "c.png")), eyes, LIMITS)
    assert (words.text, words.blank) == ("此页无正文", False)


def test_a_broken_file_is_an_error_reading(eyes: Eyes, tmp_path: Path) -> None:
    for name, media, content in (("a.pdf", "pdf", b"%PDF-1.7 nonsense"), ("b.png", "image", b"\x89PNG nonsense"), ("c.ofd", "ofd", b"PK nonsense")):
        path = tmp_path / name
        path.write_bytes(content)
        reading = read_page(page_task(path, media), eyes, LIMITS)
        assert reading.error and reading.error_code
        assert reading.error.endswith("。") and reading.content == "h:1"
    gone = read_page(page_task(tmp_path / "gone.pdf", "pdf"), eyes, LIMITS)
    assert gone.error and gone.error_code


def test_a_page_beyond_the_end_is_an_error_reading(eyes: Eyes, tmp_path: Path) -> None:
    reading = read_page(page_task(digital_pdf(tmp_path / "a.pdf"), "pdf", 7), eyes, LIMITS)
    assert reading.error and reading.error_code


@pytest.mark.slow
def test_a_part_that_fails_leaves_a_note_and_the_rest(eyes: Eyes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ZeroDivisionError

    for part in ("find_seals", "find_codes", "page_labels", "looks_blank", "scan_colour"):
        monkeypatch.setattr(reader, part, broken)
    reading = read_page(page_task(save(letter(PARAGRAPHS[:4]), tmp_path / "a.png")), eyes, LIMITS)
    assert reading.error is None
    assert "明远精密" in reading.text
    assert len(reading.notes) == 5 and all(note.endswith("。") for note in reading.notes)
    assert any("印章识别" in note for note in reading.notes)


def test_a_task_survives_its_journey() -> None:
    task = page_task(Path("/资料/发票 a.pdf"), "pdf", 3)
    assert PageTask.model_validate_json(task.model_dump_json()) == task


@pytest.mark.slow
def test_the_pool_reads_what_one_process_reads(eyes: Eyes, tmp_path: Path) -> None:
    paths = [save(letter([f"第{i}份合同编号 HT-{i * 7919}", *PARAGRAPHS[:2]], (1200, 800), 30), tmp_path / f"{i}.png") for i in range(3)]
    tasks = [page_task(path).model_copy(update={"key": path.name}) for path in paths]
    with ReadingPool(workers=1) as pool:
        pool.warm()
        pooled = {task.key: reading for task, reading in pool.read(tasks)}
    assert pooled == {task.key: read_page(task, eyes, LIMITS) for task in tasks}
    assert all(isinstance(line, Line) for reading in pooled.values() for line in reading.lines)

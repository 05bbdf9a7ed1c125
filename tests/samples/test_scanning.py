"""Truth boxes follow the page through skew, rotation, perspective and the bend of the sheet; the looks are what they are called."""

from __future__ import annotations

import io
import random
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image

from samples.assembly import write_picture, write_scans
from samples.choices import Look
from samples.paper import Paper, photocopied, resolution
from samples.scanning import Scan, Scanner, Turn, scan
from samples.scanning.scanner import some_scanner
from samples.seals import company_die, strike

DPI = 80
BOX = (150.0, 30.0, 170.0, 40.0)


def _sheet(width: float = 210, height: float = 297) -> Paper:
    with resolution(DPI):
        paper = Paper(width, height)
    paper.fill(BOX, (0, 0, 0))
    return paper


def _pixels(seen: Scan, tmp_path: Path) -> NDArray[np.float64]:
    """The scan as the file shows it, turned upright."""
    if seen.tone == "bilevel":
        write_picture(tmp_path / "x.tif", seen)
        image = Image.open(tmp_path / "x.tif").convert("RGB")
    else:
        image = Image.open(io.BytesIO(seen.data)).convert("RGB")
    return np.asarray(image.rotate(-seen.rotation, expand=True)).astype(float)


def _largest_dark(picture: NDArray[np.float64], limit: float) -> tuple[float, float, float, float]:
    """The box of the largest dark patch, as fractions."""
    import cv2

    dark = (picture.mean(axis=2) < limit).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark)
    h, w = dark.shape
    # The table around a photographed sheet is larger, but touches the picture's edge.
    best = max((s for s in stats[1:] if s[0] > 0 and s[1] > 0 and s[0] + s[2] < w and s[1] + s[3] < h), key=lambda s: s[4])
    return best[0] / w, best[1] / h, (best[0] + best[2]) / w, (best[1] + best[3]) / h


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("look", ["colour", "grey", "bw", "photo"])
def test_a_box_holds_its_ink_after_everything(rotation: Turn, look: Look, tmp_path: Path) -> None:
    seen = scan(_sheet(), random.Random(3), look, rotation=rotation, max_skew=3.0, scanner=Scanner(adaptive=False))
    found = _largest_dark(_pixels(seen, tmp_path), 110)
    assert np.allclose(found, seen.box(BOX), atol=0.008 if look != "photo" else 0.012)


def test_a_bent_photo_moves_its_boxes(tmp_path: Path) -> None:
    bends = [scan(_sheet(), random.Random(i), "photo") for i in range(8)]
    bent = max(bends, key=lambda s: abs(s.bend))
    assert abs(bent.bend) > 0.5
    assert np.allclose(_largest_dark(_pixels(bent, tmp_path), 110), bent.box(BOX), atol=0.012)


def test_a_small_sheet_lies_on_a_larger_glass(tmp_path: Path) -> None:
    seen = scan(_sheet(200, 100), random.Random(2), "grey", bed=(210, 297), scanner=Scanner(max_skew=0.5))
    assert seen.mm == (210, 297)
    assert np.allclose(_largest_dark(_pixels(seen, tmp_path), 60), seen.box(BOX), atol=0.008)


def test_only_pages_with_ink_of_colour_cost_colour() -> None:
    plain, sealed = _sheet(), _sheet()
    strike(sealed, company_die("深圳市示例样张有限公司"), 100, 150, random.Random(1))
    auto = Scanner(always_colour=False)
    tones = [scan(p, random.Random(1), look, scanner=auto).tone for p, look in ((plain, "colour"), (sealed, "colour"), (sealed, "grey"), (plain, "bw"), (plain, "photo"))]  # type: ignore[arg-type]
    assert tones == ["grey", "colour", "grey", "bilevel", "colour"]


def test_a_photocopy_greys_the_original_and_keeps_fresh_ink() -> None:
    with resolution(DPI), photocopied():
        paper = Paper()
    strike(paper, company_die("深圳市示例样张事务所"), 60, 60, random.Random(1))
    assert not paper.coloured
    strike(paper, company_die("深圳市示例样张有限公司"), 140, 200, random.Random(1), fresh=True)
    assert paper.coloured
    picture = np.asarray(paper.image).astype(int)
    redness = picture[:, :, 0] - picture[:, :, 1]
    assert redness[: paper.px(100)].max() == 0
    assert redness[paper.px(150) :].max() > 60
    assert picture[: paper.px(100)].min() < 150, "the copied seal is there, in grey"


def test_the_back_shines_through_mirrored() -> None:
    with resolution(DPI):
        front, back = Paper(), Paper()
    back.fill((20, 100, 60, 140), (0, 0, 0))
    machine = Scanner(luma=0.1, white=250)
    seen = []
    for seed in range(8):
        bare, veiled = (np.asarray(Image.open(io.BytesIO(scan(front, random.Random(seed), "grey", scanner=machine, back=b).data)), float) for b in (None, back))
        h, w = bare.shape
        band = (bare - veiled)[int(h * 0.36) : int(h * 0.45)]
        assert abs(band[:, int(w * 0.12) : int(w * 0.25)].mean()) < 1
        seen.append(band[:, int(w * 0.75) : int(w * 0.88)].mean())
    assert max(seen) > 4 and min(seen) == 0, "thin paper lets it through, thick paper does not"


def test_the_same_chance_gives_the_same_bytes_whatever_was_scanned_before() -> None:
    first = scan(_sheet(), random.Random(9), "colour", holes=2, stapled=True)
    scan(_sheet(), random.Random(10), "photo")
    assert scan(_sheet(), random.Random(9), "colour", holes=2, stapled=True) == first
    assert scan(_sheet(), random.Random(11), "colour", holes=2, stapled=True).data != first.data


@pytest.mark.parametrize("look", ["grey", "bw", "photo"])
def test_a_pdf_shows_the_page_at_its_size(look: Look, tmp_path: Path) -> None:
    seen = scan(_sheet(), random.Random(4), look, rotation=90, scanner=Scanner(max_skew=0.1, adaptive=False))
    write_scans(tmp_path / "a.pdf", [seen, seen])
    write_scans(tmp_path / "b.pdf", [seen, seen])
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    pdf = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    width, height = pdf[0].get_size()
    if look != "photo":
        assert (round(width), round(height)) == (842, 595)
    shown = pdf[1].render(scale=1).to_pil().convert("RGB").rotate(-90, expand=True)
    assert np.allclose(_largest_dark(np.asarray(shown, float), 110), seen.box(BOX), atol=0.014)


def test_a_picture_tells_its_resolution(tmp_path: Path) -> None:
    seen = scan(_sheet(), random.Random(4), "grey")
    for name in ("a.jpg", "a.png"):
        write_picture(tmp_path / name, seen)
        with Image.open(tmp_path / name) as image:
            assert tuple(round(v) for v in image.info["dpi"]) == (DPI, DPI)


def test_ways_of_making_files_are_not_ways_of_scanning() -> None:
    with pytest.raises(ValueError, match="mixed"):
        scan(_sheet(), random.Random(1), "mixed")


def test_machines_differ() -> None:
    machines = {some_scanner(random.Random(i)) for i in range(6)}
    assert len(machines) == 6

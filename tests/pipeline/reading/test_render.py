"""Pages as pixels: whatever the turn, the crop and the way it was scanned, a mark lands where a person sees it."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.intake import Limits, take_in
from pipeline.intake.problems import PageProblem
from pipeline.reading.render import Raster, render

LIMITS = Limits()


def scan(size: tuple[int, int] = (400, 600), mode: str = "RGB") -> Image.Image:
    """A white sheet with a dark block of one eighth in the top left corner, offset so that no turn maps it onto itself."""
    image = Image.new(mode, size, "white" if mode != "1" else 1)
    width, height = size
    image.paste(0 if mode in ("1", "L") else (200, 0, 0), (width // 8, height // 16, width // 4, height // 8))
    return image


def scan_pdf(
    path: Path, image: Image.Image, *, rotate: int = 0, crop: tuple[float, ...] | None = None, kind: str = "DCT",
    matrix: str = "200 0 0 300 0 0", extra: bytes = b"",
) -> Path:  # fmt: skip
    """A page of 200 × 300 points with ``image`` on it."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 300))
    if kind == "DCT":
        out = io.BytesIO()
        image.save(out, "JPEG", quality=92)
        stream = pdf.make_stream(out.getvalue(), Filter=pikepdf.Name.DCTDecode)
    else:
        stream = pdf.make_stream(image.tobytes())
    stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    stream.Width, stream.Height = image.size
    stream.BitsPerComponent = 1 if image.mode == "1" else 8
    stream.ColorSpace = pikepdf.Name.DeviceRGB if image.mode == "RGB" else pikepdf.Name.DeviceGray
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=stream))
    page.obj.Contents = pdf.make_stream(f"q {matrix} cm /Im Do Q ".encode() + extra)
    if rotate:
        page.obj.Rotate = rotate
    if crop:
        page.obj.CropBox = pikepdf.Array([pikepdf.Object.parse(str(v).encode()) for v in crop])
    pdf.save(path)
    return path


def dark(raster: Raster) -> tuple[float, float, float, float]:
    """Bounds of what is not white, as fractions of the raster."""
    mask = raster.image.min(axis=2) < 128
    ys, xs = np.nonzero(mask)
    height, width = mask.shape
    return (xs.min() / width, ys.min() / height, (xs.max() + 1) / width, (ys.max() + 1) / height)


@pytest.mark.parametrize("kind", ["DCT", "raw", "bilevel"])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (10, 60, 190, 300)])
@pytest.mark.parametrize("matrix", ["200 0 0 300 0 0", "-200 0 0 300 200 0", "0 300 -200 0 200 0", "190 0 0 285 5 10"])
def test_embedded_and_rendered_agree(tmp_path: Path, kind: str, rotate: int, crop: tuple[float, ...] | None, matrix: str) -> None:
    image = scan(mode="1" if kind == "bilevel" else "RGB")
    direct = render(scan_pdf(tmp_path / "a.pdf", image, rotate=rotate, crop=crop, kind=kind, matrix=matrix), "pdf", 0, LIMITS, 100)
    # A stroke outside the page is another object, so this one goes through the renderer.
    drawn = render(
        scan_pdf(tmp_path / "b.pdf", image, rotate=rotate, crop=crop, kind=kind, matrix=matrix, extra=b"1 1 1 rg 9 9 .1 .1 re f"),
        "pdf", 0, LIMITS, 100,
    )  # fmt: skip
    assert direct.embedded and not drawn.embedded
    assert direct.mm == pytest.approx(drawn.mm)
    assert np.abs(np.subtract(direct.image.shape, drawn.image.shape)).max() <= 1
    assert dark(direct) == pytest.approx(dark(drawn), abs=0.012)


@pytest.mark.parametrize("embedded", [True, False])
def test_where_the_mark_lands_by_hand(tmp_path: Path, embedded: bool) -> None:
    """Block at x 25–50, y 262.5–281.25 of a page cut to x 0–100, y 150–300 and turned 90° clockwise."""
    extra = b"" if embedded else b"1 1 1 rg 9 209 .1 .1 re f"
    path = scan_pdf(tmp_path / "a.pdf", scan(), rotate=90, crop=(0, 150, 100, 300), extra=extra)
    raster = render(path, "pdf", 0, LIMITS, 144)
    assert raster.embedded is embedded and raster.image.shape == (200, 300, 3)
    assert dark(raster) == pytest.approx((112.5 / 150, 25 / 100, 131.25 / 150, 50 / 100), abs=0.012)
    b, g, r = raster.image[75, 243]
    assert r > 150 and g < 60 and b < 60  # BGR


def test_resolution_is_never_invented(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan((400, 600)))  # 144 dpi
    assert render(path, "pdf", 0, LIMITS, 300).image.shape[:2] == (600, 400)
    low = render(path, "pdf", 0, LIMITS, 72)
    assert low.image.shape[:2] == (300, 200) and low.dpi == pytest.approx(72)


@pytest.mark.parametrize(
    "extra",
    [b"BT /F1 12 Tf 50 50 Td (x) Tj ET", b"0 0 m 100 100 l S", b"q 0 0 50 50 re W n Q 10 10 5 5 re f"],
)
def test_anything_else_on_the_page_is_seen(tmp_path: Path, extra: bytes) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan(), extra=extra)
    assert not render(path, "pdf", 0, LIMITS, 72).embedded


def test_a_narrow_clip_is_honoured(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan(), matrix="100 0 0 100 0 0 re W n 1 0 0 1 0 0 cm 200 0 0 300 0 0")
    pdf = pikepdf.open(path, allow_overwriting_input=True)
    pdf.pages[0].Contents = pdf.make_stream(b"q 0 0 200 100 re W n 200 0 0 300 0 0 cm /Im Do Q")
    pdf.save(path)
    raster = render(path, "pdf", 0, LIMITS, 72)
    assert not raster.embedded and (raster.image > 250).all()  # the block lies outside the clip


@pytest.mark.parametrize("key", ["Decode", "exif"])
def test_what_changes_the_look_of_a_jpeg_is_honoured(tmp_path: Path, key: str) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan())
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        image = pdf.pages[0].Resources.XObject.Im
        if key == "Decode":
            image.Decode = pikepdf.Array([1, 0, 1, 0, 1, 0])  # a negative
        else:
            exif, out = Image.Exif(), io.BytesIO()
            exif[0x0112] = 3  # upside down for a viewer of photos, not for a PDF
            scan().save(out, "JPEG", exif=exif)
            image.write(out.getvalue(), filter=pikepdf.Name.DCTDecode)
        pdf.save(path)
    raster = render(path, "pdf", 0, LIMITS, 72)
    if key == "Decode":
        assert raster.image[290, 190].max() < 20
    else:
        assert raster.embedded and dark(raster) == pytest.approx((1 / 8, 1 / 16, 1 / 4, 1 / 8), abs=0.02)


def test_stencils_and_soft_masks_are_left_to_the_renderer(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan(mode="1"), kind="bilevel")
    pdf = pikepdf.open(path, allow_overwriting_input=True)
    image = pdf.pages[0].Resources.XObject.Im
    del image["/ColorSpace"]
    image.ImageMask = True
    pdf.save(path)
    assert not render(path, "pdf", 0, LIMITS, 72).embedded


def test_annotations_are_seen(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", Image.new("RGB", (400, 600), "white"))
    assert (render(path, "pdf", 0, LIMITS, 72).image > 250).all()
    pdf = pikepdf.open(path)
    look = pdf.make_stream(b"1 0 0 rg 0 0 40 40 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 40, 40])
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[100, 100, 140, 140], F=4, AP=pikepdf.Dictionary(N=look)
    )
    pdf.pages[0].obj.Annots = pikepdf.Array([pdf.make_indirect(note)])
    pdf.save(tmp_path / "b.pdf")
    raster = render(tmp_path / "b.pdf", "pdf", 0, LIMITS, 72)
    assert not raster.embedded
    b, g, r = raster.image[300 - 120, 120]
    assert (int(b), int(g), int(r)) == (0, 0, 255)


@pytest.mark.parametrize("side", [2_147_483_648, 100_000])
def test_pages_of_miles_are_refused_before_rasterising(tmp_path: Path, side: int) -> None:
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(200, 300))
    page.obj.MediaBox = pikepdf.Array([0, 0, side, side])
    pdf.save(tmp_path / "a.pdf")
    with pytest.raises(PageProblem) as caught:
        render(tmp_path / "a.pdf", "pdf", 0, LIMITS)
    assert caught.value.code in ("page_too_large", "page_unrendered", "page_missing")


def test_budget_lowers_the_resolution_and_says_so(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan(), extra=b"0 0 m 100 100 l S")
    raster = render(path, "pdf", 0, Limits(page_pixels=100_000), 200)
    assert raster.image.shape[0] * raster.image.shape[1] <= 101_500
    assert raster.dpi == pytest.approx(raster.image.shape[1] / (200 / 72), rel=0.01) and raster.mm == pytest.approx((70.56, 105.83), abs=0.1)


def test_problems_are_typed(tmp_path: Path) -> None:
    path = scan_pdf(tmp_path / "a.pdf", scan())
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 50)
    for file, media, index, code in (
        (path, "pdf", 7, "page_missing"), (tmp_path / "broken.pdf", "pdf", 0, "broken_pdf"),
        (tmp_path / "broken.png", "image", 0, "broken_image"), (path, "ofd", 0, "no_raster"), (path, "csv", 0, "no_pages"),
    ):  # fmt: skip
        with pytest.raises(PageProblem) as caught:
            render(file, media, index, LIMITS)  # type: ignore[arg-type]
        assert caught.value.code == code


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_turns_are_honoured(tmp_path: Path, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's transpose operations that EXIF undoes
    image = scan()
    stored = image.transpose(Image.Transpose(undo[orientation])) if orientation > 1 else image
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(tmp_path / "a.jpg", exif=exif, quality=95)
    raster = render(tmp_path / "a.jpg", "image", 0, LIMITS)
    assert raster.image.shape == (600, 400, 3)
    assert dark(raster) == pytest.approx((1 / 8, 1 / 16, 1 / 4, 1 / 8), abs=0.02)


def test_images_of_every_depth(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 65535, 64, dtype=np.uint16), (64, 1))
    Image.fromarray(ramp).save(tmp_path / "deep.png")
    grey = render(tmp_path / "deep.png", "image", 0, LIMITS).image
    assert int(grey[0, 32, 0]) == pytest.approx(127, abs=5) and grey[0, 63, 0] == 255
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(tmp_path / "clear.png")
    assert (render(tmp_path / "clear.png", "image", 0, LIMITS).image == 255).all()
    frames = [Image.new("1", (64, 64), i) for i in (1, 0)]
    frames[0].save(tmp_path / "a.tif", save_all=True, append_images=frames[1:], dpi=(204, 98))
    first, second = (render(tmp_path / "a.tif", "image", i, LIMITS, 400).image for i in (0, 1))
    assert first.min() == 255 and second.max() == 0


def test_scale_is_believed_only_from_scanners(tmp_path: Path) -> None:
    for dpi, known in ((300, True), (72, False), (96, False), (144, False)):
        Image.new("L", (1200, 1800), 255).save(tmp_path / "a.png", dpi=(dpi, dpi))
        raster = render(tmp_path / "a.png", "image", 0, LIMITS, 150)
        assert (raster.mm is not None) is known
    Image.new("L", (1200, 1800), 255).save(tmp_path / "a.png", dpi=(300, 300))
    raster = render(tmp_path / "a.png", "image", 0, LIMITS, 150)
    assert raster.dpi == 150 and raster.image.shape[:2] == (900, 600)


# --- what a page is ---------------------------------------------------------------------------------------------------


def contents(path: Path, workspace: Path) -> list[str]:
    return [p.content for p in take_in([path], workspace).files[0].pages]


def test_equal_pages_are_one_in_any_file_and_order(tmp_path: Path) -> None:
    one = scan_pdf(tmp_path / "one.pdf", scan())
    other = scan_pdf(tmp_path / "other.pdf", scan((500, 700)))
    joined = pikepdf.new()
    for path in (other, one, one):
        with pikepdf.open(path) as pdf:
            joined.pages.extend(pdf.pages)
    joined.add_blank_page()
    joined.save(tmp_path / "joined.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    (first,), (second,) = contents(one, tmp_path / "ws"), contents(other, tmp_path / "ws")
    assert contents(tmp_path / "joined.pdf", tmp_path / "ws")[:3] == [second, first, first]
    assert first != second


@pytest.mark.parametrize(
    "change", [{"extra": b"0 0 m 1 1 l S"}, {"rotate": 180}, {"crop": (0, 0, 199, 300)}, {"matrix": "200 0 0 299 0 0"}]
)
def test_one_stroke_makes_another_page(tmp_path: Path, change: dict[str, object]) -> None:
    plain = contents(scan_pdf(tmp_path / "a.pdf", scan()), tmp_path / "ws")
    changed = contents(scan_pdf(tmp_path / "b.pdf", scan(), **change), tmp_path / "ws")  # type: ignore[arg-type]
    assert plain != changed


def test_images_that_a_page_does_not_use_are_not_part_of_it(tmp_path: Path) -> None:
    """Many producers hang one dictionary with all images of the file on every page."""
    plain = scan_pdf(tmp_path / "a.pdf", scan())
    pdf = pikepdf.open(plain)
    pdf.pages[0].Resources.XObject["/Im99"] = pdf.make_stream(b"other", Subtype=pikepdf.Name.Image)
    pdf.save(tmp_path / "b.pdf")
    assert contents(plain, tmp_path / "ws") == contents(tmp_path / "b.pdf", tmp_path / "ws")


def test_a_stroke_inside_a_form_with_an_odd_name_counts(tmp_path: Path) -> None:
    """In a form's resources an image may be called /A or /P: names that in annotations lead away from the page."""
    keys = []
    for look in (b"1 0 0 rg 0 0 9 9 re f", b"1 0 0 rg 0 0 9 8 re f"):
        pdf = pikepdf.new()
        page = pdf.add_blank_page(page_size=(100, 100))
        inner = pdf.make_stream(look, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        outer = pdf.make_stream(b"/P Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=inner))
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm=outer))
        page.obj.Contents = pdf.make_stream(b"/Fm Do")
        pdf.save(tmp_path / "a.pdf")
        keys.append(contents(tmp_path / "a.pdf", tmp_path / "ws"))
    assert keys[0] != keys[1]


def test_annotation_and_its_ring_of_references(tmp_path: Path) -> None:
    keys = []
    for note_text in ("甲", "乙", "甲"):
        pdf = pikepdf.new()
        pdf.add_blank_page(page_size=(100, 100 + len(keys) * 0))
        page = pdf.pages[0].obj
        note = pdf.make_indirect(pikepdf.Dictionary(Subtype=pikepdf.Name.FreeText, Rect=[0, 0, 9, 9], Contents=note_text, P=page))
        note.Self = note  # a ring that only a cut ends
        page.Annots = pikepdf.Array([note])
        pdf.save(tmp_path / "a.pdf")
        keys.append(contents(tmp_path / "a.pdf", tmp_path / "ws"))
    assert keys[0] == keys[2] != keys[1]

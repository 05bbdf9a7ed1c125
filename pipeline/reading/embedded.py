"""A scanned PDF page is usually one image; taking it directly is faster and sharper than rasterising the page again.
Only when the page shows nothing else and shows the image as it is: anything in doubt is left to the renderer."""

from __future__ import annotations

import ctypes
import io
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as c
from numpy.typing import NDArray
from PIL import Image

from pipeline.intake.limits import Limits
from pipeline.reading.pdfdoc import Frame, OpenPdf

_MAX_OBJECTS = 3_000
_SKEW = 0.002
"""Of the page: an image turned by more than this is not taken directly."""
_COVER = 0.5
"""Share of the page that the image must cover to be the page."""
_INVISIBLE = 3
"""Text render mode 3, an OCR layer under a scan (PDF 1.7, table 106)."""
_PLAIN_COLOURS = frozenset(
    {c.FPDF_COLORSPACE_DEVICEGRAY, c.FPDF_COLORSPACE_DEVICERGB, c.FPDF_COLORSPACE_CALGRAY, c.FPDF_COLORSPACE_CALRGB,
     c.FPDF_COLORSPACE_ICCBASED, c.FPDF_COLORSPACE_INDEXED}
)  # fmt: skip
_UNSEEN_NOTES = frozenset({c.FPDF_ANNOT_LINK, c.FPDF_ANNOT_POPUP})
_HIDDEN_FLAGS = c.FPDF_ANNOT_FLAG_HIDDEN | c.FPDF_ANNOT_FLAG_NOVIEW


@dataclass(frozen=True)
class Placed:
    """The page's image, turned as the page shows it; grey (H×W) or BGR(x). ``box`` is where it lies, as fractions of the
    shown page, and may reach beyond it."""

    pixels: NDArray[Any]
    box: tuple[float, float, float, float]


def sole_image(opened: OpenPdf, index: int, page: Any, frame: Frame, limits: Limits) -> Placed | None:
    """The one image that makes up ``page`` (number ``index``), or None when there is any other visible content, annotation, transparency,
    narrowing clip, skew, exotic colour space, or an image too large to decode."""
    image = _candidate(page)
    if image is None or _has_visible_notes(page) or c.FPDFPageObj_HasTransparency(image) or c.FPDFPageObj_CountMarks(image) > 20:
        return None
    a, b, cc, d, e, f = image.get_matrix().get()
    # Corners of the picture on the page: its top left, top right and bottom left pixel.
    origin, across, down = frame.place(cc + e, d + f), frame.place(a + cc + e, b + d + f), frame.place(e, f)
    right, below = (across[0] - origin[0], across[1] - origin[1]), (down[0] - origin[0], down[1] - origin[1])
    transposed = abs(right[0]) < abs(right[1])
    if max((abs(right[0]), abs(below[1])) if transposed else (abs(right[1]), abs(below[0]))) > _SKEW:
        return None
    far = (origin[0] + right[0] + below[0], origin[1] + right[1] + below[1])
    box = (min(origin[0], far[0]), min(origin[1], far[1]), max(origin[0], far[0]), max(origin[1], far[1]))
    shown = (min(1.0, box[2]) - max(0.0, box[0])) * (min(1.0, box[3]) - max(0.0, box[1]))
    if box[2] <= 0 or box[3] <= 0 or box[0] >= 1 or box[1] >= 1 or shown < _COVER or not _clip_is_wide(image, frame, box):
        return None
    pixels = _pixels(opened, index, image, limits)
    if pixels is None:
        return None
    if transposed:
        pixels = np.swapaxes(pixels, 0, 1)
        right, below = below, right
    if right[0] < 0:
        pixels = pixels[:, ::-1]
    if below[1] < 0:
        pixels = pixels[::-1]
    return Placed(pixels, box)


def _candidate(page: Any) -> Any | None:
    """The page's only visible object if it is an image placed directly on the page."""
    image: Any | None = None
    for count, item in enumerate(page.get_objects(max_depth=6)):
        if count > _MAX_OBJECTS:
            return None
        if item.type == c.FPDF_PAGEOBJ_IMAGE and item.level == 0 and image is None:
            image = item
        elif item.type == c.FPDF_PAGEOBJ_TEXT:
            if c.FPDFTextObj_GetTextRenderMode(item) != _INVISIBLE:
                return None
        elif item.type != c.FPDF_PAGEOBJ_FORM:  # a form is only its content, which is walked too
            return None
    return image


def _has_visible_notes(page: Any) -> bool:
    for number in range(c.FPDFPage_GetAnnotCount(page)):
        note = c.FPDFPage_GetAnnot(page, number)
        if not note:
            return True
        try:
            if c.FPDFAnnot_GetSubtype(note) not in _UNSEEN_NOTES and not c.FPDFAnnot_GetFlags(note) & _HIDDEN_FLAGS:
                return True
        finally:
            c.FPDFPage_CloseAnnot(note)
    return False


def _clip_is_wide(image: Any, frame: Frame, box: tuple[float, float, float, float]) -> bool:
    """Does every clip path leave the image's visible part alone, that is: is it an upright rectangle around it?"""
    clip = c.FPDFPageObj_GetClipPath(image)
    paths = c.FPDFClipPath_CountPaths(clip) if clip else 0
    if paths > 20:
        return False
    for path in range(max(0, paths)):
        points: list[tuple[float, float]] = []
        segments = c.FPDFClipPath_CountPathSegments(clip, path)
        if not 3 <= segments <= 6:
            return False
        for number in range(segments):
            segment = c.FPDFClipPath_GetPathSegment(clip, path, number)
            x, y = ctypes.c_float(), ctypes.c_float()
            if c.FPDFPathSegment_GetType(segment) == c.FPDF_SEGMENT_BEZIERTO or not c.FPDFPathSegment_GetPoint(segment, x, y):
                return False
            points.append(frame.place(x.value, y.value))
        us, vs = [p[0] for p in points], [p[1] for p in points]
        edges = (min(us), max(us)), (min(vs), max(vs))
        if any(min(abs(p[i] - edge) for edge in edges[i]) > _SKEW for p in points for i in (0, 1)):
            return False
        tight = max(0.0, box[0]) - edges[0][0], edges[0][1] - min(1.0, box[2]), max(0.0, box[1]) - edges[1][0], edges[1][1] - min(1.0, box[3])
        if min(tight) < -_SKEW:
            return False
    return True


def _pixels(opened: OpenPdf, index: int, image: Any, limits: Limits) -> NDArray[Any] | None:
    """The decoded image, or None when plain decoding would not be what the page shows."""
    width, height = image.get_px_size()
    if width < 8 or height < 8 or width * height > limits.image_pixels or max(width, height) > limits.image_side:
        return None
    filters = image.get_filters()
    if "JPXDecode" in filters:  # may carry its own transparency
        return None
    if filters == ["DCTDecode"]:
        pixels = _jpeg(opened.image_dictionary(index, width, height), width, height)
        if pixels is not None:
            return pixels
    try:
        if image.get_metadata().colorspace not in _PLAIN_COLOURS:  # a stencil mask has none, inks need mixing
            return None
        bitmap = image.get_bitmap(render=False)
    except pdfium.PdfiumError:
        return None
    if bitmap.format not in (c.FPDFBitmap_Gray, c.FPDFBitmap_BGR, c.FPDFBitmap_BGRx) or (bitmap.width, bitmap.height) != (width, height):
        return None
    return np.array(bitmap.to_numpy())


def _jpeg(stream: Any | None, width: int, height: int) -> NDArray[Any] | None:
    """A JPEG that is nothing but a picture, by OpenCV: half the time of PDFium, which decodes it once more to know its colours.
    None for anything that changes how it looks: decode arrays, masks, parameters, other colour spaces."""
    if stream is None or any(key in stream for key in ("/Decode", "/Mask", "/SMask", "/ImageMask", "/DecodeParms", "/OC")):
        return None
    try:
        space = stream.get("/ColorSpace")
        if isinstance(space, pikepdf.Array) and len(space) == 2 and space[0] == "/ICCBased":
            kind = {1: "L", 3: "RGB"}.get(int(space[1].N))
        else:
            kind = {"/DeviceGray": "L", "/DeviceRGB": "RGB"}.get(str(space))
        data = stream.read_raw_bytes()
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as header:  # what the bytes claim, before anything is decoded
            if header.mode != kind or header.size != (width, height):
                return None
    except (pikepdf.PdfError, Image.DecompressionBombError, ValueError, TypeError, AttributeError, OSError, SyntaxError):
        return None
    mode = cv2.IMREAD_GRAYSCALE if kind == "L" else cv2.IMREAD_COLOR
    # Within a PDF the camera's EXIF turn means nothing.
    pixels = cv2.imdecode(np.frombuffer(data, dtype=np.uint8), mode | cv2.IMREAD_IGNORE_ORIENTATION)
    return None if pixels is None or pixels.shape[:2] != (height, width) else pixels

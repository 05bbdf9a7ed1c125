"""QR codes and barcodes with zxing-cpp, with retries that cost little: other channels, and enlarged crops of places that look like a code.

zxing-cpp read 12 of 12 codes on scans from 150 dpi with a doubled retry; OpenCV and pyzbar read fewer (OCR.md, 3).
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
import zxingcpp

from pipeline.model.base import clamp_box
from pipeline.model.reading import Code
from pipeline.reading.engine import Image, pixels

_FORMATS = zxingcpp.barcode_formats_from_str("QRCode|MicroQRCode|DataMatrix|Aztec|PDF417|Code128|Code39|Code93|EAN13")
"""What Chinese vouchers carry. ITF and Codabar are left out: they are read into ruled tables."""
_LINEAR_MINIMUM = 6
_MAX_CANDIDATES = 3
_MAX_TEXT = 8_000
_CROP_PIXELS = 1200


def find_codes(image: Image) -> list[Code]:
    """All codes of a page (BGR or grey uint8), in reading order; boxes are fractions of ``image``."""
    height, width = image.shape[:2]
    found: dict[tuple[str, str], Code] = {}

    def keep(picture: Image, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> None:
        for code in _read(picture):
            name, text, (x0, y0, x1, y1) = code
            box = clamp_box(
                (x0 / scale + x) / width, (y0 / scale + y) / height, (x1 / scale + x) / width, (y1 / scale + y) / height
            )
            found.setdefault((name, text), Code(type=name, text=text, box=box))

    grey = image if image.ndim == 2 else pixels(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY))
    keep(grey)
    if not found:
        for x, y, w, h in _candidates(grey):
            crop = image[y : y + h, x : x + w]
            for picture, scale in _tries(crop):
                keep(picture, x, y, scale)
                if found:
                    break
    return sorted(found.values(), key=lambda code: (round(code.box[1], 2), code.box[0]))


def _read(picture: Image) -> list[tuple[str, str, tuple[float, float, float, float]]]:
    try:
        barcodes = zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=_FORMATS)
    except (ValueError, RuntimeError):
        return []
    result = []
    for barcode in barcodes:
        name = _name(str(barcode.format))
        text = str(barcode.text)
        if not barcode.valid or not text or len(text) > _MAX_TEXT:
            continue
        if name.startswith(("code", "ean")) and len(text) < _LINEAR_MINIMUM:
            continue
        p = barcode.position
        corners = (p.top_left, p.top_right, p.bottom_right, p.bottom_left)
        xs, ys = [float(c.x) for c in corners], [float(c.y) for c in corners]
        result.append((name, text, (min(xs), min(ys), max(xs), max(ys))))
    return result


def _name(name: str) -> str:
    """``qr`` for QR codes, else the name in lower case without signs."""
    plain = "".join(c for c in name.rsplit(".", 1)[-1].lower() if c.isalnum())
    return "qr" if plain == "qrcode" else plain


def _tries(crop: Image) -> Iterator[tuple[Image, float]]:
    """The crop enlarged, in grey and single channels, plain and sharpened."""
    channels = [crop] if crop.ndim == 2 else [pixels(cv2.cvtColor(crop, cv2.COLOR_BGR2GRAY)), crop[..., 2], crop[..., 1]]
    longest = max(crop.shape[:2])
    for scale in (2.0, 3.0):
        if longest * scale > _CROP_PIXELS and scale > 2.0:
            continue
        for channel in channels:
            large = pixels(cv2.resize(channel, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC))
            yield large, scale
            soft = cv2.GaussianBlur(large, (0, 0), 2.0)
            yield pixels(cv2.addWeighted(large, 1.8, soft, -0.8, 0)), scale


def _candidates(grey: Image) -> list[tuple[int, int, int, int]]:
    """Places ``(x, y, w, h)`` that look like a QR code: dense edges in both directions, about square, about half black."""
    height, width = grey.shape[:2]
    scale = 500 / max(height, width)
    if scale >= 1:
        return [(0, 0, width, height)]
    small = cv2.resize(grey, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA)
    dx = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 1, 0))
    dy = cv2.convertScaleAbs(cv2.Sobel(small, cv2.CV_16S, 0, 1))
    both = cv2.min(cv2.blur(dx, (15, 15)), cv2.blur(dy, (15, 15)))
    both = cv2.resize(both, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    level = max(30.0, 0.45 * float(both.max()))
    mask = cv2.morphologyEx((both > level).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(mask)
    places: list[tuple[float, tuple[int, int, int, int]]] = []
    for x, y, w, h, area in stats[1:]:
        if not (15 <= w <= 200 and 15 <= h <= 200 and 0.6 <= w / h <= 1.7 and area > 0.55 * w * h):
            continue
        pad = 0.25 * max(w, h)
        x0, y0 = max(0, int((x - pad) / scale)), max(0, int((y - pad) / scale))
        x1, y1 = min(width, int((x + w + pad) / scale)), min(height, int((y + h + pad) / scale))
        strength = float(both[y : y + h, x : x + w].mean())
        places.append((strength, (x0, y0, x1 - x0, y1 - y0)))
    places.sort(reverse=True)
    return [place for _, place in places[:_MAX_CANDIDATES]]

"""The second reading: tesseract, another family of engine, as an independent witness on digit strings.

Its resolution is always given (``--dpi``): without it the error rate rises from 4 to 25 % (research/OCR.md, section 1).
Absent or without ``chi_sim`` it is simply off; ``shencai doctor`` says so.
"""

from __future__ import annotations

import functools
import os

import cv2
import numpy as np
import pytesseract
from numpy.typing import NDArray

LINE_HEIGHT_PX = 48
"""Strips are brought to this height: tesseract reads capitals of 30–40 px best."""
LINE_DPI = 300
TIMEOUT_S = 10
QUIET_ZONE_PX = 12
DIGITS = "0123456789"
CHARACTERS = {
    "id": DIGITS + "ABCDEFGHJKLMNPQRTUWXY-",  # alphabet of GB 32100-2015, and the dash of project codes
    "money": DIGITS + ".,-",
    "digits": DIGITS,
}


@functools.cache
def second_engine_version() -> str | None:
    """``tesseract 5.3.0``, or None when it is not installed or lacks ``chi_sim``."""
    try:
        languages = pytesseract.get_languages(config="")
        if "chi_sim" not in languages:
            return None
        return f"tesseract {pytesseract.get_tesseract_version()}"
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError, OSError, SystemExit):
        return None


def read_strip(image: NDArray[np.uint8], characters: str) -> str | None:
    """Read one line of print (grey or BGR, H×W[×3]) with an alphabet of :data:`CHARACTERS`; spaces are dropped.

    Returns None when the engine is off, fails, takes longer than ten seconds or sees nothing.
    """
    if second_engine_version() is None or min(image.shape[:2]) < 4:
        return None
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    scale = LINE_HEIGHT_PX / grey.shape[0]
    strip = cv2.resize(grey, (max(8, round(grey.shape[1] * scale)), LINE_HEIGHT_PX), interpolation=cv2.INTER_CUBIC)
    strip = cv2.copyMakeBorder(strip, *(QUIET_ZONE_PX,) * 4, cv2.BORDER_CONSTANT, value=int(np.percentile(strip, 90)))
    config = f"--psm 7 --dpi {LINE_DPI} -c tessedit_char_whitelist={CHARACTERS[characters]}"
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # one strip is too little work for four threads
    try:
        text: str = pytesseract.image_to_string(strip, lang="eng" if "eng" in _languages() else "chi_sim", config=config, timeout=TIMEOUT_S)
    except (pytesseract.TesseractError, RuntimeError, OSError):
        return None
    return "".join(text.split()) or None


@functools.cache
def _languages() -> frozenset[str]:
    return frozenset(pytesseract.get_languages(config=""))

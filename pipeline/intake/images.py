"""Stand-alone images, opened without surprises: capped before they are decoded, EXIF honoured, one frame at a time."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from pipeline.errors import FileProblem
from pipeline.intake.limits import Limits
from pipeline.intake.problems import file_problem

_FORMATS = ("JPEG", "PNG", "TIFF", "BMP", "WEBP", "GIF")
_ERRORS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError, OverflowError,
           ZeroDivisionError, MemoryError)  # fmt: skip
"""What Pillow's decoders raise on hostile bytes; it documents OSError only."""


@contextmanager
def open_image(path: Path, limits: Limits) -> Iterator[Image.Image]:
    """The image at ``path``, its header read, nothing decoded. Raises FileProblem ``broken_image`` or ``image_too_large``;
    the same for what the body raises while decoding."""
    try:
        # Pillow's own bomb check is replaced by ours, which knows the page it is for and raises a typed problem.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                check_size(image, limits)
                yield image
    except Image.DecompressionBombError as error:
        raise file_problem("image_too_large", "像素过多") from error
    except FileProblem:
        raise
    except _ERRORS as error:
        raise file_problem("broken_image") from error


def check_size(image: Image.Image, limits: Limits) -> None:
    """Raises FileProblem ``image_too_large`` before anything is decoded."""
    width, height = image.size
    if width * height > limits.image_pixels or max(width, height) > limits.image_side:
        raise file_problem("image_too_large", f"{width}×{height} 像素")


def frame_count(image: Image.Image, cap: int) -> int:
    """Pages in an image: the frames of a TIFF, else one. (The second picture in a phone's MPO is a depth or gain map,
    the further frames of a GIF, WebP or PNG are an animation: neither is a page.) At most ``cap + 1`` frames are looked at."""
    if image.format != "TIFF":
        return 1
    count = 1
    # seek, not n_frames: a chain of directories without end would be walked to its end first.
    while count <= cap:
        try:
            image.seek(count)
        except EOFError:
            break
        count += 1
    image.seek(0)
    return count


def seek(image: Image.Image, index: int, limits: Limits) -> None:
    """Turn to frame ``index`` and check its size. Raises FileProblem ``page_missing`` when there is none."""
    if index == 0 and image.format != "TIFF":
        return
    try:
        image.seek(index)
    except EOFError as error:
        raise file_problem("page_missing") from error
    check_size(image, limits)

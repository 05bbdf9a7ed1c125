"""QR symbols: as pictures for papers that are printed evenly, as modules for those that needles print; the fiscal system's payload."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image

from samples.money import plain
from samples.world.model import Invoice

_TYPES = {"special": "01", "vehicle": "03", "ordinary": "04", "e_ordinary": "10"}


def qr_modules(text: str, error: str = "m") -> NDArray[np.bool_]:
    """The symbol of ``text`` without quiet zone, True where dark."""
    return np.array([[bool(dark) for dark in row] for row in segno.make(text, error=error, micro=False).matrix])


def qr_picture(text: str, dpi: int, module: float = 0.5) -> Image.Image:
    """A QR symbol in black and white, modules of about ``module`` millimetres at ``dpi``, with a quiet zone of two."""
    side = max(2, round(dpi * module / 25.4))
    dark = np.pad(qr_modules(text), 2)
    return Image.fromarray(np.where(dark, 20, 255).astype(np.uint8).repeat(side, 0).repeat(side, 1))


def invoice_payload(invoice: Invoice) -> str:
    """What the fiscal system encodes (rule-book B.1.3): the facts, whatever is printed; the amount is the one without tax.

    Special and vehicle invoices have no check code. The last field is a CRC of unpublished make; ours only looks like one.
    """
    kind = _TYPES[invoice.kind]
    check = invoice.check_code if kind in ("04", "10") else ""
    facts = f"01,{kind},{invoice.code},{invoice.number},{plain(invoice.net)},{invoice.issued_on:%Y%m%d},{check},"
    return f"{facts}{crc32(facts.encode()) & 0xFFFF:04X},"

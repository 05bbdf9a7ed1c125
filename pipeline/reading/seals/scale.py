"""How large is the paper? Seals have known sizes in millimetres, so the scale must be known or guessed (SEALS.md 5.1)."""

from __future__ import annotations

INVOICE_WIDTHS_MM = (240.0, 285.0)
"""A landscape picture: the invoice itself (240 mm wide) or the invoice with a margin around it."""
PORTRAIT_WIDTHS_MM = (210.0, 260.0)
"""A portrait picture: an A4 sheet, or one with a margin."""
CUT_OUT_MM = 45.0
"""A picture not larger than a seal: somebody cut the seal out."""
CUT_OUT_PIXELS = 500
CREDIBLE_DPI = (60.0, 1300.0)
"""What scanners and cameras give; anything else is a header left at its default."""


def guesses(width: int, height: int, dpi: float | None) -> tuple[float, ...]:
    """Resolutions to try, in dots per inch, for an image of ``width`` × ``height`` pixels; one when ``dpi`` is credible."""
    if dpi is not None and CREDIBLE_DPI[0] <= dpi <= CREDIBLE_DPI[1]:
        return (float(dpi),)
    if max(width, height) <= CUT_OUT_PIXELS and max(width, height) < 1.4 * min(width, height):
        paper: tuple[float, ...] = (CUT_OUT_MM, PORTRAIT_WIDTHS_MM[0])
    elif width > height:
        paper = INVOICE_WIDTHS_MM
    else:
        paper = PORTRAIT_WIDTHS_MM
    return tuple(width / mm * 25.4 for mm in paper)

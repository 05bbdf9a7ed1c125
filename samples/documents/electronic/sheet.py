"""A paper with an electronic form on it: labels, values, facts that are noted, seals and codes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from math import cos, pi, sin

import numpy as np
from PIL import Image

from samples.documents.electronic.facts import Face, Shown
from samples.documents.electronic.styles import INK, Style
from samples.documents.qr import qr_modules
from samples.fonts import Face as Type
from samples.paper import Align, MmBox, Paper
from samples.seals import Die, invoice_die
from samples.vector_paper import VectorPaper, stamp
from samples.world.model import Invoice, Party

_MERGED = date(2018, 6, 15)
"""国税 and 地税 became one bureau; 监制章 were cut anew."""


@dataclass(frozen=True)
class Cover:
    """A value that an editor laid over the print: the box it covers, and what stands there now."""

    box: MmBox
    x: float
    y: float
    text: str
    size: float


@dataclass
class Sheet:
    """A paper with a form on it. ``covers`` are put on later, by whoever changes the finished file."""

    paper: Paper
    style: Style
    left: float = 0.0
    top: float = 0.0
    covers: list[Cover] = field(default_factory=list)
    face: Face | None = None

    @contextmanager
    def named(self, name: str) -> Iterator[None]:
        if isinstance(self.paper, VectorPaper):
            with self.paper.naming(name):
                yield
        else:
            yield

    def label(self, x: float, y: float, text: str, size: float = 9, *, align: Align = "l", face: Type | None = None, spread: float = 0.0) -> MmBox:
        return self.paper.text(self.left + x, self.top + y, text, size, face=face or self.style.labels, ink=self.style.ink, align=align, role="label", spread=spread)

    def value(self, x: float, y: float, text: str, size: float = 9, *, align: Align = "l", face: Type | None = None, spread: float = 0.0) -> MmBox:
        return self.paper.text(self.left + x, self.top + y, text, size, face=face or self.style.values, ink=INK, align=align, role="value", spread=spread)

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.paper.line(self.left + x0, self.top + y0, self.left + x1, self.top + y1, self.style.rule, self.style.rules_ink or self.style.ink)

    def fact(self, name: str, shown: Shown, x: float, y: float, size: float = 9, *, room: float = 0.0, align: Align = "l", face: Type | None = None, text: str = "") -> None:
        """Prints a field and notes it; where it was patched, the new print is noted instead."""
        text, kind = text or shown.text, face or self.style.values
        if kind != "mono":  # the fonts' own ¥ is full-width
            text = text.replace("¥", "￥")
        while room and self.paper.text_width(text, size, kind) > room and size > 5.5:
            size -= 0.25
        with self.named(name):
            box = self.value(x, y, text, size, align=align, face=kind)
        new = self.face.patched.get(name) if self.face is not None else None
        if new is None:
            self.paper.note(name, shown.value, box)
            return
        cover = Cover((box[0] - 0.4, box[1] + 0.2, box[2] + 0.4, box[3] + 0.3), box[0], (box[1] + box[3]) / 2 + 0.25, new.text, size + 0.5)
        wide = self.paper.text_width(new.text, cover.size, "sans")
        self.covers.append(cover)
        half = cover.size * 0.3528 * 0.52
        self.paper.note(name, new.value, (cover.x, cover.y - half, cover.x + wide, cover.y + half))

    def qr(self, text: str, x: float, y: float, side: float) -> None:
        """A symbol of one pixel to the module, as the platforms put it."""
        dark = np.pad(qr_modules(text), 1)
        image = Image.fromarray(np.where(dark, 0, 255).astype(np.uint8))
        if isinstance(self.paper, VectorPaper):
            self.paper.place(image, self.left + x, self.top + y, side, side, "code")
        else:
            pixels = self.paper.px(side)
            self.paper.picture(image.resize((pixels, pixels), Image.Resampling.NEAREST), self.left + x, self.top + y, "code")

    def supervision(self, invoice: Invoice, x: float, y: float) -> None:
        """监制章: of the bureau as it was called after the merger of June 2018, or before."""
        office = (invoice.agent or invoice.seller).supervision
        place = office.removesuffix("市").removesuffix("省")
        lines = ("国家税务总局", f"{office}税务局") if invoice.issued_on >= _MERGED else (place, "国家税务局监制")
        die = Die("oval", "printed", "全国统一发票监制章", lines, width=30, height=20, star=False)
        stamp(self.paper, die, self.left + x, self.top + y, self.style.seal_ink)

    def invoice_seal(self, owner: Party, x: float, y: float) -> None:
        stamp(self.paper, invoice_die(owner.name, owner.uscc), self.left + x, self.top + y, self.style.seal_ink, scale=0.9)

    def justified(self, words: str, ems: float, size: float = 9) -> str:
        """``words`` with blanks at its gaps (marked by spaces) until it runs ``ems`` wide."""
        parts, kind = words.split(" "), self.style.labels
        em, blank = size * 25.4 / 72, self.paper.text_width(" ", size, kind)
        missing = ems * em - sum(self.paper.text_width(part, size, kind) for part in parts)
        return (" " * max(1, round(missing / blank / max(1, len(parts) - 1)))).join(parts)

    def crossed(self, x: float, y: float, radius: float = 1.75) -> None:
        """The ⊗ that keeps anybody from writing before the amount; drawn, not written."""
        cx, cy, arm = self.left + x, self.top + y, radius * 0.7
        self.paper.curve([(cx + radius * cos(i * pi / 12), cy + radius * sin(i * pi / 12)) for i in range(25)], 0.3, INK)
        for way in (-1, 1):
            self.paper.line(cx - arm, cy - arm * way, cx + arm, cy + arm * way, 0.3, INK)

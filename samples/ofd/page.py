"""A sheet's marks as page objects: text with its advances, paths, images (GB/T 33190, chapters 8 … 11)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape

import numpy as np
from PIL import Image

from samples.fonts import Face
from samples.pdf.metrics import FontKind, advance
from samples.runs import Ink, Mark, Patch, Picture, Run, Stroke

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72
_ASCENT, _HEIGHT = 0.86, 1.42
"""Baseline below the top of a text object's boundary, and the boundary's height, in ems."""
FONT_NAMES: dict[Face, tuple[str, str]] = {
    "serif": ("宋体", "SimSun"), "kai": ("楷体", "KaiTi"), "sans": ("黑体", "SimHei"), "mono": ("Courier New", "Courier New"),
    "dot": ("宋体", "SimSun"), "hand": ("楷体", "KaiTi"), "stamp": ("宋体", "SimSun"),
}  # fmt: skip


@dataclass
class PageBuilder:
    """Turns marks into objects; ids run through the whole document, fonts and pictures are shared."""

    kind: FontKind = "simsun"
    english: bool = False
    """Fonts are named SimSun, KaiTi instead of 宋体, 楷体."""
    short_deltas: bool = False
    """A single advance stands for all that follow."""
    ids: Callable[[], int] = field(default_factory=lambda: count(100).__next__)
    fonts: dict[Face, int] = field(default_factory=dict)
    media: list[tuple[int, str, bytes]] = field(default_factory=list)
    """(id, file name, PNG)."""
    tagged: dict[str, list[int]] = field(default_factory=dict)
    """Name of a run → ids of its text objects."""

    def layer(self, marks: Iterable[Mark], *, param: int | None = None) -> str:
        """A layer of objects; with ``param`` colours are left to that draw parameter."""
        body = "".join(self.element(mark, coloured=param is None) for mark in marks)
        drawn = f' DrawParam="{param}"' if param is not None else ""
        return f'<ofd:Layer{drawn} ID="{self.ids()}">{body}</ofd:Layer>'

    def element(self, mark: Mark, *, coloured: bool = True) -> str:
        if isinstance(mark, Run):
            return self._text(mark, coloured)
        if isinstance(mark, Stroke):
            return self._line(mark, coloured)
        if isinstance(mark, Patch):
            box = (mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0)
            path = f"M 0 0 L {_n(box[2])} 0 L {_n(box[2])} {_n(box[3])} L 0 {_n(box[3])} C"
            return (
                f'<ofd:PathObject ID="{self.ids()}" Boundary="{_box(*box)}" Stroke="false" Fill="true"><ofd:FillColor Value="{_colour(mark.ink)}"/>'
                f"<ofd:AbbreviatedData>{path} </ofd:AbbreviatedData></ofd:PathObject>"
            )
        return self.image(mark, mark.x, mark.y)

    def image(self, mark: Picture, x: float, y: float, extra: str = "") -> str:
        """An image object with its corner at ``(x, y)``."""
        resource = self.ids()
        self.media.append((resource, f"image_{resource}.png", png(mark)))
        size = f"{_n(mark.width)} 0 0 {_n(mark.height)} 0 0"
        return f'<ofd:ImageObject{extra} ID="{self.ids()}" CTM="{size}" Boundary="{_box(x, y, mark.width, mark.height)}" ResourceID="{resource}"/>'

    def _text(self, run: Run, coloured: bool) -> str:
        size = run.size * _MM
        steps = [advance(self.kind, run.face, char) / 1000 * size + run.spread for char in run.text]
        wide = sum(steps)
        object_id = self.ids()
        if run.name:
            self.tagged.setdefault(run.name, []).append(object_id)
        font_id = self.fonts.get(run.face) or self.fonts.setdefault(run.face, self.ids())
        delta = f' DeltaX="{self._deltas(steps[:-1])}"' if len(run.text) > 1 else ""
        colour = f'<ofd:FillColor Value="{_colour(run.ink)}"/>' if coloured and max(run.ink) > 30 else ""
        return (
            f'<ofd:TextObject ID="{object_id}" Boundary="{_box(run.x, run.y - _ASCENT * size, wide, _HEIGHT * size)}" Font="{font_id}" Size="{_n(size)}">'
            f'{colour}<ofd:TextCode X="0" Y="{_n(_ASCENT * size)}"{delta}>{escape(run.text)}</ofd:TextCode></ofd:TextObject>'
        )

    def _deltas(self, steps: list[float]) -> str:
        """Advances with the shorthand ``g count value`` (11.3)."""
        texts = [_n(step) for step in steps]
        if self.short_deltas and len(set(texts)) == 1:
            return texts[0]
        out: list[str] = []
        at = 0
        while at < len(texts):
            end = at
            while end < len(texts) and texts[end] == texts[at]:
                end += 1
            out.append(f"g {end - at} {texts[at]}" if end - at > 1 else texts[at])
            at = end
        return " ".join(out)

    def _line(self, mark: Stroke, coloured: bool) -> str:
        x, y = min(mark.x0, mark.x1), min(mark.y0, mark.y1)
        pad = 0.2 if mark.x0 == mark.x1 or mark.y0 == mark.y1 else 0.0
        px, py = (pad if mark.x0 == mark.x1 else 0.0), (pad if mark.y0 == mark.y1 else 0.0)
        box = _box(x - px, y - py, abs(mark.x1 - mark.x0) + 2 * px, abs(mark.y1 - mark.y0) + 2 * py)
        path = f"M {_n(mark.x0 - x + px)} {_n(mark.y0 - y + py)} L {_n(mark.x1 - x + px)} {_n(mark.y1 - y + py)} "
        colour = f'<ofd:StrokeColor Value="{_colour(mark.ink)}"/>' if coloured and max(mark.ink) > 30 else ""
        return (
            f'<ofd:PathObject ID="{self.ids()}" Boundary="{box}" LineWidth="{_n(mark.width)}">{colour}'
            f"<ofd:AbbreviatedData>{path}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def png(mark: Picture) -> bytes:
    """The picture as PNG, with transparency where it is ink."""
    image = mark.image
    if mark.alpha is not None:
        image = image.convert("RGB")
        image.putalpha(Image.fromarray((np.clip(mark.alpha, 0, 1) * 255).round().astype(np.uint8)))
    elif image.mode == "L":
        image = image.convert("1")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def page_xml(layers: str, size: tuple[float, float], *, template: int | None = None, area: bool = True) -> bytes:
    """Content.xml of a page or template."""
    place = f"<ofd:Area><ofd:PhysicalBox>{_box(0, 0, *size)}</ofd:PhysicalBox></ofd:Area>" if area else ""
    back = f'<ofd:Template TemplateID="{template}" ZOrder="Background"/>' if template is not None else ""
    return xml(f"<ofd:Page {NAMESPACE}>{place}{back}<ofd:Content>{layers}</ofd:Content></ofd:Page>")


def xml(body: str) -> bytes:
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + body).encode()


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def _box(x: float, y: float, width: float, height: float) -> str:
    return " ".join(map(_n, (x, y, width, height)))


def _colour(ink: Ink) -> str:
    return " ".join(map(str, ink))

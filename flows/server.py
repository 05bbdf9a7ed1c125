"""The embedded Prefect server: one child process on a loopback port of its own, started before Prefect is even imported.

Prefect can start such a server itself, but only after importing the whole server code in the calling process too, one
after the other: 15 s where both sides at once take 9 (measured, two cores). Ours also ends with its parent, whatever
ends the parent, and asks for a password that only this run knows.
"""

from __future__ import annotations

import atexit
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

from pipeline.errors import ShencaiError

START_TIMEOUT_S = 120.0
"""A first start on a new database took up to 22 s on a busy machine (research/PREFECT.md, section 8)."""
POLL_S = 0.05
STOP_GRACE_S = 3.0

# Ends with its parent (Linux: a signal from the kernel), then runs uvicorn as Prefect itself does.
_CHILD = """
import ctypes, os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
parent = int(sys.argv.pop(1))
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)
if os.getppid() != parent:
    sys.exit(0)
from uvicorn.main import main
main()
"""


class EmbeddedServer:
    """Starts at once, is waited for later."""

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api"
        os.environ["PREFECT_API_URL"] = self.url
        password = f"shencai:{secrets.token_urlsafe(24)}"
        os.environ["PREFECT_SERVER_API_AUTH_STRING"] = os.environ["PREFECT_API_AUTH_STRING"] = password
        surroundings = {**os.environ, "PREFECT_UI_ENABLED": "0", "PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
        self._log_path = Path(os.environ["PREFECT_HOME"]) / "server.log"
        self._log = self._log_path.open("wb")
        surroundings.pop("PREFECT_API_URL")  # the server must not take itself for a client's server
        self._process = subprocess.Popen(
            [
                sys.executable, "-c", _CHILD, str(os.getpid()), "--factory", "prefect.server.api.server:create_app",
                "--fd", str(self._socket.fileno()), "--log-level", "critical", "--lifespan", "on",
            ],
            env=surroundings, pass_fds=(self._socket.fileno(),), stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
            start_new_session=True,
        )  # fmt: skip
        atexit.register(self.stop)

    def wait(self) -> None:
        """Until the server answers. Raises :class:`ShencaiError` when it ends or does not come up."""
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                why = self._log_path.read_text("utf-8", "replace").strip().splitlines()
                raise ShencaiError(f"流程引擎启动失败：{why[-1] if why else '进程已退出'}。", "请运行 shencai doctor 检查安装。")
            with suppress(urllib.error.URLError, OSError), urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                if answer.status == 200:
                    return
            time.sleep(POLL_S)
        raise ShencaiError(f"流程引擎在 {START_TIMEOUT_S:.0f} 秒内没有启动。", "请稍后再试；机器繁忙时可先关闭其他程序。")

    def stop(self) -> None:
        """End the server; safe to call twice."""
        atexit.unregister(self.stop)
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(STOP_GRACE_S)
            except subprocess.TimeoutExpired:
                with suppress(ProcessLookupError):
                    os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        self._log.close()
        self._socket.close()


_server: EmbeddedServer | None = None


def start_server() -> None:
    """Start the embedded server unless one runs already or the user named one (``PREFECT_API_URL``)."""
    global _server
    if _server is None and "PREFECT_API_URL" not in os.environ:
        _server = EmbeddedServer()


def await_server() -> None:
    """Wait until the embedded server answers; nothing to wait for where the user named one."""
    if _server is not None:
        _server.wait()

"""A real `phahe serve` in a process of its own, for tests that look at it from outside."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import psutil


@contextmanager
def running_server(store: Path, **settings: object) -> Iterator[str]:
    """The address of a server over a store, on a free port of this machine; none of its processes stays."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHAHE_")}
    environment |= {f"PHAHE_{name.upper()}": str(value) for name, value in settings.items()}
    environment |= {"PHAHE_STORE": str(store), "PHAHE_PORT": "0"}
    # what it says goes to a file: a pipe that nobody reads would stop it after some requests
    with tempfile.NamedTemporaryFile("w+") as said:
        program = Path(sys.executable).with_name("phahe")
        process = subprocess.Popen([program, "serve"], env=environment, stderr=said)
        try:
            yield _address(process, Path(said.name))
        finally:
            started = psutil.Process(process.pid).children(recursive=True)
            process.terminate()
            process.wait(30)
            _, left = psutil.wait_procs(started, 5)
            assert not left, f"the server left processes behind: {left}"


def _address(process: "subprocess.Popen[bytes]", said: Path) -> str:
    """Where a server answers, as soon as it does."""
    while process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", said.read_text(encoding="utf-8")):
            with suppress(httpx.TransportError):
                httpx.get(f"{found[0]}/healthz")
                return found[0]
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {said.read_text(encoding='utf-8')}")

"""A real `phahe serve` in a process of its own, for tests that look at it from outside."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx


@contextmanager
def running_server(store: Path, **settings: object) -> Iterator[str]:
    """The address of a server over a store, on a free port of this machine."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHAHE_")}
    environment |= {f"PHAHE_{name.upper()}": str(value) for name, value in settings.items()}
    environment |= {"PHAHE_STORE": str(store), "PHAHE_PORT": "0"}
    with tempfile.TemporaryFile(
        "w+", encoding="utf-8"
    ) as log:  # a pipe that nobody reads would fill and block
        process = subprocess.Popen(
            [Path(sys.executable).with_name("phahe"), "serve"], env=environment, stderr=log
        )
        try:
            yield _address(process, log.fileno())
        finally:
            process.terminate()
            process.communicate(timeout=20)


def _address(process: "subprocess.Popen[bytes]", log: int) -> str:
    """The address it tells, once it answers there."""
    while process.poll() is None:
        told = re.search(rb"http://127\.0\.0\.1:\d+", os.pread(log, 65536, 0))
        if told:
            address = told[0].decode()
            httpx.get(f"{address}/healthz", timeout=60)
            return address
        time.sleep(0.02)
    raise AssertionError(f"the server did not start: {os.pread(log, 65536, 0).decode()}")

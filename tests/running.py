"""A real `phahe serve` in a process of its own, for tests that look at it from outside."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx


@contextmanager
def running_server(store: Path, **settings: object) -> Iterator[str]:
    """The address of a server over a store, on a free port of this machine."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PHAHE_")}
    environment |= {f"PHAHE_{name.upper()}": str(value) for name, value in settings.items()}
    environment |= {"PHAHE_STORE": str(store), "PHAHE_PORT": "0"}
    process = subprocess.Popen(
        [Path(sys.executable).with_name("phahe"), "serve"],
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        told = (re.search(r"http://127\.0\.0\.1:\d+", line) for line in process.stderr)
        address = next((found[0] for found in told if found), None)
        assert address is not None, "the server did not start"
        while process.poll() is None:
            with suppress(httpx.ConnectError):
                httpx.get(f"{address}/healthz")
                break
            time.sleep(0.02)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)

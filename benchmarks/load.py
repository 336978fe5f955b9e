"""Load on an HTTP server, by wrk: how many requests a second, how long they take, how many fail."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local at = 0
request = function()
  at = at %% #paths + 1
  return wrk.format("GET", paths[at])
end
done = function(summary, latency, requests)
  local e = summary.errors
  local answer = '{"requests": %%d, "seconds": %%f, "p50": %%f, "p95": %%f, "p99": %%f, "most": %%f, '
  io.write("\\n" .. string.format(answer .. '"failed": %%d, "refused": %%d}\\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, e.connect + e.read + e.write + e.timeout, e.status))
end
"""


@dataclass(frozen=True)
class Load:
    """What a load came to.

    Attributes:
        requests: answered.
        seconds: of the load.
        p50, p95, p99, most: milliseconds from request to whole answer.
        failed: connections refused or broken, answers that did not come within wrk's time.
        refused: answers of status 400 and above.
    """

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    most: float
    failed: int
    refused: int

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds


def start_load(
    url: str, paths: Sequence[str], clients: int, seconds: float, accept: str = "*/*"
) -> "subprocess.Popen[str]":
    """Start asking for these paths in turn, over as many connections, for whole seconds."""
    if not shutil.which("wrk"):
        raise SystemExit("this benchmark needs wrk (on Debian and Ubuntu: apt install wrk)")
    folder = Path(tempfile.mkdtemp(prefix="wrk-"))
    (folder / "paths").write_text("\n".join(paths) + "\n", encoding="utf-8")
    (folder / "ask.lua").write_text(_SCRIPT % (folder / "paths"), encoding="utf-8")
    return subprocess.Popen(
        ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}", "--timeout", "60", "-H", f"Accept: {accept}",
         "-s", str(folder / "ask.lua"), url],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def finish_load(running: "subprocess.Popen[str]") -> Load:
    """Wait for the load's end and read what it came to."""
    output, _ = running.communicate()
    if running.returncode:
        raise SystemExit(f"wrk: {output}")
    found: dict[str, Any] = json.loads(output.strip().splitlines()[-1])
    return Load(**found)


def measure(url: str, paths: Sequence[str], clients: int, seconds: float, accept: str = "*/*") -> Load:
    """A whole load, after a second of the same to warm the server."""
    finish_load(start_load(url, paths, clients, 1, accept))
    return finish_load(start_load(url, paths, clients, seconds, accept))

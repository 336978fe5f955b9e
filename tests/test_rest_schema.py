"""The OpenAPI document holds: schemathesis makes requests from it, right and wrong, and checks each answer."""

import re
import subprocess
import sys
from pathlib import Path

from tests.corpus import build_corpus
from tests.test_http import serve

CONFIG = Path(__file__).with_name("schemathesis.toml")


def test_every_operation_keeps_what_it_promises(tmp_path: Path) -> None:
    """All checks, in all phases: no fault of the server, nothing undocumented, nothing wrong let through."""
    url, server, thread = serve(build_corpus(tmp_path / "store"))
    try:
        done = subprocess.run(
            [
                str(Path(sys.executable).with_name("schemathesis")),
                *("--config-file", str(CONFIG), "run", f"{url}/openapi.json"),
                *("--seed", "1", "--max-examples", "6", "--no-color"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=180,
        )
    finally:
        server.should_exit = True
        thread.join(10)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    tested = re.search(r"Tested: (\d+)", done.stdout)
    assert tested is not None
    assert int(tested[1]) >= 26, "an operation was left out"

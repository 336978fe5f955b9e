"""A build on a real cluster, a master and two workers on 127.0.0.1, one killed in the middle: the same bytes."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from hashlib import sha256
from pathlib import Path

import pytest

from graph.build import build

ROOT = Path(__file__).resolve().parent.parent

if shutil.which("java") is None:
    pytest.skip("no Java on this machine (Debian: default-jre-headless)", allow_module_level=True)
pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed (phahe[spark])")


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


ENVIRONMENT = os.environ | {
    "PYSPARK_PYTHON": sys.executable,
    "SPARK_LOCAL_IP": "127.0.0.1",
    "PYTHONPATH": str(ROOT),
    "SPARK_SCALA_VERSION": "2.12",  # which Spark's scripts would find out
}


@contextmanager
def spark_process(folder: Path, name: str, *words: str) -> Iterator["subprocess.Popen[bytes]"]:
    home = Path(pyspark.__file__).parent
    command = [
        "java", "-Xmx512m", "-cp", f"{home}/jars/*", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1", *words,
    ]  # fmt: skip
    with (folder / f"{name}-{len(words)}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            env=ENVIRONMENT | {"SPARK_HOME": str(home)},
            start_new_session=True,
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def finished_tasks(worker: Path) -> int:
    """How many tasks the executor of a worker has done, by its log."""
    return sum(
        log.read_text(errors="replace").count("Finished task") for log in worker.glob("app-*/*/stderr")
    )


def test_a_cluster_that_loses_a_worker_gives_the_same_bytes(tmp_path: Path) -> None:
    count = os.environ.get("PHAHE_SPARK_TEXTS", "120")
    script = [sys.executable, str(ROOT / "benchmarks" / "generate_corpus.py"), count, str(tmp_path)]
    subprocess.run(script, check=True, capture_output=True)
    texts, catalogue = tmp_path / "texts.jsonl.gz", ROOT / "data" / "catalogue"
    local = build([texts, catalogue], tmp_path / "store", jobs=2)
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    with ExitStack() as stack:
        start = stack.enter_context
        start(spark_process(tmp_path, "master.Master", "--port", str(port), "--webui-port", str(free_port())))
        folders = [tmp_path / f"worker-{number}" for number in (1, 2)]
        workers = [
            start(
                spark_process(
                    tmp_path, "worker.Worker", "--webui-port", str(free_port()), "--cores", "1", "--memory", "1g",
                    "--work-dir", str(folder), master,
                )
            )
            for folder in folders
        ]  # fmt: skip
        program = Path(sys.executable).with_name("phahe")
        command = [
            str(program),
            "build",
            str(texts),
            str(catalogue),
            "--spark",
            master,
            "--output",
            f"{tmp_path}/out",
        ]
        with (tmp_path / "driver.log").open("wb") as log:
            driver = subprocess.Popen(command, stdout=log, stderr=log, env=ENVIRONMENT)
        try:
            while not (finished_tasks(folders[0]) >= 2 and finished_tasks(folders[1]) >= 2):
                assert driver.poll() is None, (tmp_path / "driver.log").read_text()[-3000:]
                time.sleep(0.1)
            # the worker and the executor it started
            os.killpg(workers[0].pid, signal.SIGKILL)
            assert driver.wait(timeout=600) == 0, (tmp_path / "driver.log").read_text()[-3000:]
        finally:
            driver.kill()
            driver.wait()
    assert "Lost executor" in (tmp_path / "driver.log").read_text()
    digest = sha256()
    for part in sorted((tmp_path / "out").glob("part-*")):
        digest.update(part.read_bytes())
    assert digest.hexdigest()[:16] == local.version

"""`phahe serve` as it runs: real processes, their settings, workers, reloads, log, figures and limits."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
import uvicorn
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_openmetrics
from prometheus_client.parser import text_string_to_metric_families as parse_prometheus

from api.live import LiveStore
from api.metrics import exposition
from api.middleware.observe import route_template
from api.server import create_app
from api.settings import PREFIX, Settings
from tests.small_graph import make_store, swap_build

SCRIPT = Path(sys.executable).with_name("phahe")
R25 = "tw/nq/2013/25"


@dataclass
class Served:
    url: str
    process: psutil.Process
    log: Path

    def workers(self) -> set[int]:
        """Pids of the web processes below the supervisor."""
        return {child.pid for child in self.process.children() if _is_worker(child)}

    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines of the log so far."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line.startswith("{")]


def _is_worker(process: psutil.Process) -> bool:
    try:
        return any("spawn_main" in word for word in process.cmdline())
    except psutil.Error:
        return False  # it ended meanwhile


def clean_environment(**settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return kept | {PREFIX + name.upper(): value for name, value in settings.items()}


def eventually(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """What the condition gives once it holds."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "never came true"
        time.sleep(0.05)
    return found


def is_ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz").status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def serving(store: Path, *options: str, **settings: str) -> Iterator[Served]:
    log = store.with_name(f"{store.name}.log")
    with log.open("wb") as file:
        running = subprocess.Popen(
            [str(SCRIPT), "serve", "--port", "0", "--store", str(store), *options],
            stderr=file,
            env=clean_environment(**settings),
        )
    try:
        found = eventually(lambda: re.search(r"http://127\.0\.0\.1:\d+", log.read_text("utf-8")))
        served = Served(found[0], psutil.Process(running.pid), log)
        eventually(lambda: is_ready(served.url))
        yield served
    finally:
        running.terminate()
        running.wait(30)
    assert "Traceback" not in log.read_text("utf-8")


def both_workers(served: Served) -> set[int]:
    """Pids of two workers, once both run."""
    eventually(lambda: len(served.workers()) == 2, 60)
    return served.workers()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Two workers over the small graph, with a JSON log and small limits."""
    store = make_store(tmp_path_factory.mktemp("serve") / "store")
    with serving(
        store,
        "--workers",
        "2",
        "--query-seconds",
        "2",
        log_format="json",
        max_body_bytes="1000",
    ) as served:
        both_workers(served)
        yield served


# options, environment -> exit status, words on stderr
REFUSED = [
    (["--workers", "vô số"], {}, ["setting workers", "option --workers"]),
    (["--config", "nowhere.toml"], {}, ["settings file nowhere.toml"]),
    (["--store", "nowhere"], {}, ["nothing built there", "phahe build"]),
    (["--store", "nowhere"], {"prot": "80"}, ["PHAHE_PROT: no such setting"]),
    (["--host", "192.0.2.1"], {}, ["192.0.2.1:0: cannot listen there"]),
]


@pytest.mark.parametrize(("options", "variables", "said"), REFUSED, ids=lambda value: str(value)[:40])
def test_serve_says_why_it_does_not_start(
    options: list[str], variables: dict[str, str], said: list[str], tmp_path: Path
) -> None:
    store = make_store(tmp_path / "store")
    done = subprocess.run(
        [str(SCRIPT), "serve", "--port", "0", "--store", str(store), *options],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=tmp_path,
        env=clean_environment(**variables),
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr


# --- processes


def test_a_worker_that_dies_is_replaced(two: Served) -> None:
    victim, other = sorted(both_workers(two))
    psutil.Process(victim).kill()
    eventually(lambda: len(two.workers() - {victim}) == 2)
    assert other in two.workers()
    eventually(lambda: is_ready(two.url))


def test_a_hangup_replaces_all_workers(two: Served) -> None:
    before = both_workers(two)
    two.process.send_signal(signal.SIGHUP)
    eventually(lambda: len(now := two.workers()) == 2 and not now & before, 60)
    assert is_ready(two.url)


def test_workers_do_not_outlive_their_supervisor(tmp_path: Path) -> None:
    with serving(make_store(tmp_path / "store"), "--workers", "2") as served:
        workers = [psutil.Process(pid) for pid in both_workers(served)]
        served.process.kill()
        gone, alive = psutil.wait_procs(workers, timeout=20)
        assert (len(gone), alive) == (2, [])


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_a_request_that_runs_is_finished_before_the_end(workers: str, stop: int, tmp_path: Path) -> None:
    query = "ASK { ?văn_bản ph:implements ?nghị_quyết }".encode()
    head = (
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Accept: text/csv, application/sparql-results+json\r\nContent-Length: %d\r\n\r\n" % len(query)
    )
    with serving(make_store(tmp_path / "store"), "--workers", workers) as served:
        port = int(served.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as client:
            client.sendall(head + query[:10])
            time.sleep(0.3)
            served.process.send_signal(stop)
            time.sleep(0.7)
            client.sendall(query[10:])
            answer = b"".join(iter(lambda: client.recv(65536), b""))
        assert answer.startswith(b"HTTP/1.1 200 "), answer[:300]
        served.process.wait(20)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=5)


def test_builds_are_exchanged_under_load_without_a_lost_request(tmp_path: Path) -> None:
    """Requests never stop while three builds go live one after another; each is answered from one of them."""
    store = make_store(tmp_path / "store")
    addresses = [f"/documents/{R25}/implementing", f"/documents/{R25}", "/readyz", "/resolve?q=23-QĐ/TW"]
    seen: set[str] = set()
    failed: list[str] = []
    stop = threading.Event()
    counts = [0] * 4

    def ask(which: int, url: str) -> None:
        with httpx.Client(base_url=url, timeout=20) as client:
            while not stop.is_set():
                address = addresses[counts[which] % len(addresses)]
                answer = client.get(address)
                counts[which] += 1
                if answer.status_code not in (200, 300):
                    failed.append(f"{address} {answer.status_code} {answer.text[:200]}")
                elif address == "/readyz":
                    seen.add(answer.json()["version"])

    with serving(store, "--workers", "2") as served:
        threads = [threading.Thread(target=ask, args=(number, served.url)) for number in range(4)]
        for thread in threads:
            thread.start()
        try:
            versions = []
            for note in ("bản dựng hai", "bản dựng ba", "bản dựng bốn"):
                versions.append(swap_build(store, note))
                eventually(lambda: versions[-1] in seen)
        finally:
            stop.set()
            for thread in threads:
                thread.join(30)
    assert failed == []
    assert set(versions) <= seen
    assert min(counts) > len(addresses)


def test_a_build_that_cannot_be_opened_leaves_the_old_one_serving(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    with serving(store) as served:
        before = httpx.get(f"{served.url}/readyz").json()["version"]
        (store / "next").write_text("ffffffffffffffff\n", encoding="utf-8")
        (store / "next").replace(store / "CURRENT")
        eventually(lambda: "the build before serves on" in served.log.read_text("utf-8"))
        assert httpx.get(f"{served.url}/readyz").json()["version"] == before
        after = swap_build(store, "bản dựng lành")
        eventually(lambda: httpx.get(f"{served.url}/readyz").json()["version"] == after)


# --- what is written down


def test_every_request_is_one_line_of_json(two: Served) -> None:
    asked = [
        ("GET", f"/documents/{R25}/lineage?depth=2", "/documents/{path}/lineage", 200),
        ("GET", "/no/such/page", "unmatched", 404),
        ("HEAD", f"/documents/{R25}", "/documents/{path}", 200),
        ("POST", "/readyz", "/readyz", 405),
        ("GET", "/resolve?q=99-NQ/TW", "/resolve", 404),
    ]
    with httpx.Client(base_url=two.url) as client:
        for number, (method, address, _, status) in enumerate(asked):
            answer = client.request(method, address, headers={"X-Request-ID": f"dòng-{number}".encode()})
            assert answer.status_code == status
            identity = answer.headers["x-request-id"]
            line = eventually(lambda: [x for x in two.lines() if x.get("request_id") == identity])  # noqa: B023
            assert len(line) == 1
            route = asked[number][2]
            assert line[0].items() >= {
                "method": method, "route": route, "path": address.split("?")[0], "status": status,
                "client": "127.0.0.1", "bytes": len(answer.content),
            }.items()  # fmt: skip
            assert 0 < line[0]["seconds"] < 60
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line[0]["time"])
    assert not [line for line in two.log.read_text("utf-8").splitlines() if "99-NQ" in line], (
        "queries stay private"
    )


# what the client sends -> whether it is kept
IDENTITIES = [
    ("abc-123", True),
    ("4bf92f3577b34da6a3ce929d0e0e4736", True),
    ("a/b:c=d@e", True),
    ("x" * 128, True),
    ("x" * 129, False),
    ("", False),
    ("hai từ", False),
    ('"><script>', False),
    ("-a", False),
]


@pytest.mark.parametrize(("given", "is_kept"), IDENTITIES)
def test_a_sane_request_id_is_kept(given: str, is_kept: bool, two: Served) -> None:
    answer = httpx.get(f"{two.url}/nowhere", headers={"X-Request-ID": given.encode()})
    returned = answer.headers["x-request-id"]
    assert answer.json()["request_id"] == returned
    assert (returned == given) is is_kept
    assert re.fullmatch(r"[\w./:+=@-]+", returned)


def test_the_figures_of_all_workers_are_added_up(two: Served) -> None:
    def figures(client: httpx.Client) -> dict[tuple[str, ...], float]:
        text = client.get("/metrics").text
        return {
            (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
            for family in parse_prometheus(text)
            for sample in family.samples
        }

    key = ("phahe_http_requests_total", "GET", "/healthz", "200")
    with httpx.Client(base_url=two.url) as client:
        before = figures(client)
        for _ in range(20):
            assert (
                httpx.get(f"{two.url}/healthz").status_code == 200
            )  # a connection each: either worker answers
        after = eventually(lambda: (now := figures(client))[key] - before.get(key, 0) == 20 and now)
    duration = "phahe_http_request_duration_seconds_count"
    assert after[duration, "GET", "/healthz"] - before.get((duration, "GET", "/healthz"), 0) == 20
    assert after["phahe_http_requests_in_flight",] == 1, "only the one that asks for the figures"
    assert after["phahe_store_ready",] == 1
    assert after["phahe_store_documents",] == 14
    assert after["phahe_store_info", httpx.get(f"{two.url}/readyz").json()["version"]] == 1


# query -> outcome it is counted as
OUTCOMES = [
    ("ASK { ?x ph:implements ?y }", "answered"),
    ("SELEC", "refused"),
    ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", "timed-out"),
]


@pytest.mark.parametrize(("query", "outcome"), OUTCOMES)
def test_queries_are_counted_by_how_they_ended(query: str, outcome: str, two: Served) -> None:
    def count() -> float:
        return sum(
            sample.value
            for family in parse_prometheus(httpx.get(f"{two.url}/metrics").text)
            for sample in family.samples
            if sample.name == "phahe_sparql_queries_total" and sample.labels["outcome"] == outcome
        )

    before = count()
    httpx.get(f"{two.url}/sparql", params={"query": query}, timeout=30)
    assert eventually(lambda: count() - before) == 1


def test_readiness_tells_of_the_build_and_of_the_query_processes(two: Served) -> None:
    def answer() -> dict[str, Any]:
        return dict(httpx.get(f"{two.url}/readyz").json())

    assert answer()["query_processes"] == 2
    assert re.fullmatch(r"[0-9a-f]{16}", answer()["version"])


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("*/*", "text/plain"), ("application/openmetrics-text; version=1.0.0", "application/openmetrics-text")],
)
def test_figures_are_read_by_the_parsers_of_others(accept: str, kind: str, two: Served) -> None:
    answer = httpx.get(f"{two.url}/metrics", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith(kind)
    parse = parse_openmetrics if "openmetrics" in kind else parse_prometheus
    families = {family.name: family for family in parse(answer.text)}
    assert {"phahe_http_requests", "phahe_http_request_duration_seconds", "phahe_store_info"} <= {
        name.removesuffix("_total") for name in families
    }
    assert all(family.documentation for family in families.values())


def test_relations_are_told_by_predicate(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    (manifest,) = store.glob("builds/*/manifest.json")
    told = json.loads(manifest.read_text("utf-8")) | {
        "relations": {"cites": 1, "implements": 6},
        "unresolved": 2,
    }
    manifest.write_text(json.dumps(told), encoding="utf-8")
    text = exposition(LiveStore(store), "*/*")[0].decode()
    found = {
        (sample.name, sample.labels.get("predicate")): sample.value
        for family in parse_prometheus(text)
        for sample in family.samples
    }
    assert found["phahe_store_relations", "implements"] == 6
    assert found["phahe_store_unresolved", None] == 2


# path, parameters, mounted at -> template
TEMPLATES = [
    ("/documents/tw/nq/2013/25", {"path": "tw/nq/2013/25"}, "", "/documents/{path}"),
    ("/documents/tw/nq/2013/25/lineage", {"path": "tw/nq/2013/25"}, "", "/documents/{path}/lineage"),
    ("/v1/documents/x", {"path": "x"}, "", "/v1/documents/{path}"),
    ("/documents/", {"path": ""}, "", "/documents/{path}"),
    ("/sparql", {}, "", "/sparql"),
    ("/static/phahe.css", {}, "/static", "/static/{path}"),
]


@pytest.mark.parametrize(("path", "parameters", "mounted", "template"), TEMPLATES)
def test_figures_are_kept_by_route_not_by_address(
    path: str, parameters: dict[str, str], mounted: str, template: str
) -> None:
    scope = {"path": path, "path_params": parameters, "root_path": mounted, "endpoint": print}
    assert route_template(scope) == template


def test_a_fault_of_ours_is_one_problem_and_one_entry_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(Settings(store=make_store(tmp_path / "store")))

    def break_down() -> None:
        raise ZeroDivisionError("bí mật nội bộ")

    app.add_api_route("/broken", break_down)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        eventually(lambda: server.started)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/broken"
        answer = httpx.get(url, headers={"X-Request-ID": "lỗi-1".encode()})
    finally:
        server.should_exit = True
        thread.join(20)
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "bí mật" not in answer.text
    entries = [record for record in caplog.records if record.name == "phahe" and record.exc_info]
    assert [record.__dict__["request_id"] for record in entries] == [answer.headers["x-request-id"]]


# --- what is let in and what is shown

# origin of the page, origins allowed -> what Access-Control-Allow-Origin says
CROSSING = [
    ("https://example.org", (), None),
    ("https://example.org", ("https://example.org",), "https://example.org"),
    ("https://evil.example.org", ("https://example.org",), None),
    ("null", ("https://example.org",), None),
    ("https://evil.example.org", ("*",), "*"),
    (None, ("https://example.org",), None),
]


@pytest.mark.parametrize(("origin", "allowed", "said"), CROSSING)
def test_pages_of_other_origins_read_what_is_allowed(
    origin: str | None, allowed: tuple[str, ...], said: str | None, tmp_path: Path
) -> None:
    app = create_app(Settings(store=make_store(tmp_path / "store"), cors_origins=allowed))
    headers = {"Origin": origin} if origin else {}
    transport = httpx.ASGITransport(app)

    async def ask(method: str, **more: str) -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.request(method, "/healthz", headers=headers | more)

    import anyio

    answer = anyio.run(ask, "GET")
    asked_first = anyio.run(lambda: ask("OPTIONS", **{"Access-Control-Request-Method": "GET"}))
    assert answer.headers.get("access-control-allow-origin") == said
    for one in (answer, asked_first):
        assert "access-control-allow-credentials" not in one.headers
    if origin:
        assert asked_first.headers.get("access-control-allow-origin") == said


@pytest.mark.parametrize("is_announced", [True, False])
def test_a_body_that_is_too_long_is_refused(is_announced: bool, two: Served) -> None:
    body = ("ASK {} #" + "ă" * 1000).encode()
    kind = {"Content-Type": "application/sparql-query"}
    answer = httpx.post(
        f"{two.url}/sparql", content=body if is_announced else iter([body[:500], body[500:]]), headers=kind
    )
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"].endswith("/content-too-large")
    assert httpx.post(f"{two.url}/sparql", content=b"ASK {}", headers=kind).status_code == 200


# path, accept -> headers with their values; None: absent
SHOWN = [
    ("/readyz", "*/*", {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer",
                        "content-security-policy": re.compile("default-src 'none'.*sandbox")}),
    (f"/documents/{R25}", "text/html", {"x-content-type-options": "nosniff",
                                        "content-security-policy": re.compile("^(?!.*sandbox)")}),
    (f"/documents/{R25}", "text/turtle", {"content-security-policy": re.compile("sandbox")}),
    ("/nowhere", "*/*", {"x-content-type-options": "nosniff", "content-security-policy": re.compile("sandbox")}),
]  # fmt: skip


@pytest.mark.parametrize(("path", "accept", "expected"), SHOWN)
def test_browsers_do_nothing_with_data_but_show_it(
    path: str, accept: str, expected: dict[str, Any], two: Served
) -> None:
    answer = httpx.get(two.url + path, headers={"Accept": accept})
    for name, value in expected.items():
        assert re.search(value, answer.headers[name]), (name, answer.headers[name])
    assert "server" not in answer.headers


def test_answers_are_compressed_for_who_wants_it(two: Served) -> None:
    path = f"{two.url}/documents/{R25}/implementing"
    plain = httpx.get(path, headers={"Accept-Encoding": "identity"})
    small = httpx.get(path, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < len(plain.content) / 2
    assert small.content == plain.content
    assert "Accept-Encoding" in small.headers["vary"]

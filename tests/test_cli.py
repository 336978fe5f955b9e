"""The command line: what goes to stdout and to stderr, formats, exit statuses; the installed command too."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result

from api.cli import AMBIGUOUS, DONE, NOTHING, WRONG_USE, cli
from api.commands.export import FORMATS
from api.tables import shown_excerpt
from graph.export import FORMATS as WRITTEN
from tests.small_graph import PH, REPORT, make_store

R25 = "tw/nq/2013/25"
SCRIPT = Path(sys.executable).parent / "phahe"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("cli") / "store")


def phahe(*words: str, store: Path | None = None) -> Result:
    """Run a command in this process."""
    places = ("--store", str(store)) if store else ()
    return CliRunner(env={"COLUMNS": "120"}).invoke(cli, [*words, *places], prog_name="phahe")


def run(*words: str, store: Path | None = None, **options: object) -> "subprocess.CompletedProcess[str]":
    """Run the installed command."""
    environment = {**os.environ, "PHAHE_STORE": str(store)} if store else None
    return subprocess.run(
        [str(SCRIPT), *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=60,
        **options,
    )  # type: ignore[call-overload,no-any-return]


# words -> exit status, what stdout holds, what stderr holds
STATUSES = [
    (("find", "25-NQ/TW"), AMBIGUOUS, "03/6/2013", "3 documents bear it"),
    (("find", "Nghị", "quyết", "25"), AMBIGUOUS, "khóa XI", "3 documents bear it"),
    (("find", "Nghị quyết 25", "--limit", "1"), AMBIGUOUS, "03/6/2013", "3 documents bear it"),
    (("find", "290-QĐ/TW"), DONE, "tw/qd/2009/290", ""),
    (("find", "99-NQ/TW"), NOTHING, "", "not in this corpus"),
    (("find",), WRONG_USE, "", "Missing argument"),
    (("implementing", "25-NQ/TW"), AMBIGUOUS, "thanh niên", "3 documents bear it"),
    (("implementing", R25), DONE, "Hưng Yên", ""),
    (("implementing", "99-NQ/TW"), NOTHING, "", "not in this corpus"),
    (("implementing", "33/CT-TTg"), NOTHING, "", "nothing in this corpus"),
    (("implementing", R25, "--level", "x"), WRONG_USE, "", "Invalid value"),
    (("implementing", R25, "--place", "Atlantis"), WRONG_USE, "", "Atlantis"),
    (("implementing", R25, "--as-of", "3/6/2013"), WRONG_USE, "", "ISO date"),
    (("lineage", "tw/qd/2021/23", "--direction", "both"), DONE, "thay thế", ""),
    (("lineage", R25, "--direction", "down", "--depth", "1"), DONE, "thực hiện", "truncated"),
    (("lineage", "33/CT-TTg"), NOTHING, "", "no relation of this kind"),
    (("lineage", R25, "--relation", "obeys"), WRONG_USE, "", "obeys"),
    (("sparql", "ASK { ?x ph:implements ?y }"), DONE, "true", ""),
    (("sparql", "SELEC"), WRONG_USE, "", "query: "),
    (("sparql", "SELECT * { SERVICE <http://127.0.0.1/> {} }"), WRONG_USE, "", "SERVICE is refused"),
    (("sparql",), WRONG_USE, "", "either QUERY or --file"),
    (("sparql", "ASK {}", "--format", "turtle"), WRONG_USE, "", "the answer of this query is a table"),
    (("sparql", "CONSTRUCT WHERE { ?x ph:implements ?y }", "--format", "csv"), WRONG_USE, "", "is a graph"),
    (("stats",), DONE, "documents", ""),
    (("draw", "25-NQ/TW", "-o", "never.html"), AMBIGUOUS, "03/6/2013", "3 documents bear it"),
    (("nonsense",), WRONG_USE, "", "No such command"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status", "said", "complained"), STATUSES)
def test_statuses_data_and_messages(
    store: Path, words: tuple[str, ...], status: int, said: str, complained: str
) -> None:
    done = phahe(*words, store=None if words == ("nonsense",) else store)
    assert done.exit_code == status, done.output
    assert said in done.stdout
    assert complained in done.stderr
    assert "Traceback" not in done.output
    if not said:
        assert done.stdout == ""
    if status in (NOTHING, AMBIGUOUS):
        assert len(done.stderr.splitlines()) == 1, "one line that says what is wrong"


@pytest.mark.parametrize(
    "words", [("find", "25"), ("implementing", "25"), ("stats",), ("check",), ("serve",)]
)
def test_a_store_that_is_not_there_is_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = phahe(*words, store=tmp_path / "none")
    assert done.exit_code == WRONG_USE
    assert done.stdout == ""
    assert done.stderr.startswith("phahe: store ")
    assert len(done.stderr.splitlines()) == 1


def test_implementing_as_json_and_csv(store: Path) -> None:
    rows = json.loads(phahe("implementing", R25, "--format", "json", store=store).stdout)
    assert [row["document"]["number"] for row in rows] == [
        "357-QC/TU",
        "28-CT/TU",
        "05-ĐA/TU",
        "12-KH/HU",
        "28-CT/TU",
    ]
    for row in rows:
        assert row["quote"] == REPORT.raw[row["start"] : row["end"]]
    assert rows[3]["via"][0]["document"]["number"] == "28-CT/TU"
    table = list(
        csv.DictReader(io.StringIO(phahe("implementing", R25, "--format", "csv", store=store).stdout))
    )
    assert [row["number"] for row in table] == [row["document"]["number"] for row in rows]
    assert table[3]["via"] == "28-CT/TU"
    empty = phahe("implementing", "33/CT-TTg", "--format", "json", store=store)
    assert (json.loads(empty.stdout), empty.exit_code) == ([], NOTHING)


def test_candidates_come_in_the_format_asked_for(store: Path) -> None:
    for command in ("find", "implementing"):
        done = phahe(command, "25-NQ/TW", "--format", "json", store=store)
        assert [row["path"] for row in json.loads(done.stdout)] == [R25, "tw/nq/2008/25", "tw/nq/2003/25"]
        assert done.exit_code == AMBIGUOUS


def test_the_table_groups_by_place_and_quotes(store: Path) -> None:
    text = phahe("implementing", R25, store=store).stdout
    assert text.count("│ Hải Dương  │") == 1, "the place is named once for all its documents"
    assert "(qua 28-CT/TU)" in text
    assert "<b>ban" in " ".join(text.replace("│", " ").split())


def test_lineage_as_json_and_csv(store: Path) -> None:
    found = json.loads(phahe("lineage", "12-KH/HU", "--format", "json", store=store).stdout)
    assert [edge["predicate"] for edge in found["edges"]] == ["guides", "implements"]
    table = phahe("lineage", "12-KH/HU", "--format", "csv", store=store).stdout
    assert [row["predicate"] for row in csv.DictReader(io.StringIO(table))] == ["guides", "implements"]


@pytest.mark.parametrize(
    ("form", "begins"),
    [("json", '{"head"'), ("xml", "<?xml"), ("csv", "x\r\n"), ("tsv", "?x\n"), ("table", "╭")],
)
def test_sparql_formats(store: Path, form: str, begins: str) -> None:
    done = run(
        "sparql",
        f"SELECT ?x {{ ?x ph:implements <https://w3id.org/phahe/doc/{R25}> }}",
        "--format",
        form,
        store=store,
    )
    assert done.returncode == DONE, done.stderr
    assert done.stdout.startswith(begins.replace("\r\n", "\n"))


def test_sparql_graphs_and_files(store: Path, tmp_path: Path) -> None:
    query = tmp_path / "question.rq"
    query.write_text("CONSTRUCT WHERE { ?x ph:implements ?y }", encoding="utf-8")
    assert f"<{PH}implements>" in run("sparql", "-f", str(query), "--format", "ntriples", store=store).stdout
    piped = subprocess.run(
        [str(SCRIPT), "sparql", "-f", "-"], input=query.read_text(), capture_output=True, text=True,
        env={**os.environ, "PHAHE_STORE": str(store)}, timeout=60,
    )  # fmt: skip
    assert piped.returncode == DONE
    assert "implements" in piped.stdout


def test_a_long_table_says_that_it_is_cut(store: Path) -> None:
    done = phahe("sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1001", store=store)
    assert done.exit_code == DONE
    assert "only the first 1000 rows" in done.stderr
    assert not phahe("sparql", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 1000", store=store).stderr


def test_draw_and_export_write_whole_files(store: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    done = phahe("draw", R25, "--hops", "2", "-o", str(page), store=store)
    assert done.exit_code == DONE, done.output
    assert done.stdout == ""
    assert "25-NQ/TW" in page.read_text(encoding="utf-8")
    assert phahe("draw", R25, "-o", str(tmp_path / "no" / "page.html"), store=store).exit_code == WRONG_USE
    assert FORMATS == WRITTEN
    for form in FORMATS:
        out = tmp_path / f"out.{form}"
        done = phahe("export", "--format", form, "-o", str(out), store=store)
        assert done.exit_code == DONE, done.output
        assert out.stat().st_size > 1000
    assert {path.name for path in tmp_path.iterdir()} == {"page.html", *(f"out.{form}" for form in FORMATS)}


def test_check_reports_a_planted_fault_with_node_and_rule(store: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    assert phahe("export", "--format", "nquads", "-o", str(graph), store=store).exit_code == DONE
    lines = [line for line in graph.read_text(encoding="utf-8").splitlines() if "doc/tw/kl/2015/1" in line]
    lines.append(f'<https://w3id.org/phahe/doc/tw/kl/2015/1> <{PH}dateIssued> "hôm qua" .')
    graph.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = phahe("check", "--graph", str(graph), "--format", "json")
    assert done.exit_code == NOTHING
    faults = [(row["node"].rpartition("doc/")[2], row["rule"]) for row in json.loads(done.stdout)]
    assert any(node == "tw/kl/2015/1" and "dateIssued" in rule for node, rule in faults)
    graph.write_text("this is no graph\n", encoding="utf-8")
    assert phahe("check", "--graph", str(graph)).exit_code == WRONG_USE


def test_build_extract_and_ask(tmp_path: Path) -> None:
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "bao-cao.txt").write_text(
        "BÁO CÁO\n\nThực hiện Nghị quyết số 25-NQ/TW ngày 03/6/2013 của Ban Chấp hành Trung ương,"
        " Ban Thường vụ Tỉnh ủy Hải Dương đã ban hành Chỉ thị số 28-CT/TU ngày 19/5/2022.\n",
        encoding="utf-8",
    )
    (texts / "rong.txt").write_bytes(b"")
    (texts / "nhi-phan.txt").write_bytes(bytes(range(256)) * 20)
    built = run("build", str(texts), "--store", str(tmp_path / "store"), "--jobs", "1", "--format", "json")
    assert built.returncode == NOTHING, "some files were skipped"
    summary = json.loads(built.stdout)
    assert (summary["texts"], summary["documents"], len(summary["skipped"])) == (1, 2, 2)
    assert sum(line.startswith("phahe: skipped ") for line in built.stderr.splitlines()) == 2
    shown = run("build", str(texts / "bao-cao.txt"), "--store", str(tmp_path / "store"), "--jobs", "1")
    assert shown.returncode == DONE
    for word in ("texts", "mentions", "documents", "relations", "unresolved", "ambiguous", "skipped"):
        assert f"\n{word}" in shown.stdout
    rows = json.loads(
        run("implementing", "25-NQ/TW", "--store", str(tmp_path / "store"), "--format", "json").stdout
    )
    assert [(row["document"]["number"], row["document"]["place"]) for row in rows] == [
        ("28-CT/TU", "Hải Dương")
    ]

    lines = tmp_path / "lines.jsonl"
    lines.write_text(
        '{"id": "b", "text": "Chỉ thị số 05-CT/TW"}\n{"id": "a", "text": "Luật Đất đai năm 2013"}\n',
        encoding="utf-8",
    )
    done = run("extract", str(texts / "bao-cao.txt"), str(lines), "--format", "jsonl")
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [record["source"] for record in records] == ["bao-cao", "b", "a"], "in the order given"
    assert {"source", "self", "documents", "mentions", "relations"} <= set(records[0])
    assert run("extract", str(texts / "rong.txt"), str(lines), "--format", "jsonl").returncode == NOTHING
    assert run("extract", str(tmp_path / "absent.txt")).returncode == NOTHING
    assert run("build", str(tmp_path / "absent"), "--store", str(tmp_path / "other")).returncode == WRONG_USE


def test_score_prints_figures(tmp_path: Path) -> None:
    gold = {
        "text": "Hội nghị nghe báo cáo về Nghị quyết số 25-NQ/TW, rồi bế mạc.", "self": None, "relations": [],
        "documents": {"d1": {"number": "25-NQ/TW", "type": "Nghị quyết", "date": None, "title": None}},
        "mentions": [{"text": "Nghị quyết số 25-NQ/TW", "doc": "d1", "nth": 1}],
    }  # fmt: skip
    (tmp_path / "g.json").write_text(json.dumps(gold), encoding="utf-8")
    assert "mention F1 1.0" in phahe("score", str(tmp_path)).stdout
    assert json.loads(phahe("score", str(tmp_path), "--json").stdout)["documents"]["f1"] == 1.0
    assert phahe("score", str(tmp_path / "none")).exit_code == WRONG_USE


def test_help_is_quick_and_loads_nothing_heavy() -> None:
    code = (
        "import sys, api.cli; print(*sorted(name for name in sys.modules if name.split('.')[0] in {heavy}))"
    )
    heavy = {
        "pyshacl",
        "pyvis",
        "fastapi",
        "trafilatura",
        "rdflib",
        "networkx",
        "pyoxigraph",
        "rich",
        "IPython",
    }
    done = subprocess.run(
        [sys.executable, "-c", code.replace("{heavy}", repr(heavy))],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []
    assert run("--version").stdout.startswith("phahe ")


def test_a_closed_pipe_is_no_fault(store: Path) -> None:
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"
    for form in ("csv", "table"):
        running = subprocess.Popen(
            [str(SCRIPT), "sparql", query, "--format", form, "--store", str(store)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.readline()
        running.stdout.close()
        complaint = running.stderr.read().decode()
        running.stderr.close()
        running.wait(30)
        assert "Traceback" not in complaint, complaint


def test_serve_answers_and_stops_when_told(store: Path) -> None:
    running = subprocess.Popen(
        [str(SCRIPT), "serve", "--port", "0", "--store", str(store)], stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    try:
        line = running.stderr.readline()
        url = next(word for word in line.split() if word.startswith("http://127.0.0.1:"))
        deadline = time.monotonic() + 20
        while True:
            try:
                assert httpx.get(f"{url}/readyz").status_code == 200
                break
            except httpx.TransportError:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        taken = run("serve", "--port", url.rpartition(":")[2], store=store)
        assert taken.returncode == WRONG_USE
        assert "cannot listen" in taken.stderr
    finally:
        running.send_signal(signal.SIGINT)
        rest = running.stderr.read()
        running.stderr.close()
        running.wait(20)
    assert "Traceback" not in rest


@pytest.mark.parametrize(
    ("quote", "number", "shown"),
    [
        ("ngắn", "1-CT/TW", "ngắn"),
        ("a " * 300 + "Chỉ thị số 28 –CT/TU cuối", "28-CT/TU", "28 –CT/TU cuối"),
        ("Chỉ thị 28-CT/TU " + "b " * 300, "28-CT/TU", "Chỉ thị 28-CT/TU b"),
        ("c " * 300, None, " …"),
    ],
)
def test_long_quotes_keep_what_tells(quote: str, number: str | None, shown: str) -> None:
    excerpt = shown_excerpt(quote, number)
    assert shown in excerpt
    assert len(excerpt) <= 260

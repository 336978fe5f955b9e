"""`phahe mcp` as language models meet it: the official client over pipes and over HTTP, real processes."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import anyio
import httpx
import pytest
from jsonschema import Draft202012Validator
from mcp import Client, StdioServerParameters

from tests.small_graph import REPORT, make_store, swap_build

SCRIPT = str(Path(sys.executable).with_name("phahe"))
R25 = "https://w3id.org/phahe/doc/tw/nq/2013/25"
TOOLS = {"find", "document", "implementing", "lineage", "verify", "sparql", "provinces", "coverage"}
T = TypeVar("T")
Where = str | StdioServerParameters


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_store(tmp_path_factory.mktemp("mcp") / "store")


@pytest.fixture(scope="module")
def over_http(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("log") / "log"
    with log.open("wb") as file:
        running = subprocess.Popen(
            [SCRIPT, "mcp", "--http", "--port", "0", "--query-seconds", "2", "--store", str(store)],
            stderr=file,
        )
    try:
        deadline = time.monotonic() + 30
        while not (told := re.search(r"http://\S+/mcp", log.read_text("utf-8"))):
            assert time.monotonic() < deadline, log.read_text("utf-8")
            time.sleep(0.05)
        yield told[0]
    finally:
        running.send_signal(signal.SIGTERM)
        assert running.wait(20) in (0, -signal.SIGTERM)
    assert "Traceback" not in log.read_text("utf-8")


@pytest.fixture(scope="module")
def over_pipes(store: Path) -> StdioServerParameters:
    return StdioServerParameters(command=SCRIPT, args=["mcp", "--store", str(store)])


@pytest.fixture(params=["pipes", "http"])
def where(request: pytest.FixtureRequest, over_pipes: StdioServerParameters, over_http: str) -> Where:
    return over_pipes if request.param == "pipes" else over_http


def connected(where: Where, talk: Callable[[Client], Awaitable[T]]) -> T:
    """What a conversation comes to."""

    async def run() -> T:
        with anyio.fail_after(60):
            async with Client(where) as client:
                return await talk(client)

    return anyio.run(run)


def call(where: Where, tool: str, **arguments: Any) -> Any:
    return connected(where, lambda client: client.call_tool(tool, arguments))


def test_tools_are_told_with_schemas_and_as_read_only(where: Where) -> None:
    async def ask(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, instructions = connected(where, ask)
    assert {tool.name for tool in tools} == TOOLS
    assert "candidates" in instructions
    for tool in tools:
        assert tool.annotations.read_only_hint is True
        assert tool.annotations.destructive_hint is False
        assert tool.annotations.open_world_hint is False
        assert tool.description
        for schema in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(schema)
        for name, told in tool.input_schema["properties"].items():
            assert told.get("description") or told.get("title"), f"{tool.name}({name})"


# tool, arguments -> way to a value within the structured answer, the value
ANSWERS: list[tuple[str, dict[str, Any], tuple[str | int, ...], Any]] = [
    ("find", {"words": "quyết định 23"}, ("candidates", 0, "number"), "23-QĐ/TW"),
    ("find", {"words": "dan van", "limit": 2}, ("candidates", 1, "path"), "tw/nq/2013/25"),
    ("find", {"words": "không đâu có"}, ("candidates",), []),
    ("document", {"ref": R25}, ("answer", "iri"), R25),
    ("document", {"ref": "25-NQ/TW ngày 03/6/2013"}, ("answer", "status", "reason"), "only-cited"),
    ("document", {"ref": "290-QĐ/TW", "as_of": "2020-12-31"}, ("answer", "status", "as_of"), "2020-12-31"),
    ("implementing", {"ref": R25, "place": "Hưng Yên"}, ("answer", "total"), 1),
    ("implementing", {"ref": R25, "direct": True, "limit": 1}, ("answer", "total"), 4),
    ("implementing", {"ref": "25-NQ/TW"}, ("answer",), None),
    ("lineage", {"ref": "12-KH/HU"}, ("answer", "nodes", 2, "iri"), R25),
    ("lineage", {"ref": R25, "direction": "down", "limit": 2}, ("answer", "truncated"), True),
    ("lineage", {"ref": "28-CT/TU"}, ("answer",), None),
    ("verify", {"text": "Căn cứ Chỉ thị số 99-CT/TW ngày 01/02/2019."}, ("answer", "counts"), {"unknown": 1}),
    ("verify", {"text": "Thực hiện Nghị quyết 25-NQ/TW."}, ("answer", "counts"), {"ambiguous": 1}),
    ("coverage", {}, ("answer", "documents"), 14),
    ("provinces", {"ref": R25, "as_of": "2024"}, ("answer", "denominators"), {"old": 63}),
    ("provinces", {"ref": "25-NQ/TW"}, ("answer",), None),
    ("sparql", {"query": "ASK { ?x ph:implements ?y }"}, ("boolean",), True),
    ("sparql", {"query": f"SELECT ?n {{ <{R25}> ph:number ?n }}"}, ("rows",), [{"n": "25-NQ/TW"}]),
    ("sparql", {"query": f"CONSTRUCT {{ <{R25}> ph:number ?n }} {{ <{R25}> ph:number ?n }}"}, ("rows",), []),
]  # fmt: skip


def test_answers_hold_what_is_asked_and_fit_their_schemas(where: Where, store: Path) -> None:
    async def ask(client: Client) -> Any:
        schemas = {tool.name: tool.output_schema for tool in (await client.list_tools()).tools}
        return schemas, [await client.call_tool(tool, arguments) for tool, arguments, _, _ in ANSWERS]

    schemas, results = connected(where, ask)
    version = (store / "CURRENT").read_text("utf-8").strip()
    for (tool, arguments, way, value), result in zip(ANSWERS, results, strict=True):
        assert not result.is_error, (tool, arguments, result.content)
        found = result.structured_content
        assert Draft202012Validator(schemas[tool]).is_valid(found), (tool, arguments)
        assert json.loads(result.content[0].text) == found, "clients that know no structure read the same"
        assert found["corpus_version"] == version
        assert found["known_gaps"]
        for step in way:
            found = found[step]
        assert found == value, (tool, arguments)


def test_an_ambiguous_reference_is_answered_with_candidates(where: Where) -> None:
    found = call(where, "lineage", ref="Nghị quyết 25").structured_content
    assert found["answer"] is None
    assert len(found["candidates"]) > 1
    for candidate in found["candidates"]:
        assert candidate["iri"].startswith("https://w3id.org/phahe/doc/")
        assert candidate["citation"]
        assert candidate["why"]
    again = call(where, "lineage", ref=found["candidates"][0]["iri"]).structured_content
    assert again["answer"]["root"] == found["candidates"][0]["iri"]
    assert again["candidates"] == []


def test_every_relation_comes_with_its_quote(where: Where) -> None:
    answer = call(where, "implementing", ref=R25).structured_content["answer"]
    assert answer["total"] == len(answer["items"]) == 5
    for item in answer["items"]:
        assert REPORT.raw[item["start"] : item["end"]] == item["quote"]
        assert item["document"]["citation"]
        assert item["basis"] in {"stated", "reported"}, "what is inferred is no fact"


def test_what_a_limit_cuts_is_a_known_gap(where: Where) -> None:
    found = call(where, "implementing", ref=R25, limit=2).structured_content
    assert len(found["answer"]["items"]) == 2
    assert "first 2 of 5" in found["known_gaps"][0]


# tool, arguments -> words of the error
ERRORS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("document", {"ref": "99-NQ/TW"}, ["'99-NQ/TW'", "not in this corpus"]),
    ("implementing", {"ref": R25, "place": "Atlantis"}, ["'Atlantis'"]),
    ("lineage", {"ref": R25, "relation": ["obeys"]}, ["relation 'obeys'", "supersedes"]),
    ("document", {"ref": R25, "as_of": "03/6/2013"}, ["as_of"]),
    ("document", {}, ["ref"]),
    ("find", {"words": ""}, ["words"]),
    ("sparql", {"query": "SELEC"}, ["query: error at 1:6"]),
    ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, ["SERVICE is refused"]),
    ("sparql", {"query": "INSERT DATA { <a:a> <a:b> <a:c> }"}, ["INSERT is refused"]),
    ("sparql", {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"}, ["longer than", "LIMIT"]),
    (
        "sparql",
        {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"},
        ["stopped after 2 s"],
    ),
    ("no-such-tool", {}, ["no-such-tool"]),
]


@pytest.mark.parametrize(("tool", "arguments", "said"), ERRORS)
def test_errors_are_told_in_words(
    tool: str, arguments: dict[str, Any], said: list[str], over_http: str
) -> None:
    result = call(over_http, tool, **arguments)
    assert result.is_error
    for words in said:
        assert words in result.content[0].text
    assert "Traceback" not in result.content[0].text


def test_a_page_of_another_origin_may_not_ask(over_http: str) -> None:
    """DNS rebinding: a name of someone else's that leads to this machine, or a page that tries."""
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    kinds = {"Accept": "application/json, text/event-stream"}
    for headers, status in (
        ({"Host": "evil.example.org"}, 421),
        ({"Origin": "https://evil.example.org"}, 403),
    ):
        assert httpx.post(over_http, json=body, headers=kinds | headers).status_code == status


def test_a_new_build_is_taken_up(tmp_path: Path) -> None:
    folder = make_store(tmp_path / "store")
    where = StdioServerParameters(command=SCRIPT, args=["mcp", "--store", str(folder)])

    async def ask(client: Client) -> tuple[str, str, str]:
        async def version() -> str:
            found = (await client.call_tool("coverage", {})).structured_content
            assert found is not None
            return str(found["corpus_version"])

        before = await version()
        built = swap_build(folder, "bản dựng hai")
        with anyio.fail_after(20):
            while (now := await version()) == before:
                await anyio.sleep(0.1)
        return before, built, now

    before, built, now = connected(where, ask)
    assert now == built != before


def test_without_a_store_it_does_not_start(tmp_path: Path) -> None:
    done = subprocess.run(
        [SCRIPT, "mcp", "--store", str(tmp_path / "nowhere")], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "nothing built there" in done.stderr
    assert done.stdout == "", "stdout belongs to the protocol"

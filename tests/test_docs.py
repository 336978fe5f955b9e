"""The documentation says what there is: every command, with help and an example, in a page kept current."""

import inspect
import re
import shlex
from pathlib import Path

import anyio
import click
import pytest
from prometheus_client import REGISTRY

from api.cli import COMMANDS, cli
from api.document import OPERATING, PATH, command_page, operating_page
from api.live import LiveStore
from api.mcp.server import create_mcp
from api.settings import Settings
from api.sparql.pool import QueryPool


def command(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def shown_help(found: click.Command) -> str:
    """The help text without indentation and click's own marks."""
    return inspect.cleandoc(found.help or "").replace("\b\n", "")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_an_example(name: str) -> None:
    found = command(name)
    assert found.name == name
    assert f"Example:\n  phahe {name}" in shown_help(found)
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_examples_are_understood(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = command(name)
    for folder in ("tests/gold", "texts", "data/catalogue"):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("graph.nq", "question.rq", "article.txt"):
        (tmp_path / file).touch()
    monkeypatch.chdir(tmp_path)
    for line in re.findall(rf"^  phahe {name}(.*)$", shown_help(found), re.M):
        # only taken apart, not run
        found.make_context(name, shlex.split(line), parent=click.Context(cli, **cli.context_settings))


def test_the_page_of_commands_is_current() -> None:
    assert PATH.read_text(encoding="utf-8") == command_page(), "run: python -m api.document"


def test_the_table_of_settings_is_current() -> None:
    page = OPERATING.read_text(encoding="utf-8")
    assert page == operating_page(), "run: python -m api.document"
    assert set(re.findall(r"^\| `([a-z_]+)` \|.*PHAHE_", page, re.M)) == set(Settings.model_fields)


def test_the_figures_told_are_those_there_are() -> None:
    """What `docs/operating.md` says of /metrics and the figures that the program has."""
    page = OPERATING.read_text(encoding="utf-8")
    told = {name.removesuffix("_total") for name in re.findall(r"`(phahe_(?:http|sparql)_[a-z_]+)`", page)}
    made = {family.name for family in REGISTRY.collect() if family.name.startswith("phahe_")}
    assert told == made


def test_the_tools_told_are_those_there_are(repository: Path) -> None:
    told = re.findall(r"^\| `([a-z]+)` \|", (repository / "docs" / "mcp.md").read_text("utf-8"), re.M)
    settings = Settings(store=Path("nowhere"))
    server = create_mcp(LiveStore(settings.store), QueryPool(settings), settings)
    assert told == [tool.name for tool in anyio.run(server.list_tools)]


def test_the_readme_leads_to_the_commands(repository: Path) -> None:
    readme = (repository / "README.md").read_text(encoding="utf-8")
    assert "docs/cli.md" in readme
    named = set(re.findall(r"\bphahe ([a-z]+)\b", " ".join(re.findall(r"^    .*$|`[^`]*`", readme, re.M))))
    assert {"build", "find", "implementing"} <= named <= set(COMMANDS)

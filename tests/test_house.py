"""The house itself: what lies where, what the wheel holds, what the lock pins, what habits rooms keep."""

import ast
import importlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import warnings
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

REPOSITORY = Path(__file__).resolve().parent.parent
ROOMS = ("graph", "ontology", "api")

TOP_LEVEL = {
    *ROOMS,
    "data",
    "tests",
    "benchmarks",
    "docs",
    "pyproject.toml",
    "requirements.lock",
    "requirements-spark.lock",
    "Makefile",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "LICENSE",
    ".ci",
    ".editorconfig",
    ".gitignore",
    ".gitattributes",
}

# What a package may hold besides modules.
PACKAGE_DATA = {".toml", ".ttl", ".rq", ".html", ".css", ".js", ".json", ".jsonld", ".svg", ".typed"}

# Written in pieces, so that this file does not contain what it looks for.
MACHINE_PATHS = re.compile(
    r"(?<![\w.~])/(?:"
    + "|".join(("ro" + "ot/", "ho" + "me/\\w", "Us" + "ers/\\w", "wo" + "rk/", "tmp/pha" + "he", "opt/py"))
    + ")"
)
REGISTRY_HOSTS = re.compile(
    "|".join((r"pypi\.(?:org|python)", "pythonhosted", "index-" + "url", "find-" + "links"))
)

# Hosts that code may name: namespaces and identifiers, the examples' host, and this machine itself.
CODE_HOSTS = {
    "www.w3.org",
    "w3id.org",
    "purl.org",
    "schema.org",
    "data.europa.eu",
    "schemas.openxmlformats.org",
    "publications.europa.eu",
    "www.opengis.net",
    "rdfs.org",
    "example.org",
    "127.0.0.1",
    "localhost",
    "datatracker.ietf.org",
    "www.rfc-editor.org",
    "jsonfeed.org",
}

LONG_MODULE, LONGEST_MODULE = 300, 320


def kept_files() -> list[Path]:
    """The files of the project, relative: what git keeps, or all not ignored where there is no git."""
    git = shutil.which("git")
    if git and (REPOSITORY / ".git").exists():
        done = subprocess.run(
            [git, "-c", "safe.directory=*", "-c", "core.quotepath=off", "ls-files", "-z"],
            cwd=REPOSITORY,
            capture_output=True,
            check=True,
        )
        return sorted(Path(os.fsdecode(name)) for name in done.stdout.split(b"\0") if name)
    ignored = {".git", ".venv", "__pycache__", ".phahe", "out", "dist", "build", "node_modules"}
    return sorted(
        path.relative_to(REPOSITORY)
        for path in REPOSITORY.rglob("*")
        if path.is_file()
        and not any(part in ignored or part.endswith("_cache") for part in path.relative_to(REPOSITORY).parts)
    )


def text_of(path: Path) -> str | None:
    """The text of a kept file, or None for a binary or one that was removed."""
    try:
        return (REPOSITORY / path).read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return None


def modules(*folders: str) -> list[Path]:
    """The Python files below these folders, as they stand on disk, relative."""
    return sorted(
        path.relative_to(REPOSITORY)
        for folder in folders
        for path in (REPOSITORY / folder).rglob("*.py")
        if "__pycache__" not in path.parts
    )


def module_name(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


# --- what lies where


def test_top_level_holds_exactly_what_is_allowed() -> None:
    found = {path.parts[0] for path in kept_files()}
    assert found <= TOP_LEVEL, f"not allowed at the top level: {sorted(found - TOP_LEVEL)}"
    assert {*ROOMS, "data", "tests", "pyproject.toml", "README.md"} <= found


def test_data_holds_no_python() -> None:
    assert [path for path in kept_files() if path.parts[0] == "data" and path.suffix == ".py"] == []


def test_tests_are_flat() -> None:
    """A folder `tests/graph` would shadow the package."""
    assert [
        path
        for path in kept_files()
        if path.parts[0] == "tests" and path.suffix == ".py" and len(path.parts) > 2
    ] == []


def test_no_path_of_a_machine_stands_in_the_project() -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in kept_files()
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if MACHINE_PATHS.search(line)
    ]
    assert found == []


def test_no_package_registry_is_named() -> None:
    """Where packages come from is the user's business; `make lock` says that no index is written down."""
    allowed = {Path("Makefile"), Path("tests/test_house.py")}
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path in kept_files()
        if path not in allowed and path.parts[0] != "data"
        for number, line in enumerate((text_of(path) or "").splitlines(), 1)
        if REGISTRY_HOSTS.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_code_names_only_known_hosts(path: Path) -> None:
    """A module fetches nothing: its addresses are namespaces and examples. Sources of facts stand in data."""
    hosts = re.findall(r"https?://([^/\s\"'<>)\]}{:#,]+)", (REPOSITORY / path).read_text("utf-8"))
    assert set(hosts) <= CODE_HOSTS, f"{path}: {sorted(set(hosts) - CODE_HOSTS)}"


@pytest.mark.parametrize(
    "path",
    [path for path in kept_files() if path.suffix in {".html", ".css", ".js"} and path.parts[0] in ROOMS],
    ids=str,
)
def test_pages_load_nothing_from_elsewhere(path: Path) -> None:
    text = text_of(path) or ""
    loads = re.findall(r"(?:src|href|url|import)\s*[=(]?\s*[\"'(]?\s*((?:https?:)?//[^\s\"')>]+)", text)
    assert [address for address in loads if "w3.org" not in address] == []


# --- the wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = folder.glob("*.whl")
    return built


def test_wheel_holds_the_three_packages_and_their_data(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    expected = {
        path.relative_to(REPOSITORY).as_posix()
        for room in ROOMS
        for path in (REPOSITORY / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert set(names) == expected
    assert len(names) == len(set(names))
    assert {Path(name).suffix for name in names} <= {".py", *PACKAGE_DATA}
    assert {f"{room}/py.typed" for room in ROOMS} <= set(names)


def test_wheel_says_what_it_is(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (info,) = {name.split("/")[0] for name in archive.namelist() if ".dist-info/" in name}
    metadata = archive.read(f"{info}/METADATA").decode()
    assert "Classifier: Private :: Do Not Upload" in metadata
    assert "License-Expression: Apache-2.0" in metadata
    assert "phahe = api.cli:main" in archive.read(f"{info}/entry_points.txt").decode()


def test_wheel_works_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Whatever a module reads at run time is in the wheel, not beside it."""
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    program = (
        "import importlib, pathlib, sys\n"
        "here = pathlib.Path(sys.argv[1]).resolve()\n"
        "for name in sys.argv[2:]:\n"
        "    module = importlib.import_module(name)\n"
        "    assert here in pathlib.Path(module.__file__).resolve().parents, module.__file__\n"
        "from ontology.doctype import document_types\n"
        "from ontology.query import named_queries\n"
        "assert document_types() and named_queries()\n"
        "from graph.extract import extract_source\n"
        "from graph.model import Source\n"
        "text = 'Thực hiện Nghị quyết số 25-NQ/TW, ngày 03/6/2013 của Ban Chấp hành Trung ương Đảng'\n"
        "print([r.number for r in extract_source(Source('x', text)).references])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "site"), *map(module_name, modules(*ROOMS))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['25-NQ/TW']"


# --- the lock file


LOCKS = {"requirements.lock": "dev", "requirements-spark.lock": "spark"}
"""Lock files, with the group or extra of `pyproject.toml` that each holds beside what phahe always needs."""


def locked(name: str) -> list[tuple[str, Version]]:
    """Packages and versions in a lock file; twice where Pythons or systems need different versions."""
    text = (REPOSITORY / name).read_text("utf-8")
    return [
        (canonicalize_name(name), Version(version))
        for name, version in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_pins_every_package_by_hash_and_names_no_index(name: str) -> None:
    text = (REPOSITORY / name).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", re.sub(r"^\s*#.*\n?", "", text, flags=re.MULTILINE).strip())
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+(\[[^\]]*\])?==", entry), (
            f"neither a package nor a version: {entry[:60]}"
        )
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), f"no hash: {entry[:60]}"
    assert len(entries) == len(locked(name))


@pytest.mark.parametrize(("name", "group"), LOCKS.items())
def test_lock_file_satisfies_pyproject(name: str, group: str) -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    pinned = locked(name)
    groups = project["dependency-groups"] | project["project"]["optional-dependencies"]
    for line in project["project"]["dependencies"] + groups[group]:
        requirement = Requirement(line)
        versions = [version for found, version in pinned if found == canonicalize_name(requirement.name)]
        assert versions, f"{line} is not in {name}: run `make lock`"
        for version in versions:
            assert requirement.specifier.contains(version, prereleases=True), f"{line}, locked {version}"


def test_lock_files_agree() -> None:
    both = [dict(locked(name)) for name in LOCKS]
    shared = both[0].keys() & both[1].keys()
    assert {name: both[0][name] for name in shared} == {name: both[1][name] for name in shared}


# --- habits of the rooms


def test_no_module_is_longer_than_a_person_reads() -> None:
    """The generated namespace is not read by people; the rest is."""
    lengths = {
        path: len((REPOSITORY / path).read_text("utf-8").splitlines())
        for path in modules(*ROOMS)
        if path != Path("ontology/namespace.py")
    }
    long = {path.as_posix(): lines for path, lines in lengths.items() if lines > LONG_MODULE}
    assert all(lines <= LONGEST_MODULE for lines in long.values()), f"split these: {long}"
    if long:
        warnings.warn(f"longer than {LONG_MODULE} lines: {long}", stacklevel=1)


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_module_keeps_the_habits(path: Path) -> None:
    tree = ast.parse((REPOSITORY / path).read_text("utf-8"))
    stem = path.stem
    assert stem not in sys.stdlib_module_names, "bears the name of a stdlib module"
    assert stem not in {"utils", "util", "helpers", "common", "base", "manager", "core", "misc"}, (
        "a name without a subject"
    )
    assert ast.get_docstring(tree), "says not what it is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            named = {alias.name for alias in node.names}
            assert not named & set(ROOMS), (
                f"line {node.lineno}: `from graph.find import find_mentions`, never `import graph`"
            )
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: a relative import"
            assert all(alias.name != "*" for alias in node.names), f"line {node.lineno}: import *"
            assert node.module not in ROOMS, f"line {node.lineno}: imports a room, not a module of it"


@pytest.mark.parametrize("path", [path for path in modules(*ROOMS) if path.name == "__init__.py"], ids=str)
def test_a_package_binds_no_name_of_its_modules(path: Path) -> None:
    """With a function `extract` bound in `graph`, `import graph.extract as m` would give the function."""
    inside = {module.stem for module in (REPOSITORY / path.parent).iterdir()}
    bound = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse((REPOSITORY / path).read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert not bound & inside


@pytest.mark.parametrize("path", modules(*ROOMS), ids=str)
def test_what_a_module_exports_exists(path: Path) -> None:
    module = importlib.import_module(module_name(path))
    exported = getattr(module, "__all__", [])
    assert len(set(exported)) == len(exported)
    for name in exported:
        assert hasattr(module, name), f"{module.__name__}.__all__ names {name}, which does not exist"


@pytest.mark.parametrize(("room", "below"), [("ontology", ("graph", "api")), ("graph", ("api",))])
def test_rooms_import_downwards_only(room: str, below: tuple[str, ...]) -> None:
    """The import linter says so too; here it needs no tool."""
    for path in modules(room):
        for node in ast.walk(ast.parse((REPOSITORY / path).read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert node.module.split(".")[0] not in below, f"{path}:{node.lineno} imports {node.module}"


@pytest.mark.parametrize(
    ("library", "homes"),
    [
        ("pyvis", {"graph/draw.py"}),
        ("pyshacl", {"graph/check.py"}),
        (
            "networkx",
            {
                "graph/project.py",
                "graph/layout.py",
                "graph/draw.py",
                "graph/export.py",
                "graph/picture_file.py",
            },
        ),
        ("docx", None),
        ("pypdf", None),
        ("trafilatura", None),
        ("oxrdflib", {"graph/store.py"}),
    ],
)
def test_a_library_is_confined(library: str, homes: set[str] | None) -> None:
    """One file knows a library's ways (networkx: the projection's); where None, any one file of `graph`."""
    users = {
        path.as_posix()
        for path in modules(*ROOMS)
        for node in ast.walk(ast.parse((REPOSITORY / path).read_text("utf-8")))
        if (isinstance(node, ast.Import) and any(alias.name.split(".")[0] == library for alias in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == library)
    }
    if homes is None:
        assert len(users) <= 1, users
    else:
        assert users <= homes, users - homes


# --- what people are told


def test_readme_commands_exist() -> None:
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    documents = [readme, (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")]
    named = {name for text in documents for name in re.findall(r"`?make ([a-z]+)`?(?=[\s`|.,;:)]|$)", text)}
    assert named <= targets, f"no such target: {sorted(named - targets)}"


@pytest.mark.parametrize(
    "path",
    [path for path in kept_files() if path.suffix == ".md" and path.parts[0] not in {"data", "tests"}],
    ids=str,
)
def test_links_between_documents_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", text_of(path) or "", flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (REPOSITORY / path.parent / target).exists(), f"{path}: {target}"

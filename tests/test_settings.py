"""Settings: what each may be, which of its places wins, and what is said of one that cannot be."""

import os
from pathlib import Path

import pytest

from api.settings import PREFIX, Settings, SettingsError, load_settings

LONG = "chuỗi dài hơn mười sáu chữ"


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


# name in the environment -> value, what the message says of it
MISSET = [
    ({"port": "nhiều"}, ["setting port", "'nhiều'", "valid integer", "environment variable PHAHE_PORT"]),
    ({"port": "65536"}, ["setting port", "'65536'", "less than or equal to 65535"]),
    ({"port": "tcp://10.0.0.1:8000"}, ["setting port", "PHAHE_PORT"]),
    ({"workers": "0"}, ["setting workers", "greater than or equal to 1"]),
    ({"query_seconds": "-3"}, ["setting query_seconds", "greater than 0"]),
    ({"log_format": "xml"}, ["setting log_format", "'text' or 'json'"]),
    ({"cors_origins": "example.org"}, ["setting cors_origins", "'example.org'", "origin such as"]),
    ({"cors_origins": "https://example.org/a"}, ["setting cors_origins", "without a path"]),
    ({"service_allow": "file:///etc"}, ["setting service_allow", "'file:///etc'"]),
    ({"public_url": "example.org"}, ["setting public_url", "https://example.org/phahe"]),
    ({"update_token": "ngắn"}, ["setting update_token", "***", "16"]),
    ({"writable": "có lẽ"}, ["setting writable", "valid boolean"]),
    ({"writable": "yes"}, ["update_token"]),
]


@pytest.mark.parametrize(("variables", "said"), MISSET, ids=lambda value: str(value)[:40])
def test_a_wrong_setting_is_told(
    variables: dict[str, str], said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    for words in (*said, "docs/operating.md"):
        assert words in str(caught.value)
    assert "ngắn" not in str(caught.value), "a secret is never shown"


# contents of the file -> what the message says
MISFILED = [
    ("port = 'x'", ["setting port", "'x'", "file "]),
    ("prot = 8000", ["setting prot: no such setting", "did you mean port?"]),
    ("port = = 1", ["cannot be read as TOML", "line 1"]),
    ("port = 0\nworkers = 0\nstore = 3", ["setting workers", "setting store"]),
]


@pytest.mark.parametrize(("text", "said"), MISFILED)
def test_a_wrong_file_is_told(text: str, said: list[str], tmp_path: Path) -> None:
    file = tmp_path / "phahe.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings(config=file)
    for words in (*said, str(file) if "setting" not in said[0] else ""):
        assert words in str(caught.value)


def test_command_line_beats_environment_beats_file_beats_default(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "phahe.toml"
    file.write_text(
        'port = 1\nhost = "127.0.0.2"\nworkers = 3\ncors_origins = ["https://a.example.org"]', "utf-8"
    )
    monkeypatch.setenv("PHAHE_CONFIG", str(file))
    monkeypatch.setenv("PHAHE_HOST", "127.0.0.3")
    monkeypatch.setenv("PHAHE_PORT", "2")
    settings = load_settings({"port": "3", "store": None})
    assert (settings.port, settings.host, settings.workers) == (3, "127.0.0.3", 3)
    assert settings.cors_origins == ("https://a.example.org",)
    assert settings.query_workers == Settings.model_fields["query_workers"].default


def test_a_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PHAHE_UPDATE_TOKEN", LONG)
    settings = load_settings({"writable": True})
    assert LONG not in repr(settings)
    assert settings.update_token is not None
    assert settings.update_token.get_secret_value() == LONG

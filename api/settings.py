"""What a server can be told: one field a setting, from the command line, the environment or a file.

The command line beats the environment (`PHAHE_PORT`), that beats the file (TOML, `port = 8000`), that the
default. A setting that cannot be is an error which says its name, its value, what was expected and where it
was set. The table in `docs/operating.md` is made from here.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from api.options import DEFAULT_STORE
from graph.errors import PhaheError

PREFIX = "PHAHE_"
"""What a setting's name in the environment begins with."""
CONFIG_VARIABLE = "PHAHE_CONFIG"
"""Environment variable that names the file of settings."""

SECRET = frozenset({"update_token"})
"""Settings that are never shown and no option of a command: everyone on the machine sees a command line."""


class SettingsError(PhaheError):
    """A setting is unknown or cannot be; one line each."""


def _split(value: Any) -> Any:
    """A list written as one text, parts divided by commas or blanks."""
    return (
        tuple(re.split(r"[\s,]+", value.strip())) if isinstance(value, str) and value.strip() else value or ()
    )


def _origin(value: str) -> str:
    if value != "*" and not re.fullmatch(r"https?://[^\s/?#@]+", value):
        raise ValueError("expected * or an origin such as https://example.org, without a path")
    return value


def _address(value: str) -> str:
    if not re.fullmatch(r"https?://[^\s?#@]+", value):
        raise ValueError("expected an address such as https://example.org/phahe, without query and user")
    return value


Origins = Annotated[tuple[Annotated[str, AfterValidator(_origin)], ...], NoDecode, BeforeValidator(_split)]
Addresses = Annotated[tuple[Annotated[str, AfterValidator(_address)], ...], NoDecode, BeforeValidator(_split)]
Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Token = Annotated[SecretStr, StringConstraints(min_length=16)]


class Settings(BaseSettings):
    """A server's settings; what is not given stands in the environment or has its default.

    Raises:
        ValidationError: a setting cannot be (`load_settings` says where it was set).
    """

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    store: Path = Field(Path(DEFAULT_STORE), description="Folder of the store.")
    host: str = Field("127.0.0.1", min_length=1, description="Address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0: any free one.")
    workers: int = Field(1, ge=1, le=256, description="Web processes that share the port.")
    grace_seconds: float = Field(
        20.0, ge=0, le=3600, description="Seconds that running requests get to finish when the server stops."
    )
    query_workers: int = Field(
        2, ge=1, le=256, description="Processes that run SPARQL, for each web process."
    )
    query_seconds: float = Field(
        30.0, gt=0, le=86_400, description="Seconds a SPARQL query may take; then it is stopped."
    )
    query_memory_mb: int = Field(
        2048, ge=64, description="Megabytes of memory a process that runs SPARQL may use."
    )
    query_waiting: int = Field(
        32, ge=0, le=100_000,
        description="SPARQL queries that may wait for a free process, for each web process; more get 429.",
    )  # fmt: skip
    max_query_bytes: int = Field(1_000_000, ge=1, description="Longest SPARQL query, in bytes.")
    max_body_bytes: int = Field(20_000_000, ge=1, description="Longest body of any request, in bytes.")
    cors_origins: Origins = Field(
        (), description="Origins whose pages may read the answers (CORS), or *; never with credentials."
    )
    service_allow: Addresses = Field(
        (), description="Beginnings of addresses that SERVICE in a query may ask; none: SERVICE is refused."
    )
    writable: bool = Field(
        False,
        description="Accept SPARQL updates, with the token; the next phahe build makes the graph anew without them.",
    )
    update_token: Token | None = Field(
        None, description="What an update must bring as bearer token, 16 letters or more."
    )
    public_url: Annotated[str, AfterValidator(_address)] | None = Field(
        None, description="Address under which the world sees the server, where a proxy stands before it."
    )
    trusted_proxies: Words = Field(
        ("127.0.0.1",),
        description="Addresses of proxies whose X-Forwarded-For and -Proto are believed, or *.",
    )
    log_format: Literal["text", "json"] = Field("text", description="How the log is written.")

    @model_validator(mode="after")
    def _updates_need_a_token(self) -> Self:
        if self.writable and self.update_token is None:
            raise ValueError("writable: a server that accepts updates needs the setting update_token")
        return self


def load_settings(given: Mapping[str, Any] | None = None, config: Path | None = None) -> Settings:
    """The settings from all their places.

    Args:
        given: what the command line says, by field name; None values count as not given.
        config: a TOML file of settings; None: the one that `PHAHE_CONFIG` names, or none.

    Raises:
        SettingsError: the file cannot be read, or settings are unknown or cannot be.
    """
    if config is None and os.environ.get(CONFIG_VARIABLE):
        config = Path(os.environ[CONFIG_VARIABLE])
    told = {name: value for name, value in (given or {}).items() if value is not None}
    variables = {name.upper(): name for name in os.environ}
    filed = {
        name: value
        for name, value in (_read_file(config) if config else {}).items()
        if (PREFIX + name).upper() not in variables
    }
    try:
        return Settings(**{**filed, **told})
    except ValidationError as error:
        lines = []
        for fault in error.errors(include_url=False):
            name = str(fault["loc"][0]) if fault["loc"] else ""
            variable = variables.get((PREFIX + name).upper())
            if name in told:
                where = f"option {option_name(name)}"
            else:
                where = f"environment variable {variable}" if variable else f"file {config}"
            lines.append(_fault_line(name, where, fault))
        raise SettingsError("\n".join(lines)) from error


def option_name(name: str) -> str:
    """The option that stands for a setting on a command line.

    >>> option_name("query_seconds")
    '--query-seconds'
    """
    return f"--{name.replace('_', '-')}"


def unknown_variables(environ: Iterable[str]) -> list[str]:
    """Names in the environment that begin like a setting's and are none, sorted, perhaps none."""
    known = {(PREFIX + name).upper() for name in Settings.model_fields} | {CONFIG_VARIABLE}
    return sorted(name for name in environ if name.upper().startswith(PREFIX) and name.upper() not in known)


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(f"settings file {path}: cannot be read as TOML: {reason}") from error


def _fault_line(name: str, where: str, fault: Any) -> str:
    if not name:  # a rule over several settings names them itself
        return f"setting {_expected(fault['msg'])}; see docs/operating.md"
    if fault["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, Settings.model_fields, 1)
        hint = f"did you mean {near[0]}?" if near else "see docs/operating.md"
        return f"setting {name}: no such setting ({where}); {hint}"
    value = "***" if name in SECRET else repr(fault["input"])
    return f"setting {name}: {value}, {_expected(fault['msg'])} ({where}); see docs/operating.md"


def _expected(message: str) -> str:
    return message.replace("Value error, ", "").replace("Input should", "it should")

"""The settings as options of a command: one option a setting, its help from the setting itself."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from api.settings import PREFIX, SECRET, Settings, option_name

F = TypeVar("F", bound=Callable[..., Any])


def settings_options(*names: str) -> Callable[[F], F]:
    """An option for each of these settings, passed by field name, None if not given.

    Values are handed on as written; `api.settings.load_settings` reads them, so that one place says what is
    wrong with a setting wherever it was set.

    Args:
        names: fields of `Settings`; none: all that may stand on a command line.
    """

    def add_options(function: F) -> F:
        for name, field in reversed(Settings.model_fields.items()):
            if (names and name not in names) or name in SECRET:
                continue
            function = _option(name, field)(function)
        return function

    return add_options


def shown_default(field: FieldInfo) -> str:
    """A setting's default as a person would write it; `none` for what is absent or empty."""
    value = field.default
    if value is PydanticUndefined or value is None or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _option(name: str, field: FieldInfo) -> Callable[[F], F]:
    option = option_name(name)
    shown = f"{field.description}  [{PREFIX}{name.upper()}; default: {shown_default(field)}]"
    if field.annotation is bool:
        return click.option(f"{option}/--no-{option[2:]}", name, default=None, help=shown)
    return click.option(option, name, metavar=_metavar(field), help=shown)


def _metavar(field: FieldInfo) -> str:
    return "NUMBER" if field.annotation in (int, float) else "VALUE"

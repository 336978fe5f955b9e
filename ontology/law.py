"""Names of laws, codes and ordinances, read from `laws.toml`."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def law_names() -> dict[str, tuple[str, ...]]:
    """Names by type (`Luật`, `Bộ luật`, `Pháp lệnh`), each without the type word.

    >>> "Thực hiện dân chủ ở cơ sở" in law_names()["Luật"]
    True
    """
    data = tomllib.loads(files("ontology").joinpath("laws.toml").read_text(encoding="utf-8"))
    return {row["type"]: tuple(row["names"]) for row in data["kind"]}

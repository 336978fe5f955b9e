"""Makes `places.toml` from the package `vietnamadminunits` (MIT) and from `places_past.toml`.

The package holds the provinces before and after 1 July 2025, their official numbers and which went into
which; what was before, and what it does not say, stands in `places_past.toml`. Not part of the program: run
it with `python -m ontology.generate places` where the package is installed.
"""

import json
import tomllib
from importlib import metadata
from importlib.resources import files
from typing import Any

from ontology.slug import slug

MERGED = "2025-07-01"
"""Day from which the merged provinces work. Source: Nghị quyết 202/2025/QH15 (12/6/2025)."""


def places_toml() -> str:
    """The text of `places.toml`.

    Raises:
        ModuleNotFoundError: `vietnamadminunits` is not installed.
        ValueError: the package's data are not those of 63 provinces that became 34.
    """
    data = files("vietnamadminunits").joinpath("data")
    before = _provinces(json.loads(data.joinpath("parser_legacy.json").read_text(encoding="utf-8")))
    after = _provinces(json.loads(data.joinpath("parser_from_2025.json").read_text(encoding="utf-8")))
    merged = json.loads(data.joinpath("converter_2025.json").read_text(encoding="utf-8"))["DICT_PROVINCE"]
    if (len(before), len(after)) != (63, 34):
        found = f"{len(before)} provinces before and {len(after)} after"
        raise ValueError(f"vietnamadminunits: {found} 1 July 2025 (expected 63 and 34)")
    past = tomllib.loads(files("ontology").joinpath("places_past.toml").read_text(encoding="utf-8"))
    since = {name: row["since"] for row in past["began"] for name in row["slugs"]}
    into = {old: new for new, olds in merged.items() for old in olds}
    rows: dict[str, dict[str, Any]] = {row["slug"]: dict(row) for row in past["former"]}
    for key, province in before.items():
        row = _row(province)
        row["code"] = province["provinceCode"]
        if key not in after:
            row |= {"until": MERGED, "successors": [_row(after[into[key]])["slug"]]}
        if key in after:
            row["code_2025"] = after[key]["provinceCode"]
        rows[row["slug"]] = row
    for name, row in rows.items():
        row.update({"since": since[name]} if name in since else {})
        row.update({"aliases": past["aliases"][name]} if name in past["aliases"] else {})
        row.setdefault("source", "Nghị quyết 202/2025/QH15" if "until" in row else None)
    version = metadata.version("vietnamadminunits")
    return _HEAD.format(version=version) + "".join(_table(rows[name]) for name in sorted(rows))


_HEAD = """\
# Provinces and cities under the centre. Generated, do not edit: `python -m ontology.generate places`.
# Names, numbers and the mergers of 2025: vietnamadminunits {version} on PyPI (MIT licence, Tran Ngoc Minh
# Hieu). Everything else: places_past.toml. `until` is the first day on which the place is no more.
"""
_FIELDS = ("slug", "name", "kind", "since", "until", "successors", "code", "code_2025", "aliases", "source")


def _provinces(data: dict[str, Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data["DICT_PROVINCE"]
    return found


def _row(province: dict[str, str]) -> dict[str, Any]:
    name = province["provinceShort"]
    kind = "thành phố" if province["province"].startswith("Thành phố") else "tỉnh"
    return {"slug": slug(name), "name": name, "kind": kind}


def _table(row: dict[str, Any]) -> str:
    lines = [f"{field} = {json.dumps(row[field], ensure_ascii=False)}" for field in _FIELDS if row.get(field)]
    return "\n".join(("\n[[place]]", *lines, ""))

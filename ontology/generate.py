"""Makes the files that follow from others: `python -m ontology.generate [places]`.

Without an argument the document types as SKOS (`types.ttl`), the closed namespace (`namespace.py`) and the
JSON-LD context (`context.jsonld`); with `places` the provinces, which needs the package `vietnamadminunits`.
Results are sorted, read no clock, and are committed.
"""

import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main(arguments: list[str]) -> int:
    """Write the files asked for and name them; 2 for an unknown argument."""
    if arguments == ["places"]:
        from ontology.generate_places import places_toml

        made = {"places.toml": places_toml()}
    elif not arguments:
        from ontology.generate_context import context_jsonld
        from ontology.generate_turtle import namespace_py, types_ttl

        made = {
            "types.ttl": types_ttl(),
            "namespace.py": namespace_py(),
            "context.jsonld": context_jsonld(),
        }
    else:
        print(f"argument {arguments[0]!r}: expected none, or 'places'", file=sys.stderr)
        return 2
    for name, text in made.items():
        FOLDER.joinpath(name).write_text(text, encoding="utf-8")
        print(FOLDER / name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

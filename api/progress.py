"""Progress on stderr: a bar where somebody watches, nothing where stderr is a file or a pipe."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STAGES = {
    "read": "Reading",
    "extract": "Extracting",
    "gather": "Gathering",
    "resolve": "Resolving",
    "state": "Stating",
    "load": "Loading",
    "swap": "Swapping in",
    "push": "Pushing",
}
"""Words for the stages of a build."""


@contextmanager
def stage_bars() -> Iterator[Callable[[str, int, int | None], None]]:
    """A bar for each stage begun, with rate and time left; tell the function the stage, how much is done, of what."""
    if not sys.stderr.isatty():
        yield lambda stage, done, total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description:12}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]:>9}"),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        begun: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int | None) -> None:
            if stage not in begun:
                begun[stage] = bars.add_task(STAGES.get(stage, stage), total=total, rate="")
            seconds = bars.tasks[begun[stage]].elapsed or 0
            rate = f"{done / seconds:,.0f}/s" if seconds > 1 else ""
            bars.update(begun[stage], completed=done, total=total, rate=rate)

        yield tell

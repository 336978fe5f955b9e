"""One module for each command of `phahe`; its `command` is what `api.cli` runs."""

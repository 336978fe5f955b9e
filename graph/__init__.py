"""How texts become a graph: read, clean, find, relate, resolve, build, store, ask, project, draw."""

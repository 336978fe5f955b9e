"""SPARQL over HTTP: the protocol, its description, the Graph Store Protocol, and the processes that answer."""

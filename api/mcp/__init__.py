"""The corpus as tools for language models (Model Context Protocol): `phahe mcp`, read-only."""

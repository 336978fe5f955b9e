"""What phahe says: vocabulary, document types, bodies, places, terms, number forms, cues and named queries.

Everything here is data (Turtle, TOML, SPARQL) with small readers; nothing here reads a user's text.
"""

"""The shapes of answers over HTTP, by subject: what the OpenAPI document promises and tests hold answers against.

Answers leave as bytes made from rows (`graph.rows`), not from these models, which would cost more than the
answer itself; so a test reads every endpoint's answer back through its model.
"""

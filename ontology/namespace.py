"""The vocabulary's names as attributes; one it does not define raises AttributeError.

Generated from phahe.ttl, do not edit: `python -m ontology.generate`.
"""
# ruff: noqa: N815 (the names are the vocabulary's)

import rdflib.namespace
from rdflib import Namespace, URIRef


class PH(rdflib.namespace.DefinedNamespace):
    """Names of `https://w3id.org/phahe/ontology#`, closed: a typo is an error."""

    _fail = True
    _warn = False
    _NS = Namespace("https://w3id.org/phahe/ontology#")

    # classes
    Basis: URIRef
    Body: URIRef
    Candidate: URIRef
    Document: URIRef
    DocumentType: URIRef
    Evidence: URIRef
    Level: URIRef
    Place: URIRef
    Polity: URIRef
    Relation: URIRef
    Source: URIRef
    Term: URIRef
    UnresolvedMention: URIRef

    # properties
    alias: URIRef
    amends: URIRef
    basedOn: URIRef
    basis: URIRef
    candidate: URIRef
    cites: URIRef
    confidence: URIRef
    consolidates: URIRef
    corrects: URIRef
    dateEffective: URIRef
    dateIssued: URIRef
    describes: URIRef
    details: URIRef
    document: URIRef
    drawn: URIRef
    effectiveDate: URIRef
    end: URIRef
    guides: URIRef
    implements: URIRef
    issuedBy: URIRef
    level: URIRef
    mentions: URIRef
    number: URIRef
    object: URIRef
    occurrences: URIRef
    origin: URIRef
    place: URIRef
    polity: URIRef
    predicate: URIRef
    provision: URIRef
    quote: URIRef
    rank: URIRef
    reason: URIRef
    relatedTo: URIRef
    repeals: URIRef
    replaces: URIRef
    rule: URIRef
    score: URIRef
    since: URIRef
    source: URIRef
    start: URIRef
    subject: URIRef
    successor: URIRef
    supersedes: URIRef
    suspends: URIRef
    term: URIRef
    title: URIRef
    type: URIRef
    until: URIRef
    url: URIRef
    variant: URIRef

    # individuals
    catalogued: URIRef
    central: URIRef
    commune: URIRef
    district: URIRef
    front: URIRef
    inferred: URIRef
    joint: URIRef
    party: URIRef
    province: URIRef
    reported: URIRef
    state: URIRef
    stated: URIRef

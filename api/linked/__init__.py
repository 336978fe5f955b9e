"""Linked data: what an IRI stands for, in the forms in which RDF is read, and in the words of other vocabularies."""

"""Values, words, ontology, ids, errors and the Protocols of the seams. Imports nothing of ours."""

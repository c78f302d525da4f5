"""Reads claims with a language model behind an OpenAI-compatible endpoint; only `client` talks to the network."""

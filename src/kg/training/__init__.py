"""Trains the encoder that finds events and their ends (extra `train`)."""

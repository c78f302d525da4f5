"""The only composer of the rooms: ingest, rebuild, ask, draw, schedule."""

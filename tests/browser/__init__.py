"""Journeys through the real site in a real browser; run by `pytest tests/browser`."""

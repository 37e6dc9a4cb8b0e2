"""Facets: an index in memory that finds, counts and sorts records by their values.

It knows nothing of addresses and pages. Get the current one from ``current_snapshot()``
in ``snapshot_cache.py``. ``docs/adr/0011-an-index-of-bitmaps.md`` describes how it is
kept up to date.
"""

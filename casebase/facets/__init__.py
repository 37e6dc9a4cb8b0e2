"""Facets: an index in memory of which records have which value, and of their orders.

It knows nothing of addresses and pages. Ask ``current_snapshot()`` in
``snapshot_cache.py``; ``docs/adr/0011-an-index-of-bitmaps.md`` says how it keeps up
with the records.
"""

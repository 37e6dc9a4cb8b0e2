"""Which records have what, and in which order: an index in the memory of the process.

It knows nothing of addresses and pages. ``current()`` in ``snapshot_cache.py`` is the
way in; ``docs/adr/0011-an-index-of-bitmaps.md`` says how it keeps up with the records.
"""

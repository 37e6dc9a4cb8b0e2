"""Which records have the words of a query, on SQLite and on PostgreSQL.

Knows no kind of record: see ``searched_records.py`` for how apps declare theirs.
"""

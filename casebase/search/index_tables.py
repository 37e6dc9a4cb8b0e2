"""The tables of the index: one for each kind of searched records.

The first migration creates those of the kinds that there were then. A kind that an app
registers later gets its own at the next ``migrate``; ``rebuild_search`` fills it.
"""

from typing import Any

from django.db import connection

from casebase.search.index import Index
from casebase.search.models import Document
from casebase.search.searched_records import searched


def create_missing_tables(**_: Any) -> None:
    """Receive post_migrate; do nothing if this app is not migrated."""
    tables = connection.introspection.table_names()
    if Document._meta.db_table not in tables:
        return
    for index in map(Index, searched):
        if index.table not in tables:
            index.create()

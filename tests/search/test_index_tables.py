"""Tables for kinds that are declared after the first migration."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

from casebase.search.index import Index
from casebase.search.index_tables import create_missing_tables
from casebase.search.models import Document
from casebase.search.query_tree import EVERYTHING

pytestmark = pytest.mark.django_db
TABLE = "search_index_organisation"


def has_table():
    return TABLE in connection.introspection.table_names()


def test_each_migration_creates_those_that_are_missing(declare_organisations):
    declare_organisations()
    assert not has_table()
    app = apps.get_app_config("search")
    how = {"verbosity": 0, "interactive": False, "using": "default", "plan": []}
    post_migrate.send(sender=app, app_config=app, apps=apps, **how)
    assert has_table()
    Index("organisation").write({7: [["bees"], [], [], []]})
    # Another leaves those alone that are there.
    create_missing_tables()
    assert list(Index("organisation").matching(EVERYTHING)) == [7]


def test_where_search_is_not_migrated_none_is_created(
    declare_organisations, monkeypatch
):
    declare_organisations()
    monkeypatch.setattr(Document._meta, "db_table", "nowhere")
    create_missing_tables()
    assert not has_table()

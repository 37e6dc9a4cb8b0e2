"""Which tables are tracked: all of those with something that readers see."""

import pytest
from django.apps import apps
from django.db import connection

from casebase.change_tracking import triggers
from casebase.change_tracking.tracked_tables import tracked, tracked_tables
from initiatives.models import Initiative

# Readers don't see the workflow of a case, nor links to previews. A removed finding is
# written with the change of its case, which is tracked.
OTHER_TABLES = {
    "initiatives_statuschange",
    "initiatives_previewlink",
    "initiatives_removedfinding",
}


@pytest.mark.django_db
def test_every_table_that_readers_see_is_tracked():
    with_triggers = {table for _, table in triggers.existing_triggers(connection)}
    assert with_triggers == set(tracked_tables())
    models = [
        model
        for app in ("initiatives", "references")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    own = {model._meta.db_table for model in models} - OTHER_TABLES
    assert set(tracked_tables()) == own | {"taggit_tag"}


def test_a_kind_of_record_is_registered_once():
    with pytest.raises(ValueError, match="initiative is registered already"):
        tracked.register(Initiative, {})

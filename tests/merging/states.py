"""The contents of all tables, to compare before and after."""

from django.apps import apps

from casebase.desk.merging.models import FormerPersonSlug


def state():
    """Return a dictionary from table to rows, of all records and former slugs."""
    models = [
        model
        for app in ("initiatives", "references")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not model._meta.proxy
    ]
    return {
        model._meta.db_table: sorted(
            map(repr, model._base_manager.order_by().values_list())
        )
        for model in [*models, FormerPersonSlug]
    }

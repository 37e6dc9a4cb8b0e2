"""Everything that the records say, row by row, to compare before with after."""

from django.apps import apps

from casebase.desk.merging.models import FormerPersonSlug


def state():
    """Table → rows, of all records and former names."""
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

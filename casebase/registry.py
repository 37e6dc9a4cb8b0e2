"""Registries: what each app declares of its records to a foundation that knows none.

It works as Django's admin does with ``admin.py``. When the site starts, the registry of
search imports the module ``search`` of every installed app, which registers what of its
records is searched; the registries of facets, history and change tracking likewise.
"""

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules


def kind_of(record: Model | type[Model]) -> str:
    """The kind of a record or of its model: “concept”, also for proxies of Concept.

    Tables that refer to records of several kinds store it beside the primary key.
    """
    return str(record._meta.concrete_model._meta.model_name)


class Registry[Declaration](dict[str, Declaration]):
    """Kind of record → what its app declares of it, in the order of registration."""

    def __init__(self, module: str):
        super().__init__()
        self.module = module

    def register(self, model: type[Model], declaration: Declaration) -> Declaration:
        """Declare this for records of the model. Raises ValueError the second time."""
        kind = kind_of(model)
        if kind in self:
            raise ValueError(f"{kind} is registered already, see {self.module}.py.")
        self[kind] = declaration
        return declaration

    def of(self, record: Model | type[Model]) -> Declaration:
        """The declaration for a record or a model. Raises KeyError if there is none."""
        return self[kind_of(record)]

    def autodiscover(self) -> None:
        """Import the module of every installed app that has one."""
        autodiscover_modules(self.module)

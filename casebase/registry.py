"""Registries: what apps declare about their records to a foundation.

They work like ``admin.py`` of Django's admin. When the site starts, the registry of
search imports the module ``search`` of every installed app, and that module registers
how the app's records are searched. The registries of facets, history and change
tracking work in the same way.
"""

from django.db.models import Model
from django.utils.module_loading import autodiscover_modules


def kind_of(record: Model | type[Model]) -> str:
    """Return the kind of a record or model: “concept” for Concept and its proxies.

    Tables that refer to records of several kinds store it beside the primary key.
    """
    return str(record._meta.concrete_model._meta.model_name)


class Registry[Declaration](dict[str, Declaration]):
    """Kind of record → the declaration of its app, in the order of registration."""

    def __init__(self, module: str):
        super().__init__()
        self.module = module

    def register(self, model: type[Model], declaration: Declaration) -> Declaration:
        """Register a declaration for a model, and return it.

        Raises ValueError if the model is registered already.
        """
        kind = kind_of(model)
        if kind in self:
            raise ValueError(f"{kind} is registered already, see {self.module}.py.")
        self[kind] = declaration
        return declaration

    def of(self, record: Model | type[Model]) -> Declaration:
        """Return the declaration for a record or model. Raises KeyError without one."""
        return self[kind_of(record)]

    def autodiscover(self) -> None:
        """Import the registry's module of every installed app that has one."""
        autodiscover_modules(self.module)

"""The kinds of record that can be merged, and the fields of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from casebase.desk.merging.models import FormerPersonSlug
from initiatives.models import Concept, FormerSlug, Organisation
from initiatives.translations import format_translations
from references.csl_serializers import HAS_OTHERS_COLUMNS
from references.models import FormerKey, Person, Reference

DATES = {"issued": "Date", "accessed": "Read on"}
ROLES = {"author": "Authors", "editor": "Editors"}


@dataclass(frozen=True)
class Field:
    """A field of which one side is chosen; it has one or more database columns."""

    name: str
    label: str
    columns: tuple[str, ...]
    format: Callable[[Any], str]


@dataclass(frozen=True)
class Kind:
    """A kind of record that can be merged.

    ``address`` is the column with the key or slug in the record's URL, if it has one.
    ``former`` is the model of former addresses, and its foreign key to the record.
    """

    name: str
    model: Any
    noun: str
    fields: tuple[Field, ...]
    address: str = ""
    former: tuple[Any, str] = (None, "")

    def may_be_merged_by(self, user):
        """Whether the user may merge two records of this kind, and undo the merge.

        A merge changes one record and removes the other, so it needs the permissions
        that undoing needs; see ``DeskAdmin.has_remove_permission``.
        """
        app, model = self.model._meta.app_label, self.model._meta.model_name
        return user.has_perms([f"{app}.{act}_{model}" for act in ("add", "change")])


def column_fields(model, *columns):
    return tuple(
        Field(
            column,
            capfirst(model._meta.get_field(column).verbose_name),
            (model._meta.get_field(column).attname,),
            value_formatter(column),
        )
        for column in columns
    )


def value_formatter(column):
    def format_value(record):
        value = getattr(
            record, f"get_{column}_display", lambda: getattr(record, column)
        )()
        if isinstance(value, bool):
            return "Yes" if value else "No"
        if isinstance(value, dict):
            return "\n".join(format_translations(value))
        if isinstance(value, list):
            return "\n".join(value)
        return "" if value is None else str(value)

    return format_value


def date_fields():
    return tuple(
        Field(
            name,
            label,
            tuple(f"{name}_{unit}" for unit in ("year", "month", "day")),
            date_formatter(name),
        )
        for name, label in DATES.items()
    )


def date_formatter(name):
    return lambda work: str(getattr(work, name) or "")


def people_fields():
    """Return the fields of contributors.

    Contributions are rows; the column says whether there are further contributors.
    """
    return tuple(
        Field(
            role,
            label,
            (HAS_OTHERS_COLUMNS[role],),
            people_formatter(role),
        )
        for role, label in ROLES.items()
    )


def people_formatter(role):
    return lambda work: "\n".join(printed_names(work, role))


def printed_names(work, role):
    """Return the names as printed, with “and others” at the end if there are more."""
    names = [str(person) for person in work._people_as(role)]
    others = ["and others"] if getattr(work, HAS_OTHERS_COLUMNS[role]) else []
    return names and names + others


WORKS = Kind(
    name="works",
    model=Reference,
    noun="work",
    fields=(
        *column_fields(Reference, "type"),
        Field(
            "title",
            "Title",
            ("title", "title_markup"),
            lambda work: work.title_markup or work.title,
        ),
        *people_fields(),
        *date_fields(),
        *column_fields(
            Reference,
            *("container_title", "collection_title", "volume", "issue", "page"),
            *("number", "edition", "genre", "publisher", "publisher_place"),
            *("authority", "event_title", "event_place", "language", "doi", "url"),
            *("note", "correction", "chapter_position"),
        ),
    ),
    address="key",
    former=(FormerKey, "reference"),
)
PEOPLE_AND_BODIES = Kind(
    name="people",
    model=Person,
    noun="name",
    fields=column_fields(
        Person,
        *("family", "given", "dropping_particle", "non_dropping_particle"),
        *("suffix", "literal"),
    ),
    address="slug",
    former=(FormerPersonSlug, "person"),
)
ORGANISATIONS = Kind(
    name="organisations",
    model=Organisation,
    noun="organisation",
    fields=column_fields(Organisation, "name"),
)
TERMS = Kind(
    name="terms",
    model=Concept,
    noun="term",
    fields=column_fields(
        Concept,
        *("label", "definition", "scope_note", "broader", "order", "is_heading"),
        *("synonyms", "hidden_labels", "translations"),
        *("questions", "actions", "outputs"),
    ),
    address="slug",
    former=(FormerSlug, "concept"),
)
KINDS = {kind.name: kind for kind in (WORKS, PEOPLE_AND_BODIES, ORGANISATIONS, TERMS)}


def mergeable_kind(model):
    """Return the kind of a model or proxy; None if its records can't be merged."""
    concrete = model._meta.concrete_model
    return next((kind for kind in KINDS.values() if kind.model is concrete), None)

"""Renames cases, terms and works, and keeps the former addresses as redirects."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction


def validate_name_is_free(record: Any, field: str, name: str) -> None:
    """Raise ValidationError if another record has or had this slug or key."""
    if record.namesakes(name).exists():
        raise ValidationError(
            {
                field: f"“{name}” is or was the address of another "
                f"{record._meta.verbose_name}; take another."
            }
        )


@transaction.atomic
def rename(record: Any, field: str, name: str) -> None:
    """Change the slug or key of a record, and store the previous one as a former one.

    A case that was never public gets no former slug.
    """
    previous = getattr(record, field)
    if name == previous:
        return
    record._meta.get_field(field).clean(name, record)
    validate_name_is_free(record, field, name)
    former = getattr(record, f"former_{field}s")
    # A record that is renamed back gets its former name as its name.
    former.filter(**{field: name}).delete()
    if getattr(record, "was_public", True):
        former.create(**{field: previous})
    setattr(record, field, name)
    record.save(update_fields=[field])

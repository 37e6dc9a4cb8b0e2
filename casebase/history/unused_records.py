"""Records to which no other points."""

from collections.abc import Iterable
from typing import Any

from django.db.models import PROTECT, RESTRICT


def delete_unused(model: Any, keys: Iterable[int]) -> list[str]:
    """Delete those of the records that are unused; return a sentence for each other."""
    records = model.objects.filter(pk__in=keys)
    # A record may be unused once those that refer to it are deleted.
    while unused(records).delete()[0]:
        pass
    return [f"“{record}” stays, for others use it." for record in records.all()]


def unused(records: Any) -> Any:
    """Return the records that no foreign key or many-to-many relation refers to."""
    uses = [
        relation.name
        for relation in records.model._meta.related_objects
        if relation.many_to_many or relation.on_delete in (PROTECT, RESTRICT)
    ]
    return records.filter(**{f"{name}__isnull": True for name in uses})

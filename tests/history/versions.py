"""Versions of a record, for tests that look into them."""

import pytest

from casebase.history.differences import differences
from casebase.history.errors import RestoreError
from casebase.history.model_history import versioned
from casebase.history.models import Version
from casebase.registry import kind_of


def content(record):
    """Return the content of a version of the record as it is now."""
    history = versioned.of(record)
    return history.content_of(history.with_details().get(pk=record.pk))


def version(record, number):
    return Version.objects.get(kind=kind_of(record), key=record.pk, number=number)


def numbers(record, kind="initiative"):
    """Return the numbers of all versions of the record."""
    versions = Version.objects.filter(kind=kind, key=record.pk)
    return list(versions.order_by("number").values_list("number", flat=True))


def last(record):
    return Version.objects.of(kind_of(record), record.pk).first()


def as_it_was(client, number=1):
    """Return the public page of a version of the case “weyhe”."""
    return client.get(f"/initiatives/weyhe/v/{number}/")


def changes(record, write):
    """Return the differences between the record and this content."""
    before = content(record)
    write()
    return differences(kind_of(record), before, content(record))


def fields(found):
    """Return label → texts before and after, for the changes of one part."""
    [part] = found
    return {field.label: (field.before, field.after) for field in part.fields}


def update(record, **values):
    """Return a function that updates the fields of a record."""
    return lambda: type(record).objects.filter(pk=record.pk).update(**values)


def refusal(act, *args, **kwargs):
    """Return the sentences that say why the action is refused."""
    with pytest.raises(RestoreError) as caught:
        act(*args, **kwargs)
    return " ".join(caught.value.sentences)

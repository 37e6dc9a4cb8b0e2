"""Checks of rules that both ``full_clean()`` and the database enforce."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def assert_rejected(record, words, **fields):
    """Assert that neither ``full_clean()`` nor the database accepts these values.

    ``words`` have to be in the message of the validation error.
    """
    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    assert words in " ".join(error.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def assert_accepted(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()


def invalid_fields(record, **fields):
    """Return the names of the fields that ``full_clean()`` finds invalid."""
    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as error:
        record.full_clean()
    return error.value.message_dict.keys()

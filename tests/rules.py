"""Rules of the database: what breaks one is refused twice, in words and for good."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction


def refuses(record, words, **fields):
    """By full_clean() in these words, and by the database whoever forgets to ask it."""
    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    assert words in " ".join(refusal.value.messages)
    with pytest.raises(IntegrityError), transaction.atomic():
        record.save()


def allows(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()


def refused_fields(record, **fields):
    """Names of the fields of which full_clean() complains."""
    for name, value in fields.items():
        setattr(record, name, value)
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return refusal.value.message_dict.keys()

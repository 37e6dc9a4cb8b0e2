"""Cases, terms and works change their address; the old one leads to the new one."""

from django.core.exceptions import ValidationError
from django.db import transaction


def refuse_taken(record, field, name):
    """No record takes a slug or key that another one has or once had."""
    if record.namesakes(name).exists():
        raise ValidationError(
            {
                field: f"“{name}” is or was the address of another "
                f"{record._meta.verbose_name}; take another."
            }
        )


@transaction.atomic
def rename(record, field, name):
    """Give the record another slug or key, and keep the one it had as a former one.

    A case that no reader has ever seen leaves no address behind.
    """
    had = getattr(record, field)
    if name == had:
        return
    record._meta.get_field(field).clean(name, record)
    refuse_taken(record, field, name)
    former = getattr(record, f"former_{field}s")
    # Renamed back, it is no longer a former one.
    former.filter(**{field: name}).delete()
    if getattr(record, "was_public", True):
        former.create(**{field: had})
    setattr(record, field, name)
    record.save(update_fields=[field])

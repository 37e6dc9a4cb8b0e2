"""The model field for lists of short texts, which initiatives and concepts share."""

from django.db import models


class LinesField(models.TextField):
    """A list of short texts, stored and edited as a text with one of them on each line.

    In Python the value is a list of strings; blank lines are dropped.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs | {"blank": True, "default": list})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["blank"], kwargs["default"]
        return name, path, args, kwargs

    def from_db_value(self, value, expression, connection):
        return self.to_python(value)

    def to_python(self, value):
        lines = value.splitlines() if isinstance(value, str) else value or []
        return [line.strip() for line in lines if line.strip()]

    def get_prep_value(self, value):
        return "\n".join(self.to_python(value))

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj))

    def value_from_object(self, obj):
        return super().value_from_object(obj) or []

    def clean(self, value, model_instance):
        lines = self.to_python(value)
        super().clean("\n".join(lines), model_instance)
        return lines

    def formfield(self, **kwargs):
        field = super().formfield(**kwargs)
        field.prepare_value = lambda value: (
            "\n".join(value) if isinstance(value, list) else value
        )
        field.help_text = field.help_text or "One a line"
        return field

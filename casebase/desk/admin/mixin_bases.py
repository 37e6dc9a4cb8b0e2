"""The bases that mixins of Django's classes have while types are checked.

A mixin uses methods of the class that it is mixed into. At run time its base is
``object``, so that methods are looked up in the order in which a class names its bases.
"""

from typing import TYPE_CHECKING

__all__ = ["BaseModelAdmin", "ChoiceWidget", "InlineModelAdmin", "ModelAdmin"]

if TYPE_CHECKING:
    from django.contrib.admin.options import (
        BaseModelAdmin,
        InlineModelAdmin,
        ModelAdmin,
    )
    from django.forms.widgets import ChoiceWidget
else:
    BaseModelAdmin = ChoiceWidget = InlineModelAdmin = ModelAdmin = object

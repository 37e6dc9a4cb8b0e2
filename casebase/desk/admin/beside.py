"""The classes of Django that mixins stand beside: their bases while types are checked.

A mixin uses what such a class has. At run time it does not inherit from it, so that the
order in which methods are looked up is that in which a class names its bases.
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

"""Whose the steps and the four Co’s are, from the sources of their scheme."""

from typing import Any

from initiatives.models import Scheme, Source
from initiatives.plan.steps import SCHEME


def sources_of_steps() -> list[Any]:
    """Return the sources of the scheme that describe the steps first-hand."""
    scheme = Scheme.objects.with_sources().filter(slug=SCHEME).first()
    sources = scheme.sources.all() if scheme else []
    return [each for each in sources if each.url and each.via == Source.Via.PRIMARY]

"""Whose the steps and the four Co’s are, from the sources of their scheme."""

from typing import Any

from initiatives.models import Scheme
from initiatives.plan.steps import SCHEME


def sources_of_steps() -> list[Any]:
    """Return the sources of the scheme of change steps that have a page to read."""
    scheme = Scheme.objects.with_sources().filter(slug=SCHEME).first()
    return [source for source in scheme.sources.all() if source.url] if scheme else []

"""The uses of works below a finding, a conflict, a term or a scheme."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebase.content.model_errors import complaints
from casebase.content.parsed_file import Misfits
from initiatives.models import Source
from initiatives.sheets import BareUse, Use

COLUMNS = ("url", "locator", "via")


def sources_of(
    owner: Any, uses: Sequence[Use | BareUse], works: Mapping[str, int]
) -> list[Source]:
    """New sources, not yet saved; the owner may be unsaved too."""
    return [
        Source(
            **{owner_column(owner): owner},
            reference_id=works[use.ref],
            position=position,
            **{column: getattr(use, column) or "" for column in COLUMNS},
        )
        for position, use in enumerate(uses, start=1)
    ]


def owner_column(owner: Any) -> str:
    return str(owner._meta.concrete_model._meta.model_name)


def source_complaints(sources: Sequence[Source]) -> Misfits:
    for n, source in enumerate(sources):
        for column, sentence in complaints(source):
            yield ("sources", n, column), sentence


def rewrite_sources(*, stale: Iterable[Any], fresh: Iterable[Source]) -> None:
    """Delete the sources of some owners and save the others."""
    for owner in stale:
        owner.sources.all().delete()
    Source.objects.bulk_create(fresh)

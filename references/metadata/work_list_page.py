"""The list of works for machines. Its licence is not said: the works are of others."""

from typing import Any

from django.urls import reverse

from casebase.metadata.collection_page import Absolute, File, described_list
from casebase.metadata.page_description import Described
from references.exports import ALL_FORMATS

SUMMARY = (
    "Works that the statements of Casebase rest on, each with the cases that cite it."
)


def described_works(filterset: Any, absolute: Absolute) -> Described:
    """One page of the list, after ``current_page``. No query."""
    return described_list(
        filterset,
        absolute,
        app="references",
        name="title",
        files=files_of_works(),
        summary=SUMMARY,
    )


def files_of_works() -> list[File]:
    return [
        File(way.label, way.media_type, reverse("references:export", args=[way.name]))
        for way in ALL_FORMATS.values()
    ]

"""The list of works, described for machines.

It names no licence, because the works are those of others.
"""

from dataclasses import replace
from typing import Any

from casebase.fixed_addresses import fixed_address
from casebase.metadata.collection_page import ListFile, describe_list
from casebase.metadata.page_description import Absolute, PageDescription
from references.exports import ALL_FORMATS
from references.metadata.media_types import ALIASES

SUMMARY = (
    "Works that the statements of Casebase rest on, each with the cases that cite it."
)


def describe_work_list(filterset: Any, absolute: Absolute) -> PageDescription:
    """The current page of the list; no query once the filter form has read it."""
    description = describe_list(
        filterset,
        absolute,
        app="references",
        name_field="title",
        files=list_work_files(),
        summary=SUMMARY,
    )
    return replace(description, aliases=ALIASES)


def list_work_files() -> list[ListFile]:
    return [
        ListFile(
            form.label, form.media_type, fixed_address("references:export", form.name)
        )
        for form in ALL_FORMATS.values()
    ]

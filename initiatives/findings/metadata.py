"""The list of findings, described for machines."""

from typing import Any

from django.urls import reverse

from casebase.metadata.collection_page import ListFile, describe_list
from casebase.metadata.page_description import Absolute, PageDescription
from initiatives.findings.formats import FORMATS
from initiatives.list_metadata import LICENCE_LINK
from initiatives.record_metadata import build_dataset_node, common_properties

SUMMARY = (
    "Statements on co-production initiatives, each with its kind, its result and its "
    "sources."
)


def describe_finding_list(filterset: Any, absolute: Absolute) -> PageDescription:
    """The current page of the list; no query once the filter form has read it."""
    return describe_list(
        filterset,
        absolute,
        app="findings",
        name_field="heading",
        files=list_finding_files(),
        summary=SUMMARY,
        more_links=[LICENCE_LINK],
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
    )


def list_finding_files() -> list[ListFile]:
    return [
        ListFile(form.label, form.media_type, reverse("findings:export", args=[name]))
        for name, form in FORMATS.items()
    ]

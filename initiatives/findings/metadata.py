"""The list of findings, described for machines."""

from typing import Any

from casebase.metadata.collection_page import describe_list
from casebase.metadata.page_description import Absolute, PageDescription
from initiatives.findings.formats import FORMATS
from initiatives.list_metadata import LICENCE_LINK, list_files
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
        files=list_files("findings", FORMATS),
        summary=SUMMARY,
        more_links=[LICENCE_LINK],
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
    )

"""The page of a work, described for machines.

``cite-as`` names our page even if the work has a DOI, because its target has to lead
back to the page that links to it; the DOI is a related address, as in the example of
Ghent University: https://signposting.org/adopters/#biblio. We don't know the licence of
a work, and so name none.
"""

from typing import Any

from casebase.metadata.page_description import Absolute
from casebase.metadata.signposting import Link
from references.csl_serializers import serialize_cited_work
from references.metadata.plain_text import doi_url
from references.metadata.record_page import RecordPageDescription
from references.metadata.schema_org import build_work_node
from references.type_vocabularies import get_type_names


def describe_work(reference: Any, absolute: Absolute) -> RecordPageDescription:
    """No query if the reference was read ``with_contributors()``."""
    work = serialize_cited_work(reference)
    address = absolute(reference.get_absolute_url())
    doi = doi_url(work)
    links = [Link("item", work.url or doi), Link("related", doi)]
    return RecordPageDescription(
        address=address,
        title=work.title,
        works=[work],
        json_ld=build_work_node(work, address),
        types=[get_type_names(work.type).schema, "AboutPage"],
        more_links=[link for link in links if link.href],
    )

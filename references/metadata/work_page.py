"""The page of a work for machines.

``cite-as`` names our page even where the work has a DOI, because its target has to lead
back to the page that links to it; the DOI is a related address, as in the example of
Ghent University: https://signposting.org/adopters/#biblio. The licence of a work is not
known to us, and so not said.
"""

from collections.abc import Callable
from typing import Any

from casebase.metadata.page_description import Described, DescribedRecord
from casebase.metadata.signposting import Link
from references.csl_serializers import cited_work
from references.metadata.plain_text import doi_address
from references.metadata.schema_org import work_graph
from references.type_vocabularies import kind_of


def described_work(reference: Any, absolute: Callable[[str], str]) -> Described:
    """No query after ``with_contributors()``."""
    work = cited_work(reference)
    address = absolute(reference.get_absolute_url())
    doi = doi_address(work)
    links = [Link("item", work.url or doi), Link("related", doi)]
    return DescribedRecord(
        address=address,
        title=work.title,
        works=[work],
        graph=work_graph(work, address),
        types=[kind_of(work.type).schema, "AboutPage"],
        more_links=[link for link in links if link.href],
    )

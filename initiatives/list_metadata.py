"""The list of cases, the codebook and pages of the site, described for machines.

The casebase as a whole is a Dataset, which the page about it describes; its files are
its items. The home page is that of the WebSite, which leads there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from casebase.files.formats import Format
from casebase.fixed_addresses import fixed_address
from casebase.metadata.collection_page import ListFile, describe_list
from casebase.metadata.page_description import HTML, Absolute, PageDescription
from casebase.metadata.schema_org import CONTEXT, Node, build_node
from casebase.metadata.signposting import Link
from initiatives.formats import FORMATS
from initiatives.record_metadata import (
    ORGANISATION,
    SPDX_LICENCE,
    build_dataset_node,
    build_scheme_node,
    build_term_set_node,
    common_properties,
)
from initiatives.schemes import SchemeWords
from references.metadata.work_list_page import list_work_files

LICENCE_LINK = Link("license", SPDX_LICENCE)
CASES_SUMMARY = (
    "Case studies of co-production: public services made together by citizens and "
    "public bodies, every statement with its source."
)


def describe_case_list(filterset: Any, absolute: Absolute) -> PageDescription:
    """The current page of the list; no query once the filter form has read it."""
    return describe_list(
        filterset,
        absolute,
        app="initiatives",
        name_field="name",
        files=list_files("initiatives", FORMATS),
        summary=CASES_SUMMARY,
        more_links=[LICENCE_LINK],
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
    )


def list_files(app: str, formats: Mapping[str, Format[Any]]) -> list[ListFile]:
    """Return the files of a list that the app with this URL namespace exports."""
    return [
        ListFile(form.label, form.media_type, fixed_address(f"{app}:export", name))
        for name, form in formats.items()
    ]


def describe_case_map(filterset: Any, absolute: Absolute) -> PageDescription:
    """The map of the cases of a MapFilter; the list of the same cases is its whole."""
    address = absolute(reverse("initiatives:map") + filterset.map_query)
    whole = absolute(reverse("initiatives:list") + filterset.query)
    return PageDescription(
        address=address,
        title=filterset.sentence,
        summary=CASES_SUMMARY,
        types=["CollectionPage"],
        json_ld=build_node(
            context=CONTEXT,
            type="CollectionPage",
            id=address,
            url=address,
            name=filterset.sentence,
            description=CASES_SUMMARY,
            **common_properties(),
            isPartOf=build_dataset_node(absolute),
        ),
        more_links=[LICENCE_LINK, Link("collection", whole, HTML)],
    )


def describe_scheme(
    scheme: Any, words: SchemeWords, terms: Iterable[Any], absolute: Absolute
) -> PageDescription:
    """The page of a scheme with all its terms."""
    terms = list(terms)
    return PageDescription(
        address=absolute(reverse("initiatives:concept-list", args=[words.slug])),
        title=words.title,
        summary=scheme.description,
        types=["DefinedTermSet", "CollectionPage"],
        json_ld=build_scheme_node(scheme, words, terms, absolute),
        more_links=[
            LICENCE_LINK,
            *(Link("item", absolute(each.get_absolute_url()), HTML) for each in terms),
        ],
    )


def describe_codebook(
    schemes: Iterable[SchemeWords], absolute: Absolute
) -> PageDescription:
    """The page of all schemes, each of which has a page of its own."""
    address, title = absolute(reverse("initiatives:codebook")), "Codebook"
    summary = "The ten schemes of terms that the cases of Casebase are coded with."
    sets = [build_term_set_node(words, absolute) for words in schemes]
    return PageDescription(
        address=address,
        title=title,
        summary=summary,
        types=["CollectionPage"],
        json_ld=build_node(
            context=CONTEXT,
            type="CollectionPage",
            id=address,
            url=address,
            name=title,
            description=summary,
            **common_properties(),
            isPartOf=build_dataset_node(absolute),
            hasPart=sets,
        ),
        more_links=[LICENCE_LINK, *(Link("item", each["url"], HTML) for each in sets)],
    )


def describe_home(figures: dict[str, int], absolute: Absolute) -> PageDescription:
    return PageDescription(
        address=absolute(reverse("home")),
        title="Casebase: co-production, every statement with its source",
        summary=CASES_SUMMARY,
        types=["WebSite"],
        json_ld=build_full_dataset_node(figures, absolute),
        documents={},
        more_links=[LICENCE_LINK, Link("about", absolute(reverse("about")), HTML)],
    )


def describe_plain_page(
    name: str, title: str, absolute: Absolute, query: str = ""
) -> PageDescription:
    """A page without documents, whose address has this name and query."""
    address = absolute(reverse(name)) + query
    return PageDescription(
        address=address,
        title=title,
        types=["WebPage"],
        json_ld=build_node(
            context=CONTEXT,
            type="WebPage",
            id=address,
            name=title,
            **common_properties(),
        ),
        documents={},
        more_links=[LICENCE_LINK],
    )


def describe_dataset(figures: dict[str, int], absolute: Absolute) -> PageDescription:
    """The page about the casebase, as that of a data set with its files."""
    address = absolute(reverse("about"))
    return PageDescription(
        address=address,
        title="About Casebase",
        summary="Method, coding rules, how sure the data are, licence.",
        types=["Dataset", "AboutPage"],
        json_ld=build_full_dataset_node(figures, absolute),
        more_links=[
            Link("cite-as", address),
            LICENCE_LINK,
            *(
                Link("item", file["contentUrl"], file["encodingFormat"])
                for file in build_download_nodes(absolute)
            ),
        ],
    )


def build_full_dataset_node(figures: dict[str, int], absolute: Absolute) -> Node:
    """The casebase with its figures and its files."""
    return build_node(
        context=CONTEXT,
        **build_dataset_node(absolute),
        description=(
            "An open knowledge base of co-production initiatives: "
            f"{figures['initiatives']} cases in {figures['countries']} countries, "
            f"told in {figures['statements']} findings that are coded by barriers, "
            "risks, strategies, leadership, motivations, negative effects, resilience "
            f"and change steps, each with its source among {figures['references']} "
            "works."
        ),
        creator=ORGANISATION,
        **common_properties(),
        keywords=["co-production", "public services", "case studies", "evidence"],
        distribution=build_download_nodes(absolute),
    )


def build_download_nodes(absolute: Absolute) -> list[Node]:
    """Files of all cases, and of all works in formats that need no style."""
    works = [file for file in list_work_files() if "/text" not in file.path]
    return [
        build_node(
            type="DataDownload",
            name=file.label,
            encodingFormat=file.media_type.partition(";")[0],
            contentUrl=absolute(file.path),
        )
        for file in [*list_files("initiatives", FORMATS), *works]
    ]

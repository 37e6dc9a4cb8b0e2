"""Lists, the codebook and the casebase as a whole, in the words of machines.

The whole is a Dataset, of which the page about it tells; its files are its items. Home
is the site that leads there.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from casebase.metadata.collection_page import File, described_list
from casebase.metadata.page_description import PAGE, Described
from casebase.metadata.signposting import Link
from initiatives.formats import FORMATS
from initiatives.record_metadata import (
    OURS,
    SPDX_LICENCE,
    Absolute,
    ours,
    part_of_dataset,
    scheme_graph,
    term_set,
)
from initiatives.schemes import SchemeWords
from references.metadata.schema_org import CONTEXT, Graph, filled
from references.metadata.work_list_page import files_of_works

LICENSED = Link("license", SPDX_LICENCE)
CASES = (
    "Case studies of co-production: public services made together by citizens and "
    "public bodies, every statement with its source."
)


def described_cases(filterset: Any, absolute: Absolute) -> Described:
    """One page of the list of cases, after ``current_page``. No query."""
    return described_list(
        filterset,
        absolute,
        app="initiatives",
        name="name",
        files=files_of_cases(),
        summary=CASES,
        more_links=[LICENSED],
        **ours(),
        isPartOf=part_of_dataset(absolute),
    )


def files_of_cases() -> list[File]:
    return [
        File(form.label, form.media_type, reverse("initiatives:export", args=[name]))
        for name, form in FORMATS.items()
    ]


def described_scheme(
    scheme: Any, words: SchemeWords, terms: Iterable[Any], absolute: Absolute
) -> Described:
    """A scheme with all its terms."""
    terms = list(terms)
    return Described(
        address=absolute(reverse("initiatives:concept-list", args=[words.slug])),
        title=words.title,
        summary=scheme.description,
        types=["DefinedTermSet", "CollectionPage"],
        graph=scheme_graph(scheme, words, terms, absolute),
        more_links=[
            LICENSED,
            *(Link("item", absolute(each.get_absolute_url()), PAGE) for each in terms),
        ],
    )


def described_codebook(schemes: Iterable[SchemeWords], absolute: Absolute) -> Described:
    """The page with all schemes, each of which has a page of its own."""
    address, title = absolute(reverse("initiatives:codebook")), "Codebook"
    summary = "The ten schemes of terms that the cases of Casebase are coded with."
    sets = [term_set(words, absolute) for words in schemes]
    return Described(
        address=address,
        title=title,
        summary=summary,
        types=["CollectionPage"],
        graph=filled(
            context=CONTEXT,
            type="CollectionPage",
            id=address,
            url=address,
            name=title,
            description=summary,
            **ours(),
            isPartOf=part_of_dataset(absolute),
            hasPart=sets,
        ),
        more_links=[LICENSED, *(Link("item", each["url"], PAGE) for each in sets)],
    )


def described_home(figures: dict[str, int], absolute: Absolute) -> Described:
    return Described(
        address=absolute(reverse("home")),
        title="Casebase: co-production, every statement with its source",
        summary=CASES,
        types=["WebSite"],
        graph=dataset_graph(figures, absolute),
        documents={},
        more_links=[LICENSED, Link("about", absolute(reverse("about")), PAGE)],
    )


def described_page(name: str, title: str, absolute: Absolute) -> Described:
    """A page of the site that only people read."""
    address = absolute(reverse(name))
    return Described(
        address=address,
        title=title,
        types=["WebPage"],
        graph=filled(context=CONTEXT, type="WebPage", id=address, name=title, **ours()),
        documents={},
        more_links=[LICENSED],
    )


def described_dataset(figures: dict[str, int], absolute: Absolute) -> Described:
    """The page about the casebase: to machines, that of a data set with its files."""
    address = absolute(reverse("about"))
    return Described(
        address=address,
        title="About Casebase",
        summary="Method, coding rules, how sure the data are, licence.",
        types=["Dataset", "AboutPage"],
        graph=dataset_graph(figures, absolute),
        more_links=[
            Link("cite-as", address),
            LICENSED,
            *(
                Link("item", file["contentUrl"], file["encodingFormat"])
                for file in distribution(absolute)
            ),
        ],
    )


def dataset_graph(figures: dict[str, int], absolute: Absolute) -> Graph:
    return filled(
        context=CONTEXT,
        **part_of_dataset(absolute),
        description=(
            "An open knowledge base of co-production initiatives: "
            f"{figures['initiatives']} cases in {figures['countries']} countries, "
            f"told in {figures['statements']} findings that are coded by barriers, "
            "risks, strategies, leadership, motivations, negative effects, resilience "
            f"and change steps, each with its source among {figures['references']} "
            "works."
        ),
        creator=OURS,
        **ours(),
        keywords=["co-production", "public services", "case studies", "evidence"],
        distribution=distribution(absolute),
    )


def distribution(absolute: Absolute) -> list[Graph]:
    """Files of all cases, and of all works in formats that need no style."""
    works = [file for file in files_of_works() if "/text" not in file.path]
    return [
        filled(
            type="DataDownload",
            name=file.label,
            encodingFormat=file.media_type.partition(";")[0],
            contentUrl=absolute(file.path),
        )
        for file in [*files_of_cases(), *works]
    ]

"""Pages of cases and terms, and the casebase as a whole, described for machines.

A case is an Article by Casebase, dated as its version, that cites its works; a term is
a DefinedTerm of its scheme; the whole is a Dataset, of which search engines require a
name and a description of at least 50 characters:
https://developers.google.com/search/docs/appearance/structured-data/dataset

Nothing in here queries the database.
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from casebase.metadata.page_description import HTML, Absolute, SharedPicture
from casebase.metadata.schema_org import CONTEXT, Node, build_node
from casebase.metadata.signposting import Link
from initiatives.schemes import SchemeWords
from references.csl import Name, Work
from references.csl_serializers import serialize_cited_work
from references.metadata.record_page import RecordPageDescription
from references.metadata.schema_org import build_citation_node
from references.partial_date import PartialDate

CASEBASE = Name(literal="Casebase")
ORGANISATION = build_node(type="Organization", name="Casebase")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# The address that the profile of Signposting prefers for the same licence.
SPDX_LICENCE = "https://spdx.org/licenses/CC-BY-4.0"


def case_work(case: Any, absolute: Absolute) -> Work:
    """The case, or a version of it, as a work that can be cited."""
    return work_by_casebase(
        id=f"casebase-{case.slug}" + (f"-v{case.version}" if case.version else ""),
        type="webpage",
        title=title_of_version(case, case.version),
        issued=date_of_version(case),
        genre="Case study",
        URL=absolute(case.get_absolute_url()),
    )


def date_of_version(case: Any) -> PartialDate | None:
    day = case.revised_on or case.published_on
    return PartialDate(day.year, day.month, day.day) if day else None


def title_of_version(case: Any, number: int | None) -> str:
    return str(case.name) + (f" (version {number})" if number else "")


def finding_work(finding: Any, version: int | None, absolute: Absolute) -> Work:
    """A finding as a work that can be cited: a part of this version of its case."""
    case = finding.initiative
    return work_by_casebase(
        id=f"casebase-{finding.short_id}",
        type="chapter",
        title=f"{', '.join(finding.labels)}: “{finding.opening('[…]')}”",
        issued=date_of_version(case),
        **{"container-title": title_of_version(case, version)},
        publisher="Casebase",
        URL=absolute(reverse("findings:detail", args=[finding.short_id])),
    )


def work_by_casebase(**variables: Any) -> Work:
    """Return a work by Casebase, the author that stands for the credited coders."""
    common = {
        "author": [CASEBASE],
        "container-title": "Casebase",
        "language": "en-GB",
    }
    return Work.model_validate(common | variables)


def describe_case(
    case: Any, works: list[Any], absolute: Absolute
) -> RecordPageDescription:
    """The page of a case or of a version of it, with its works in their order."""
    address, own = absolute(case.get_absolute_url()), case_work(case, absolute)
    return RecordPageDescription(
        address=address,
        title=own.title,
        works=[own, *map(serialize_cited_work, works)],
        json_ld=build_case_node(case, works, absolute),
        types=["Article"],
        summary=case.summary,
        more_links=[Link("item", address, HTML), Link("license", SPDX_LICENCE)],
        own_picture=picture_of(case, absolute),
    )


def picture_of(case: Any, absolute: Absolute) -> SharedPicture | None:
    """The social card of a case; None for an earlier version, which has none."""
    if case.version:
        return None
    told = (case.name, place_and_years(case), case.tagline)
    alt = " ".join(f"{text.rstrip('.')}." for text in told if text)
    return SharedPicture(absolute(reverse("initiatives:card", args=[case.slug])), alt)


def place_and_years(case: Any) -> str:
    return " · ".join(filter(None, [case.place, case.years]))


def build_case_node(case: Any, works: list[Any], absolute: Absolute) -> Node:
    address = absolute(case.get_absolute_url())
    return build_node(
        context=CONTEXT,
        type="Article",
        id=address,
        mainEntityOfPage=address,
        url=address,
        headline=case.name[:110],
        name=case.name,
        description=case.summary,
        version=case.version,
        datePublished=format_day(case.published_on or case.revised_on),
        dateModified=format_day(case.revised_on),
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
        spatialCoverage=build_place_node(case),
        temporalCoverage=format_years(case),
        about=[build_term_node(area, absolute) for area in case.service_areas.all()],
        keywords=[tag.name for tag in case.tags.all()],
        citation=build_citation_nodes(works, absolute),
    )


def common_properties() -> Node:
    """Return the properties of everything that Casebase publishes."""
    return build_node(
        author=ORGANISATION,
        publisher=ORGANISATION,
        license=LICENCE,
        inLanguage="en-GB",
        isAccessibleForFree=True,
    )


def format_day(day: Any) -> str:
    return day.isoformat() if day else ""


def format_years(case: Any) -> str:
    """“2008/..”: an interval of ISO 8601, perhaps with an open end; or empty."""
    if not (case.start_year or case.end_year):
        return ""
    return f"{case.start_year or '..'}/{case.end_year or '..'}"


def build_place_node(case: Any) -> Node:
    point = case.latitude is not None and build_node(
        type="GeoCoordinates", latitude=case.latitude, longitude=case.longitude
    )
    address = build_node(
        type="PostalAddress",
        addressLocality=case.locality,
        addressRegion=case.region,
        addressCountry=case.country,
    )
    return build_node(type="Place", name=case.place, address=address, geo=point or None)


def build_citation_nodes(works: Iterable[Any], absolute: Absolute) -> list[Node]:
    return [
        build_citation_node(
            serialize_cited_work(work), absolute(work.get_absolute_url())
        )
        for work in works
    ]


def build_term_node(concept: Any, absolute: Absolute) -> Node:
    """Build a short node of a term, for other pages that name it."""
    address = absolute(concept.get_absolute_url())
    return build_node(type="DefinedTerm", id=address, name=concept.label, url=address)


def term_work(concept: Any, words: SchemeWords, absolute: Absolute) -> Work:
    """A term as a work that can be cited."""
    return work_by_casebase(
        id=f"casebase-{words.slug}-{concept.slug}",
        type="entry-dictionary",
        title=concept.label,
        **{"container-title": f"Casebase codebook: {words.title}"},
        genre=words.singular,
        URL=absolute(concept.get_absolute_url()),
    )


def describe_term(
    concept: Any, words: SchemeWords, page: Any, absolute: Absolute
) -> RecordPageDescription:
    """The page of a term, with the works behind its definition and its findings."""
    address = absolute(concept.get_absolute_url())
    works = [
        serialize_cited_work(work) for work in works_behind([concept, *page.findings])
    ]
    cases = (absolute(case.get_absolute_url()) for case in page.initiatives)
    return RecordPageDescription(
        address=address,
        title=concept.label,
        works=[term_work(concept, words, absolute), *works],
        json_ld=build_term_page_node(concept, words, page, absolute),
        types=["DefinedTerm", "AboutPage"],
        summary=concept.definition,
        more_links=[
            *(Link("item", case, HTML) for case in cases),
            Link("license", SPDX_LICENCE),
        ],
    )


def works_behind(statements: Iterable[Any]) -> list[Any]:
    """The works of their sources, each once, in the order of their first use."""
    sources = (use for statement in statements for use in statement.sources.all())
    return list({use.reference_id: use.reference for use in sources}.values())


def build_term_page_node(
    concept: Any, words: SchemeWords, page: Any, absolute: Absolute
) -> Node:
    about = build_node(
        type="WebPage",
        id=f"{absolute(concept.get_absolute_url())}#page",
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
        citation=build_citation_nodes(works_behind([concept]), absolute),
    )
    return build_node(
        context=CONTEXT,
        **build_term_node(concept, absolute),
        alternateName=concept.synonyms,
        description=concept.definition,
        disambiguatingDescription=concept.scope_note,
        termCode=concept.slug,
        inDefinedTermSet=build_term_set_node(words, absolute),
        mainEntityOfPage=about,
        subjectOf=[build_case_reference(case, absolute) for case in page.initiatives],
    )


def build_case_reference(case: Any, absolute: Absolute) -> Node:
    """Build a short node of a case, for other pages that name it."""
    address = absolute(case.get_absolute_url())
    return build_node(type="Article", id=address, name=case.name)


def build_term_set_node(words: SchemeWords, absolute: Absolute) -> Node:
    address = absolute(reverse("initiatives:concept-list", args=[words.slug]))
    return build_node(type="DefinedTermSet", id=address, name=words.title, url=address)


def build_scheme_node(
    scheme: Any, words: SchemeWords, concepts: Iterable[Any], absolute: Absolute
) -> Node:
    """A scheme with all its terms."""
    return build_node(
        context=CONTEXT,
        **build_term_set_node(words, absolute),
        description=scheme.description,
        **common_properties(),
        isPartOf=build_dataset_node(absolute),
        citation=build_citation_nodes(works_behind([scheme]), absolute),
        hasDefinedTerm=[build_term_node(concept, absolute) for concept in concepts],
    )


def build_dataset_node(absolute: Absolute) -> Node:
    """The casebase as a whole; its pages add more about it under the same id."""
    address = absolute(reverse("about"))
    return build_node(
        type="Dataset", id=f"{address}#dataset", name="Casebase", url=address
    )

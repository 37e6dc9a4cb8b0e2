"""Cases, terms and the casebase as a whole, in the words of machines.

A case is an article by Casebase, of the date of its version, that cites its works; a
term is a DefinedTerm of its scheme; the whole is a Dataset, for which search engines
ask a name and a description of 50 letters and more:
https://developers.google.com/search/docs/appearance/structured-data/dataset

``absolute`` makes a path an address with the host. No query in here.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse

from casebase.metadata.page_description import Described, DescribedRecord
from casebase.metadata.signposting import Link
from initiatives.schemes import SchemeWords
from references.csl import Name, Work
from references.csl_serializers import cited_work
from references.metadata.schema_org import (
    CONTEXT,
    LICENCE,
    Graph,
    filled,
    reference_to,
)
from references.partial_date import PartialDate

type Absolute = Callable[[str], str]

CASEBASE = Name(literal="Casebase")
OURS = filled(type="Organization", name="Casebase")
# The address that the profile of Signposting prefers for the same licence.
SPDX_LICENCE = "https://spdx.org/licenses/CC-BY-4.0"


def case_work(case: Any, absolute: Absolute) -> Work:
    """The case, or one version of it, as an item that can be cited."""
    day = case.revised_on or case.published_on
    return our_work(
        id=f"casebase-{case.slug}" + (f"-v{case.version}" if case.version else ""),
        type="webpage",
        title=case.name + (f" (version {case.version})" if case.version else ""),
        issued=PartialDate(day.year, day.month, day.day) if day else None,
        genre="Case study",
        URL=absolute(case.get_absolute_url()),
    )


def our_work(**variables: Any) -> Work:
    """An item by the casebase; its credited coders stand behind this one name."""
    ours = {
        "author": [CASEBASE],
        "container-title": "Casebase",
        "language": "en-GB",
    }
    return Work.model_validate(ours | variables)


def described_case(case: Any, works: list[Any], absolute: Absolute) -> Described:
    """A case with its works, in the order of its page."""
    address, own = absolute(case.get_absolute_url()), case_work(case, absolute)
    return DescribedRecord(
        address=address,
        title=own.title,
        works=[own, *map(cited_work, works)],
        graph=case_graph(case, works, absolute),
        types=["Article"],
        summary=case.summary,
        more_links=[Link("item", address, "text/html"), Link("license", SPDX_LICENCE)],
    )


def case_graph(case: Any, works: list[Any], absolute: Absolute) -> Graph:
    address = absolute(case.get_absolute_url())
    return filled(
        context=CONTEXT,
        type="Article",
        id=address,
        mainEntityOfPage=address,
        url=address,
        headline=case.name[:110],
        name=case.name,
        description=case.summary,
        version=case.version,
        datePublished=iso(case.published_on or case.revised_on),
        dateModified=iso(case.revised_on),
        **ours(),
        isPartOf=part_of_dataset(absolute),
        spatialCoverage=place(case),
        temporalCoverage=years(case),
        about=[term(area, absolute) for area in case.service_areas.all()],
        keywords=[tag.name for tag in case.tags.all()],
        citation=citations(works, absolute),
    )


def ours() -> Graph:
    """What is true of all that we write."""
    return filled(
        author=OURS,
        publisher=OURS,
        license=LICENCE,
        inLanguage="en-GB",
        isAccessibleForFree=True,
    )


def iso(day: Any) -> str:
    return day.isoformat() if day else ""


def years(case: Any) -> str:
    """An interval of ISO 8601, of which an end may be open."""
    if not (case.start_year or case.end_year):
        return ""
    return f"{case.start_year or '..'}/{case.end_year or '..'}"


def place(case: Any) -> Graph:
    point = case.latitude is not None and filled(
        type="GeoCoordinates", latitude=case.latitude, longitude=case.longitude
    )
    address = filled(
        type="PostalAddress",
        addressLocality=case.locality,
        addressRegion=case.region,
        addressCountry=case.country,
    )
    return filled(type="Place", name=case.place, address=address, geo=point or None)


def citations(works: Iterable[Any], absolute: Absolute) -> list[Graph]:
    return [
        reference_to(cited_work(work), absolute(work.get_absolute_url()))
        for work in works
    ]


def term(concept: Any, absolute: Absolute) -> Graph:
    """As much of a term as another thing says that names it."""
    address = absolute(concept.get_absolute_url())
    return filled(type="DefinedTerm", id=address, name=concept.label, url=address)


def term_work(concept: Any, words: SchemeWords, absolute: Absolute) -> Work:
    """A term as an item that can be cited."""
    return our_work(
        id=f"casebase-{words.slug}-{concept.slug}",
        type="entry-dictionary",
        title=concept.label,
        **{"container-title": f"Casebase codebook: {words.title}"},
        genre=words.singular,
        URL=absolute(concept.get_absolute_url()),
    )


def described_term(
    concept: Any, words: SchemeWords, page: Any, absolute: Absolute
) -> Described:
    """A term with the works that its definition and its cases' findings rest on."""
    address = absolute(concept.get_absolute_url())
    works = [cited_work(work) for work in works_behind([concept, *page.findings])]
    cases = (absolute(case.get_absolute_url()) for case in page.initiatives)
    return DescribedRecord(
        address=address,
        title=concept.label,
        works=[term_work(concept, words, absolute), *works],
        graph=term_graph(concept, words, page, absolute),
        types=["DefinedTerm", "AboutPage"],
        summary=concept.definition,
        more_links=[
            *(Link("item", case, "text/html") for case in cases),
            Link("license", SPDX_LICENCE),
        ],
    )


def works_behind(statements: Iterable[Any]) -> list[Any]:
    """The works of their sources, each once, in the order of first use."""
    sources = (use for statement in statements for use in statement.sources.all())
    return list({use.reference_id: use.reference for use in sources}.values())


def term_graph(
    concept: Any, words: SchemeWords, page: Any, absolute: Absolute
) -> Graph:
    about = filled(
        type="WebPage",
        id=f"{absolute(concept.get_absolute_url())}#page",
        **ours(),
        isPartOf=part_of_dataset(absolute),
        citation=citations(works_behind([concept]), absolute),
    )
    return filled(
        context=CONTEXT,
        **term(concept, absolute),
        alternateName=concept.synonyms,
        description=concept.definition,
        disambiguatingDescription=concept.scope_note,
        termCode=concept.slug,
        inDefinedTermSet=term_set(words, absolute),
        mainEntityOfPage=about,
        subjectOf=[
            filled(type="Article", id=absolute(case.get_absolute_url()), name=case.name)
            for case in page.initiatives
        ],
    )


def term_set(words: SchemeWords, absolute: Absolute) -> Graph:
    address = absolute(reverse("initiatives:concept-list", args=[words.slug]))
    return filled(type="DefinedTermSet", id=address, name=words.title, url=address)


def scheme_graph(
    scheme: Any, words: SchemeWords, concepts: Iterable[Any], absolute: Absolute
) -> Graph:
    """A scheme with all its terms."""
    return filled(
        context=CONTEXT,
        **term_set(words, absolute),
        description=scheme.description,
        **ours(),
        isPartOf=part_of_dataset(absolute),
        citation=citations(works_behind([scheme]), absolute),
        hasDefinedTerm=[term(concept, absolute) for concept in concepts],
    )


def part_of_dataset(absolute: Absolute) -> Graph:
    """The whole by its name; home and the page about it say more under the same id."""
    address = absolute(reverse("about"))
    return filled(type="Dataset", id=f"{address}#dataset", name="Casebase", url=address)

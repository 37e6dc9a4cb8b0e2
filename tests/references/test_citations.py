"""Tests of the plain citation of a work."""

import pytest

from references.citations import build_citation, language_name
from references.models import Reference
from tests.factories import ContributionFactory, PersonFactory, ReferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def work(*, authors=(), editors=(), **fields):
    """Return a work by people, named “Family, Given”, and bodies, without a comma."""
    reference = ReferenceFactory(**{"type": "book", "title": "A title"} | fields)
    for role, names in (("author", authors), ("editor", editors)):
        for position, name in enumerate(names, start=1):
            ContributionFactory(
                reference=reference, person=person(name), role=role, position=position
            )
    return Reference.objects.with_contributors().get(pk=reference.pk)


def person(name):
    family, comma, given = name.partition(", ")
    if not comma:
        return PersonFactory(family="", literal=name)
    return PersonFactory(family=family, given=given)


def text(reference):
    return "".join(part.text for part in build_citation(reference))


def test_journal_article():
    article = work(
        type="article-journal",
        authors=["Alford, J.", "Yates, S."],
        title="Co-production of public services in Australia",
        issued_year=2016,
        container_title="Australian Journal",
        volume="75",
        issue="2",
        page="159-175",
        doi="10.1111/1467-8500.12157",
    )
    assert text(article) == (
        "Alford, J., & Yates, S. (2016). Co-production of public services in "
        "Australia. Australian Journal, 75(2), 159–175. "
        "https://doi.org/10.1111/1467-8500.12157"
    )


def test_a_report_has_its_type_and_the_date_of_reading():
    report = work(
        type="report",
        authors=["Meyer, G.", "Grosser, M."],
        title="Streetwatchers",
        issued_year=2014,
        collection_title="Case Study",
        number="4a",
        publisher="Governance International",
        publisher_place="Birmingham",
        url="https://example.org/weyhe/",
        accessed_year=2019,
        accessed_month=3,
    )
    assert text(report) == (
        "Meyer, G., & Grosser, M. (2014). Streetwatchers [Report]. Case Study, No. 4a. "
        "Birmingham: Governance International. "
        "Accessed March 2019: https://example.org/weyhe/"
    )


def test_a_chapter_names_the_editors_of_its_book():
    chapter = work(
        type="chapter",
        authors=["Banner, G."],
        editors=["Naschold, F.", "Wegener, A."],
        container_title="Innovative Kommunen",
        page="341–350",
        issued_year=1987,
    )
    assert text(chapter) == (
        "Banner, G. (1987). A title. "
        "In: Naschold, F., & Wegener, A. (Eds.), Innovative Kommunen, 341–350."
    )


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ({"type": "chapter", "authors": ["Loeffler, E."]}, "In: The Whole, 3–9."),
        ({"type": "chapter", "editors": ["Loeffler, E."]}, "In: The Whole, 3–9."),
        ({"type": "chapter"}, "In: The Whole, 3–9."),
        ({"type": "entry-encyclopedia"}, "In: The Whole, 3–9."),
        ({"type": "paper-conference"}, "In: The Whole, 3–9."),
        ({"type": "chapter", "container_title": ""}, "A title. (n.d.). 3–9."),
        ({"type": "article-journal"}, "A title. (n.d.). The Whole, 3–9."),
        ({"type": "webpage"}, "(n.d.). The Whole, 3–9."),
    ],
)
def test_a_part_names_the_larger_work(fields, end):
    part = work(**{"container_title": "The Whole", "page": "3-9"} | fields)
    assert text(part).endswith(end)


@pytest.mark.parametrize(
    ("editors", "names"),
    [
        (["Naschold, F."], "Naschold, F. (Ed.)."),
        (["Naschold, F.", "Wegener, A."], "Naschold, F., & Wegener, A. (Eds.)."),
    ],
)
def test_editors_of_a_whole_book_come_first(editors, names):
    assert text(work(editors=editors)) == f"{names} (n.d.). A title."


def test_names_of_three_people():
    names = ["A, B.", "C, D.", "E, F."]
    assert text(work(authors=names)).startswith("A, B., C, D., & E, F. (")


def test_a_full_stop_follows_the_name_of_a_body():
    assert text(work(authors=["Vale of Glamorgan Council"])) == (
        "Vale of Glamorgan Council. (n.d.). A title."
    )


def test_particles_and_suffixes():
    reference = work()
    king = PersonFactory(family="King", given="M. L.", suffix="Jr.")
    eijk = PersonFactory(family="Eijk", given="C.", non_dropping_particle="van")
    goethe = PersonFactory(family="Goethe", given="J. W.", dropping_particle="von")
    for position, contributor in enumerate([eijk, king, goethe]):
        ContributionFactory(reference=reference, person=contributor, position=position)
    assert text(Reference.objects.get(pk=reference.pk)).startswith(
        "van Eijk, C., King, M. L., Jr., & Goethe, J. W. von. ("
    )


def test_a_work_without_names_begins_with_its_title():
    nameless = work(type="webpage", issued_year=2021, container_title="The site")
    assert text(nameless) == "A title [Web page]. (2021). The site."


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ({}, "(n.d.)"),
        ({"issued_year": 2014}, "(2014)"),
        ({"issued_year": 2014, "issued_month": 5}, "(2014, May)"),
        ({"issued_year": 2014, "issued_month": 5, "issued_day": 21}, "(2014, 21 May)"),
    ],
)
def test_partial_dates(date, words):
    assert text(work(authors=["A, B."], **date)) == f"A, B. {words}. A title."


@pytest.mark.parametrize(
    ("fields", "note"),
    [
        ({"type": "thesis"}, " [Thesis]."),
        ({"type": "thesis", "genre": "Master’s thesis"}, " [Master’s thesis]."),
        ({"type": "report", "language": "de"}, " [Report, in German]."),
        ({"language": "da"}, " [in Danish]."),
        ({"language": "en-GB"}, "."),
        ({"title": "Does it work?"}, ""),
        ({"title": "Stop!", "language": "fi"}, " [in Finnish]."),
    ],
)
def test_type_and_language_follow_the_title(fields, note):
    reference = work(authors=["A, B."], **fields)
    assert text(reference) == f"A, B. (n.d.). {reference.title}{note}"


@pytest.mark.parametrize(
    ("fields", "ending"),
    [
        ({"edition": "2"}, "Edition 2."),
        ({"edition": "Revised"}, "Revised."),
        ({"number": "[2016] EWHC 2272 (QB)"}, "[2016] EWHC 2272 (QB)."),
        ({"event_title": "IRSPM", "event_place": "Budapest"}, "IRSPM, Budapest."),
        ({"authority": "High Court"}, "High Court."),
        ({"publisher_place": "London"}, "London."),
        ({"url": "https://example.org/a?"}, "https://example.org/a?"),
    ],
)
def test_other_fields(fields, ending):
    assert text(work(**fields)) == f"A title. (n.d.). {ending}"


def test_parts_mark_the_title_and_the_link():
    hostile = work(title="<b>Bold</b>", authors=["A, B."], doi="10.1000/x<y>#z")
    marked = [part for part in build_citation(hostile) if part.is_title or part.url]
    assert [part.text for part in marked] == [
        "<b>Bold</b>",
        "https://doi.org/10.1000/x<y>#z",
    ]
    assert marked[1].url == "https://doi.org/10.1000/x%3Cy%3E%23z"


def test_names_of_languages():
    assert language_name("de") == "German"
    assert language_name("de-CH") == "German"
    assert language_name("tlh") == "tlh"


def test_a_citation_makes_no_query(django_assert_num_queries):
    reference = work(authors=["A, B."], editors=["C, D."])
    with django_assert_num_queries(0):
        assert text(reference)

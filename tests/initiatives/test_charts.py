"""Charts: every number is that of the list at its address."""

from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from pytest_django.asserts import assertContains, assertNotContains

from initiatives.filters import InitiativeFilter
from initiatives.models import Finding, Initiative
from references.models import Reference
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.initiatives.findings.listing import filtered

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def numbers(chart):
    """Return label → number of the rows of a chart."""
    return {bar.value.label: bar.value.n for bar in chart.bars}


def results(chart, label):
    """Return the numbers of the parts of one bar, by their names."""
    bar = next(bar for bar in chart.bars if bar.value.label == label)
    return {part.value.name: part.value.n for part in bar.parts}


def charts_of(page):
    return page.context["charts"]()


def values_of(charts):
    """Return pairs of a number of the charts and the address of its list."""
    pairs = [
        (value.n, value.address)
        for chart in charts.bars
        for bar in chart.bars
        for value in (bar.value, *(part.value for part in bar.parts))
        if value.n
    ]
    if charts.years:
        bars = charts.years.histogram.bars
        pairs += [(bar.count, bar.address) for bar in bars if bar.count]
    return pairs


def n_listed(address, default):
    """Return the number of records of the list at an address."""
    path, query = urlsplit(address).path or default, urlsplit(address).query
    if path == "/findings/":
        return filtered(query).paginator.count
    cases = InitiativeFilter(QueryDict(query), Initiative.objects.published())
    return cases.paginator.count


@pytest.fixture
def cases():
    """Return three public cases with statements, beside a draft with one."""
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    weyhe = InitiativeFactory(slug="weyhe", start_year=1998)
    rimini = InitiativeFactory(slug="rimini", country="IT", start_year=2014)
    ostbelgien = InitiativeFactory(slug="ostbelgien", country="BE")
    draft = InitiativeFactory(status="draft", country="FR", start_year=2001)
    told = {"kind": "barrier", "concept": mistrust}
    for case in (weyhe, rimini, draft):
        FindingFactory(initiative=case, **told, year=2010)
        FindingFactory(initiative=case, direction="mixed", year=2012)
    answer = {"response": "They met.", "direction": "helped"}
    FindingFactory(initiative=weyhe, **told, **answer, year=1999)
    FindingFactory(initiative=ostbelgien, direction="hindered")
    return weyhe, rimini, ostbelgien


def test_findings_are_charted_by_kind_and_result_by_country_and_by_year(client, cases):
    charts = charts_of(client.get("/findings/"))
    kinds, countries = charts.bars
    assert numbers(kinds) == {"Barriers": 3, "Outcomes": 3}
    assert results(kinds, "Barriers") == {
        "helped": 1,
        "mixed": 0,
        "hindered": 0,
        "not-reported": 2,
    }
    assert numbers(countries) == {"Germany": 3, "Italy": 2, "Belgium": 1}
    assert charts.years.histogram.description == "1999: 1, 2010: 2, 2012: 2"
    assert charts.years.n_undated == 1


def test_cases_are_charted_with_the_results_of_their_findings(client, cases):
    page = client.get("/initiatives/?barrier=mistrust")
    kinds, countries = charts_of(page).bars
    assert numbers(kinds) == {"Barriers": 3, "Outcomes": 2}
    assert numbers(countries) == {"Germany": 1, "Italy": 1}
    assertContains(page, "Their findings:")
    assertNotContains(page, "Belgium</a>")


@pytest.mark.parametrize(
    "address",
    [
        "/findings/",
        "/findings/?direction=not-reported&direction=mixed&from=2000&page=1",
        "/findings/?country=DE&country=IT&case-from=1990&kind=barrier&kind=outcome",
        "/initiatives/",
        "/initiatives/?barrier=mistrust&country=DE&country=IT&from=1990",
    ],
)
def test_each_number_is_that_of_the_list_it_leads_to(client, cases, address):
    pairs = values_of(charts_of(client.get(address)))
    assert len(pairs) > 5
    default = urlsplit(address).path
    assert [(n, n_listed(to, default)) for n, to in pairs] == [(n, n) for n, _ in pairs]


def test_years_that_a_list_leaves_out_stay_left_out(client):
    for year in (1950, 1951, 2008, 2009):
        InitiativeFactory(start_year=year)
    page = client.get("/initiatives/?from=1951&to=2008&page=1")
    bars = charts_of(page).years.histogram.bars
    assert [(bar.years, bar.count, bar.address) for bar in bars if bar.count] == [
        ("1950–1951", 1, "?from=1951&to=1951"),
        ("2008–2009", 1, "?from=2008&to=2008"),
    ]


def test_what_has_one_value_only_is_not_charted(client):
    FindingFactory(year=2010)
    for address in ("/findings/", "/initiatives/", "/references/", "/findings/?kind=x"):
        page = client.get(address)
        assert not charts_of(page)
        assertContains(page, '<div id="charts"></div>', status_code=page.status_code)


def test_a_chart_is_a_table_of_links(client, cases):
    page = client.get("/findings/")
    assertContains(page, '<a href="?kind=barrier&amp;direction=helped">1</a>')
    assertContains(page, '<a href="?country=IT">Italy</a>')
    assertContains(page, '<a href="?from=1999&amp;to=1999">1999</a>')


def test_works_are_charted_by_type_and_by_year(client):
    for year, kind in ((-300, "book"), (2014, "report"), (2014, "report")):
        Reference.objects.create(
            key=f"w{Reference.objects.count()}", title="W", type=kind, issued_year=year
        )
    charts = charts_of(client.get("/references/?type=book&type=report"))
    assert [(b.value.n, b.value.address) for b in charts.bars[0].bars] == [
        (2, "?type=report"),
        (1, "?type=book"),
    ]
    # No list begins before the year 1000.
    first, *_, last = charts.years.histogram.bars
    assert (first.count, first.address) == (1, "")
    assert last.address == f"?type=book&type=report&from={last.first}&to={last.last}"


def test_about_says_what_the_findings_report(client, cases):
    page = client.get("/about/")
    charts = page.context["charts"]
    assert numbers(charts.results_by_kind) == {"Barriers": 3, "Outcomes": 3}
    assert numbers(charts.barriers) == {"Mistrust": 3}
    assert charts.strategies.bars == []
    assert numbers(charts.countries) == {"Belgium": 1, "Germany": 1, "Italy": 1}
    assert charts.years.n_undated == 1
    sentence = (
        "of 6 statements, 1 report that it helped, 2 a mixed result and 1 that it "
        "hindered; 2 report no result."
    )
    assertContains(page, sentence)


def test_about_takes_as_many_queries_whatever_the_base_holds(
    client, cases, django_assert_max_num_queries
):
    with django_assert_max_num_queries(55) as few:
        client.get("/about/")
    for _ in range(5):
        FindingFactory(kind="risk")
    with django_assert_max_num_queries(len(few)):
        client.get("/about/")


def test_terms_with_several_cases_show_where_and_when(client, cases):
    address = "/barriers/mistrust/"
    assert client.get(address).context["page"].charts is None
    mistrust = Finding.objects.filter(kind="barrier")[0].concept
    for year in (2012, 2014):
        case = InitiativeFactory(country="IT", start_year=year)
        FindingFactory(initiative=case, kind="barrier", concept=mistrust)
    charts = client.get(address).context["page"].charts
    [countries] = charts.bars
    assert numbers(countries) == {"Italy": 3, "Germany": 1}
    assert charts.years.histogram.description == "1998: 1, 2012: 1, 2014: 2"
    for n, to in values_of(charts):
        assert n == n_listed(to, "")

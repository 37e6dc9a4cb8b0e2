"""The page of a case."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def weyhe():
    return InitiativeFactory(slug="weyhe", name="Streetwatchers")


def get(client):
    return client.get("/initiatives/weyhe/")


def test_the_facts_at_a_glance(client, weyhe):
    weyhe.start_year, weyhe.settlement, weyhe.reach = 2007, "town", "municipality"
    weyhe.target_groups, weyhe.co_producers = ["young people"], "local volunteers"
    weyhe.save()
    InvolvementFactory(initiative=weyhe, organisation__name="Town of Weyhe")
    mode = FindingFactory(initiative=weyhe, kind="mode")
    response = get(client)
    for words in (
        "since 2007",
        "Young people",
        "Local volunteers",
        "Town of Weyhe",
        '<a href="/initiatives/?settlement=town">Town</a>',
        '<a href="/initiatives/?reach=municipality">Municipal</a>',
        "(lead public body)",
        f'<a href="#{mode.short_id}">{mode.concept.label}</a>',
    ):
        assertContains(response, words)


def test_a_case_begins_with_what_it_has(client, weyhe):
    weyhe.tagline, weyhe.last_source_year = "Neighbours walk at night.", 2025
    weyhe.save()
    talk = ConceptFactory(scheme="strategies")
    met = {"initiative": weyhe, "kind": "barrier", "response": "They talked."}
    first = FindingFactory(direction="helped", strategies=[talk.pk], **met)
    FindingFactory(direction="not-reported", **met)
    page = get(client)
    assertContains(page, '<p class="lead">Neighbours walk at night.</p>')
    for fact in (
        '<a href="#barrier"><strong>2 barriers</strong>: '
        '<span class="sign sign--helped">1 helped</span>, '
        '<span class="sign sign--not-reported">1 not reported</span></a>',
        f'<a href="#{first.short_id}"><strong>1 strategy tried</strong></a>',
        '<a href="#works"><strong>2 works</strong>: <span>the latest of 2025</span>',
    ):
        assertContains(page, fact)


def test_what_can_be_done_with_a_case_stands_in_one_place(client, weyhe):
    FindingFactory(initiative=weyhe)
    tools = (
        get(client).text.partition('aria-label="This case"')[2].partition("</nav>")[0]
    )
    for control in (
        "data-print",
        'href="/compare/?case=weyhe"',
        'data-copy="citation"',
        'href="#cite"',
        'href="/initiatives/weyhe/cite/"',
        'popovertarget="files-of-works"',
        'href="/similar/?case=weyhe"',
    ):
        assert control in tools
    assert "history" not in tools


def test_headings_without_content_are_left_out(client, weyhe):
    FindingFactory(initiative=weyhe)
    page = get(client)
    for words in ("Settlement", "Reach", "Service areas", "Organisations", "Tags"):
        assertNotContains(page, f"<dt>{words}</dt>")
    for words in ("Service areas", "Organisations", "Tags", "The story"):
        assertNotContains(page, words)


def test_a_neutral_direction_is_not_shown(client, weyhe):
    FindingFactory(initiative=weyhe, direction="neutral")
    assertNotContains(get(client), "Neutral")


def test_works_named_in_the_evidence_note_are_linked(client, weyhe):
    work = ReferenceFactory(key="meyer-2014", issued_year=2014)
    ContributionFactory(reference=work, person__family="Meyer")
    SourceFactory(finding=FindingFactory(initiative=weyhe, sources=0), reference=work)
    weyhe.evidence_note = "Of Meyer (2014) <one> page."
    weyhe.save()
    link = '<a href="/references/meyer-2014/">Meyer (2014)</a>'
    assertContains(get(client), f"<p>Of {link} &lt;one&gt; page.</p>")


def test_two_places_in_a_work_are_separated_by_a_comma(client, weyhe):
    finding, work = FindingFactory(initiative=weyhe, sources=0), ReferenceFactory()
    for page in ("one", "two"):
        url = f"https://example.org/{page}"
        SourceFactory(finding=finding, reference=work, url=url, locator=page)
    assertContains(get(client), "one&nbsp;↗</a>, <a")


def test_a_barrier_has_a_statement_a_response_and_strategies(client, weyhe):
    mistrust = ConceptFactory(slug="mistrust", label="Mistrust")
    dialogue = ConceptFactory(scheme="strategies", slug="talk", label="Open dialogue")
    FindingFactory(
        initiative=weyhe,
        kind="barrier",
        concept=mistrust,
        statement="They met with reserve.",
        response="They talked.",
        strategies=[dialogue.pk],
        direction="helped",
    )
    response = get(client)
    for words in (
        "They met with reserve.",
        "They talked.",
        'href="/strategies/talk/"',
        'href="/barriers/mistrust/"',
        "Helped",
        "Coded by us",
    ):
        assertContains(response, words)


def test_a_missing_response_is_pointed_out(client, weyhe):
    FindingFactory(initiative=weyhe, kind="risk")
    assertContains(get(client), "The sources do not tell how it was met.")
    assertContains(get(client), "Not reported")


def test_marks_link_to_the_work_and_the_page_that_was_read(client, weyhe):
    work = ReferenceFactory(key="meyer-2014", issued_year=2014)
    ContributionFactory(reference=work, person__family="Meyer")
    finding = FindingFactory(initiative=weyhe, sources=0, basis="stated")
    SourceFactory(
        finding=finding,
        reference=work,
        url="https://example.org/outcomes",
        locator="Outcomes",
        via="secondary",
    )
    response = get(client)
    for words in (
        f'id="{finding.short_id}"',
        'href="#work-1" aria-label="Source 1"',
        'id="work-1"',
        'href="/references/meyer-2014/">Meyer 2014</a>',
        'href="https://example.org/outcomes"',
        "a summary or report, not the work itself",
        "Stated by the source",
    ):
        assertContains(response, words)


def test_works_are_numbered_in_the_order_in_which_they_are_cited(client, weyhe):
    lesson = FindingFactory(initiative=weyhe, kind="lesson", position=1, sources=2)
    barrier = FindingFactory(initiative=weyhe, kind="barrier", position=2)
    again = lesson.sources.first().reference
    SourceFactory(finding=barrier, reference=again, position=9)
    works = get(client).context["page"].works
    first = barrier.sources.first().reference
    assert [w.reference for w in works][:2] == [first, again]
    assert [w.number for w in works] == [1, 2, 3]


def test_figures_have_their_unit_and_period(client, weyhe):
    FindingFactory(
        initiative=weyhe,
        kind="saving",
        figure_value=15000,
        figure_unit="EUR",
        figure_period="2009/2014",
    )
    assertContains(get(client), "15,000 EUR")
    assertContains(get(client), "2009–2014")


def test_the_limits_of_the_evidence_are_shown(client, weyhe):
    weyhe.evidence_note, weyhe.not_found = "Only single pages.", ["saving", "cost"]
    weyhe.save()
    ConflictFactory(initiative=weyhe, about="Start", note="One says 2007.")
    DocumentationFactory(initiative=weyhe, is_read=False, reference__title="Unread")
    DocumentationFactory(initiative=weyhe, reference__title="Read but unused")
    response = get(client)
    for words in (
        "Only single pages.",
        "Looked for, nothing found: costs, savings.",
        "Start",
        "One says 2007.",
        "its text was not available",
        "no statement here rests on it",
    ):
        assertContains(response, words)


def test_the_star_and_its_table_agree(client, weyhe):
    steps = [ConceptFactory(scheme="change-steps", order=n) for n in range(5)]
    finding = FindingFactory(initiative=weyhe, kind="change-step", concept=steps[2])
    response = get(client)
    assertContains(response, "star__part--held", count=1)
    assertContains(response, f'<a href="#{finding.short_id}">statement 1</a>', count=1)
    assertContains(response, '<span class="quiet">none</span>', count=4)


def test_a_statement_without_a_source_is_never_shown(client, weyhe):
    FindingFactory(initiative=weyhe, statement="Unsourced rumour.", sources=0)
    assertNotContains(get(client), "rumour")


def test_the_page_shows_how_to_cite_the_case(client, weyhe):
    weyhe.revised_on = "2026-11-24"
    weyhe.save()
    page = get(client)
    assertContains(page, "Casebase. (2026, November 24). <em>Streetwatchers</em>")
    assertContains(page, "the version of 24 November 2026")
    assertContains(page, 'href="/initiatives/weyhe/cite/"')


@pytest.mark.parametrize("status", ["draft", "review"])
def test_an_unpublished_case_is_not_found(client, status):
    InitiativeFactory(slug="weyhe", name="Secret", status=status)
    hidden = InitiativeFactory(status=status)
    FormerSlugFactory(slug="old-weyhe", initiative=hidden)
    assertNotContains(get(client), "Secret", status_code=404)
    assert client.get("/initiatives/old-weyhe/").status_code == 404


def test_a_withdrawn_case_answers_410_with_the_reason(client):
    InitiativeFactory(slug="weyhe", status="withdrawn", status_note="A duplicate.")
    assertContains(get(client), "A duplicate.", status_code=410)


def test_a_former_slug_redirects_to_the_case(client, weyhe):
    FormerSlugFactory(initiative=weyhe, slug="night-walkers")
    response = client.get("/initiatives/night-walkers/")
    assertRedirects(response, "/initiatives/weyhe/", status_code=301)


def test_html_in_texts_is_escaped(client, weyhe):
    weyhe.summary = '<script>alert("x")</script>'
    weyhe.save()
    assertContains(get(client), "&lt;script&gt;")
    assertNotContains(get(client), "<script>alert")


def fill(case, n):
    strategy = ConceptFactory(scheme="strategies")
    for kind in ("mode", "barrier", "outcome", "change-step"):
        for finding in FindingFactory.create_batch(n, initiative=case, kind=kind):
            finding.strategies.add(strategy.pk)
    for conflict in ConflictFactory.create_batch(n, initiative=case):
        SourceFactory(conflict=conflict)
    DocumentationFactory.create_batch(n, initiative=case)
    InvolvementFactory.create_batch(n, initiative=case)
    case.tags.add(*(f"tag {number}" for number in range(n)))


def test_many_findings_need_no_more_queries_than_one(
    client, weyhe, django_assert_max_num_queries
):
    fill(weyhe, 1)
    # Within a transaction, cases like this read the snapshot of all cases anew.
    with django_assert_max_num_queries(46) as one:
        get(client)
    fill(weyhe, 12)
    with django_assert_max_num_queries(len(one)):
        get(client)


def test_a_source_of_a_conflict_without_a_page_has_no_link(client, weyhe):
    conflict = ConflictFactory(initiative=weyhe)
    SourceFactory(conflict=conflict, via="")
    page = get(client)
    assertContains(page, 'id="work-1"')
    assertNotContains(page, "Read here:")

"""Versions of cases and terms as the desk labels them."""

import pytest

from casebase.history.differences import summarize
from initiatives.models import Concept, Finding
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    DocumentationFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
    SourceFactory,
)
from tests.history.versions import changes, fields, update

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize(
    ("values", "label", "texts"),
    [
        ({"summary": "New."}, "Summary", ("Old.", "New.")),
        ({"status": "review"}, "Status", ("Published", "In review")),
        ({"country": "NL"}, "Country", ("Germany", "Netherlands")),
        ({"start_year": 2007}, "Started", ("", "2007")),
        ({"published_on": "2026-05-12"}, "Published on", ("", "12 May 2026")),
        ({"place_note": "The hall."}, "Place note", ("", "The hall.")),
        (
            {"not_found": ["cost", "saving"]},
            "Looked for, nothing found",
            ("", "Cost\nSaving"),
        ),
        ({"target_groups": ["residents"]}, "Target groups", ("", "residents")),
    ],
)
def test_fields_of_a_case_are_told_as_the_desk_tells_them(values, label, texts):
    case = InitiativeFactory(summary="Old.")
    assert fields(changes(case, update(case, **values))) == {label: texts}


def test_what_belongs_to_a_case_is_told_line_by_line():
    case = InitiativeFactory()

    def write():
        case.service_areas.add(ConceptFactory(scheme="service-areas", label="Safety"))
        case.tags.add("water")
        InvolvementFactory(initiative=case, organisation__name="Police", role="funder")
        cited = {"reference__key": "meyer-2014", "is_cited_by_chapter": True}
        DocumentationFactory(initiative=case, **cited)
        unread = {"reference__key": "olsen-2015", "is_read": False}
        spoken = {"standing": "press", "standing_note": "A paper"}
        DocumentationFactory(initiative=case, **unread, **spoken)
        FormerSlugFactory(initiative=case, slug="weyhe")

    assert fields(changes(case, write)) == {
        "Service areas": ("", "Safety"),
        "Tags": ("", "water"),
        "Organisations": ("", "Police (funder)"),
        "Works on the case": (
            "",
            "meyer-2014, cited by the chapter\nolsen-2015, not read",
        ),
        "Who speaks": ("", "olsen-2015, press, A paper"),
        "Earlier addresses": ("", "weyhe"),
    }


def test_a_finding_is_told_with_its_heading():
    case = InitiativeFactory()

    def write():
        outreach = ConceptFactory(scheme="strategies", label="Outreach")
        FindingFactory(
            initiative=case,
            kind="barrier",
            concept=ConceptFactory(label="Mistrust"),
            statement="Neighbours wanted a firm.",
            strategies=[outreach],
            sources=0,
        )

    [part] = found = changes(case, write)
    assert (part.manner, part.noun) == ("added", "finding")
    assert part.heading == "Barrier · Mistrust · Neighbours wanted a firm."
    assert fields(found) == {
        "Kind": ("", "Barrier"),
        "Statement": ("", "Neighbours wanted a firm."),
        "Direction": ("", "Not reported"),
        "Basis": ("", "Coded"),
        "Term": ("", "Mistrust"),
        "Strategies": ("", "Outreach"),
    }


def test_a_source_is_told_with_its_place_and_whose_words_it_is():
    finding = FindingFactory(sources=0)

    def write():
        work = ReferenceFactory(key="meyer-2014")
        page = {"url": "https://example.org/", "locator": "p. 3"}
        SourceFactory(finding=finding, reference=work, via="secondary", **page)

    told = (
        "meyer-2014, p. 3, https://example.org/, "
        "its abstract, a summary or a report by others"
    )
    assert fields(changes(finding.initiative, write)) == {"Sources": ("", told)}


def test_why_a_case_is_of_a_mode_is_told():
    mode = FindingFactory(kind="mode", statement="They patrol.")
    [part] = found = changes(mode.initiative, update(mode, statement="They watch."))
    assert part.heading.startswith("Mode · ")
    assert fields(found) == {"Statement": ("They patrol.", "They watch.")}


def test_the_figure_of_a_finding_is_told():
    finding = FindingFactory()
    figure = {"figure_value": 805.5, "figure_unit": "hours", "figure_period": "2014"}
    assert fields(changes(finding.initiative, update(finding, **figure))) == {
        "Figure": ("", "805.5"),
        "Unit": ("", "hours"),
        "Period": ("", "2014"),
    }


def test_conflicts_of_one_title_are_told_apart():
    case = InitiativeFactory()
    ConflictFactory(initiative=case, note="One says 200.")
    second = ConflictFactory(initiative=case, note="One says 300.")

    def write():
        second.note = "One says 400."
        second.save()
        work = ReferenceFactory(key="meyer-2014")
        SourceFactory(conflict=second, reference=work, via="")

    [part] = found = changes(case, write)
    assert (part.manner, part.noun) == ("changed", "conflict")
    assert fields(found) == {
        "Note": ("One says 300.", "One says 400."),
        "Sources": ("", "meyer-2014"),
    }


def test_fields_of_a_term_are_told_as_the_desk_tells_them():
    term = ConceptFactory(label="Old")
    above = ConceptFactory(label="Trust")

    def write():
        change = {"label": "New", "is_heading": True, "questions": ["Who?", "Why?"]}
        Concept.objects.filter(pk=term.pk).update(broader=above, order=7, **change)
        kept = Concept.objects.get(pk=term.pk)
        SourceFactory(concept=kept, reference__key="meyer-2014")
        FormerSlugFactory(concept=kept, slug="older")

    assert fields(changes(term, write)) == {
        "Label": ("Old", "New"),
        "Broader term": ("", "Trust"),
        "Heading only": ("No", "Yes"),
        "Order": ("0", "7"),
        "Questions": ("", "Who?\nWhy?"),
        "Sources": ("", "meyer-2014, the work itself"),
        "Earlier addresses": ("", "older"),
    }


def test_new_names_of_works_and_terms_are_no_difference():
    finding = FindingFactory(
        kind="barrier", strategies=[ConceptFactory(scheme="strategies")]
    )

    def write():
        Reference.objects.get().rename(key="olsen-2015")
        finding.concept.rename(slug="distrust")
        finding.strategies.get().rename(slug="reaching-out")

    found = changes(finding.initiative, write)
    assert found == []
    assert summarize("initiative", found) == "Only names or days changed"


def test_what_is_gone_is_called_as_it_was():
    finding = FindingFactory(kind="barrier")
    term, work = finding.concept, Reference.objects.get()

    def write():
        for record in (Finding.objects.get(), term, work):
            record.delete()

    [part] = changes(finding.initiative, write)
    assert part.manner == "removed"
    told = {field.label: field.before for field in part.fields}
    assert (told["Term"], told["Sources"].partition(",")[0]) == (term.slug, work.key)

"""Rows of lists and of terms are rendered once, and show what is so now."""

import pytest
from django.core.cache import caches
from pytest_django.asserts import assertContains, assertNotContains

from casebase.facets.rendered_records import RenderedRecords
from casebase.facets.snapshot_cache import SNAPSHOTS
from tests.factories import (
    ConceptFactory,
    ConflictFactory,
    ContributionFactory,
    DocumentationFactory,
    SourceFactory,
)
from tests.initiatives.findings.listing import barrier, weyhe

# Committed, because what is seen within a transaction is not kept.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
PAGES = ("/findings/", "/barriers/mistrust/", "/references/", "/initiatives/")


@pytest.fixture
def finding(transactional_db):
    strategy = ConceptFactory(scheme="strategies", label="Outreach")
    return barrier(initiative=weyhe(), strategies=[strategy.pk], sources=1)


@pytest.fixture
def kept(monkeypatch):
    """The records of what was rendered, in order."""
    records, keep = [], RenderedRecords.keep
    monkeypatch.setattr(
        RenderedRecords,
        "keep",
        lambda self, key, html, shown: (
            records.extend(shown) or keep(self, key, html, shown)
        ),
    )
    return records


def read(client):
    return [client.get(page).text for page in PAGES]


def read_afresh(client, monkeypatch):
    """Return the pages as a process that has just begun would render them."""
    caches["answers"].clear()
    monkeypatch.setattr(SNAPSHOTS, "_snapshot", None)
    return read(client)


def work_of(finding):
    return finding.sources.get().reference


def change(record, **fields):
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def change_all_else(term):
    """Change what findings and cases do not show of a term."""
    change(
        term,
        hidden_labels=["Other"],
        translations={"de": {"label": "Anderes", "synonyms": [], "sure": True}},
        definition="Other.",
        scope_note="Other.",
        broader=ConceptFactory(scheme=term.scheme_id),
        is_heading=True,
        questions=["Other?"],
    )


CHANGES = {
    "statement": lambda one: change(one, statement="They were shy."),
    "case": lambda one: change(one.initiative, name="Night walks"),
    "withdrawn case": lambda one: change(
        one.initiative, status="withdrawn", status_note="It never was."
    ),
    "term": lambda one: change(one.concept, label="Distrust"),
    "all else of the term": lambda one: change_all_else(one.concept),
    "all else of the strategy": lambda one: change_all_else(one.strategies.get()),
    "strategy": lambda one: change(one.strategies.get(), label="Calling"),
    "strategies": lambda one: one.strategies.clear(),
    "title": lambda one: change(work_of(one), title="Walking at night"),
    "year": lambda one: change(work_of(one), issued_year=1999),
    "author": lambda one: ContributionFactory(reference=work_of(one)),
    "standing": lambda one: DocumentationFactory(
        initiative=one.initiative, reference=work_of(one), standing="press"
    ),
    "one more source": lambda one: SourceFactory(finding=one),
    "dispute": lambda one: ConflictFactory(initiative=one.initiative).findings.add(one),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_shows_as_on_pages_rendered_afresh(client, finding, name, monkeypatch):
    before = read(client)
    CHANGES[name](finding)
    after = read(client)
    assert after != before
    assert after == read_afresh(client, monkeypatch)


def test_only_what_shows_a_changed_record_is_rendered_again(client, finding, kept):
    other = barrier("shyness", sources=1)
    read(client)
    assert ("finding", finding.pk) in kept
    kept.clear()
    change(work_of(other), title="Honey")
    read(client)
    assert ("finding", other.pk) in kept
    assert ("finding", finding.pk) not in kept
    kept.clear()
    caches["answers"].clear()
    read(client)
    assert not kept


def test_what_a_reader_kept_is_marked_for_this_reader_only(client, finding):
    button = f'id="keep-{finding.short_id}"'
    for page in ("/findings/", "/barriers/mistrust/"):
        for _ in range(2):
            assertContains(client.get(page), button)
            assertNotContains(client.get(page), ">Kept<")
            client.cookies["shortlist"] = finding.short_id
            assertContains(client.get(page), ">Kept<")
            del client.cookies["shortlist"]

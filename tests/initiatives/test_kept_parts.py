"""Parts of a list's page that are rendered once for all its pages."""

import pytest
from django.db import transaction
from lxml import html

from casebase.lists import filterset as filterset_module
from casebase.lists.filterset import ListFilterSet
from casebase.templatetags import kept_parts as tags
from initiatives.models import Initiative
from tests.factories import FindingFactory, InitiativeFactory

# In a transaction each request has a snapshot of its own.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]
LIST = "/initiatives/"


@pytest.fixture
def cases(transactional_db, monkeypatch):
    monkeypatch.setattr(filterset_module, "PER_PAGE", 1)
    with transaction.atomic():
        for name in ("Bees", "Honey"):
            FindingFactory(initiative__name=name, initiative__country="DE")


@pytest.fixture
def built(monkeypatch):
    """The names of the facets that were counted, in order."""
    names, build = [], ListFilterSet._build_facet
    monkeypatch.setattr(
        ListFilterSet,
        "_build_facet",
        lambda self, filter_: names.append(filter_.field_name) or build(self, filter_),
    )
    return names


def parts(client, query):
    """Return the form, the charts and the tools of a page of the list."""
    page = html.fromstring(client.get(f"{LIST}{query}").content)
    found = [page.get_element_by_id(name) for name in ("filters", "charts")]
    return [html.tostring(part) for part in [*found, *page.find_class("tools")]]


def test_all_pages_of_a_list_share_them(client, cases, built):
    first = parts(client, "?country=DE")
    assert "country" in built
    built.clear()
    assert parts(client, "?country=DE&page=2") == first
    assert parts(client, "?utm_source=letter&country=DE") == first
    assert not built


@pytest.mark.parametrize(
    "query",
    ["?country=DE&sort=year", "?q=bees&country=DE", "?country=FR", "?from=1999"],
)
def test_another_list_has_its_own(client, cases, query):
    assert parts(client, "?country=DE") != parts(client, query)


def test_a_form_shows_what_was_written_even_if_it_is_wrong(client, cases):
    for written in ("19x", "20y"):
        page = client.get(LIST, {"from": written, "country": "DE"})
        assert page.status_code == 400
        assert f'value="{written}"' in page.text


def test_a_change_makes_them_anew(client, cases):
    before = parts(client, "")
    InitiativeFactory(name="Wax", country="FR")
    after = parts(client, "")
    assert b"France" not in before[0]
    assert b"France" in after[0]
    Initiative.objects.filter(name="Wax").delete()
    assert parts(client, "") == before


def test_no_more_are_kept_than_memory_has(client, cases, monkeypatch):
    monkeypatch.setattr(tags, "MOST", 4)
    kept = {}
    monkeypatch.setattr(tags, "kept_parts", lambda snapshot: kept)
    for year in range(1990, 2000):
        client.get(LIST, {"from": year})
        assert 0 < len(kept) <= 4

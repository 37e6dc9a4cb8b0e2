"""The permanent address of a finding."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.models import Initiative
from tests.factories import FindingFactory, InitiativeFactory
from tests.initiatives.findings.listing import saving, weyhe

pytestmark = [pytest.mark.django_db, pytest.mark.once]
UNKNOWN = "There is no finding at this address."


@pytest.fixture
def finding():
    with tracked_transaction():
        return saving(initiative=weyhe(), short_id="f2345678")


def ask(client, end=""):
    return client.get(f"/findings/f2345678/{end}")


def test_it_leads_to_the_finding_on_its_case(client, finding):
    assertRedirects(ask(client), "/initiatives/weyhe/#f2345678", 302)
    finding.initiative.rename(slug="streetwatchers")
    assertRedirects(ask(client), "/initiatives/streetwatchers/#f2345678", 302)


def test_a_mode_has_an_address_too(client):
    mode = FindingFactory(kind="mode", initiative=weyhe())
    assertRedirects(
        client.get(f"/findings/{mode.short_id}/"),
        f"/initiatives/weyhe/#{mode.short_id}",
        302,
    )


@pytest.mark.parametrize("end", ["", "cite/", "cite/ris/", "cite/open/bibtex/"])
class TestWhatWentAway:
    def test_a_statement_that_was_taken_out(self, client, finding, end):
        with tracked_transaction():
            finding.delete()
        page = ask(client, end)
        assertContains(page, "was taken out", status_code=410)
        assertContains(page, 'href="/initiatives/weyhe/"', status_code=410)
        assertContains(page, 'href="/initiatives/weyhe/history/"', status_code=410)

    def test_a_statement_that_has_lost_its_sources(self, client, finding, end):
        with tracked_transaction():
            finding.sources.all().delete()
        assertContains(ask(client, end), "was taken out", status_code=410)

    def test_a_withdrawn_case(self, client, finding, end):
        with tracked_transaction():
            finding.initiative.withdraw(reason="The council asked us.")
        page = ask(client, end)
        assertContains(page, "which was withdrawn", status_code=410)
        assertContains(page, "The council asked us.", status_code=410)

    def test_a_deleted_case(self, client, finding, end):
        with tracked_transaction():
            Initiative.objects.all().delete()
        assertContains(ask(client, end), "which was deleted", status_code=410)

    def test_an_id_that_never_was(self, client, end):
        assertContains(ask(client, end), UNKNOWN, status_code=404)

    @pytest.mark.parametrize("status", ["draft", "review"])
    def test_a_hidden_finding_is_like_an_unknown_one(self, client, end, status):
        unknown = ask(client, end).content
        with tracked_transaction():
            hidden = InitiativeFactory(name="Secret", status=status)
            saving(initiative=hidden, short_id="f2345678")
        page = ask(client, end)
        assert (page.status_code, page.content) == (404, unknown)
        with tracked_transaction():
            hidden.delete()
        assert ask(client, end).status_code == 404


def test_a_finding_that_never_had_a_source_is_unknown_even_after_it_is_deleted(client):
    with tracked_transaction():
        finding = FindingFactory(initiative=weyhe(), short_id="f2345678", sources=0)
    assert ask(client).status_code == 404
    with tracked_transaction():
        finding.delete()
    assert ask(client).status_code == 404


def test_an_unsourced_finding_of_a_withdrawn_case_is_unknown(client):
    case = weyhe(status="withdrawn", status_note="Why.")
    FindingFactory(initiative=case, short_id="f2345678", sources=0)
    assert ask(client).status_code == 404


def test_a_finding_that_moved_leads_to_its_new_case(client, finding):
    with tracked_transaction():
        finding.initiative = InitiativeFactory(slug="other")
        finding.save()
    assertRedirects(ask(client), "/initiatives/other/#f2345678", 302)


@pytest.mark.parametrize("name", ["x" * 500, "%25", "f_-_", "f2345678%00"])
def test_nonsense_is_not_found(client, finding, name):
    assert client.get(f"/findings/{name}/").status_code == 404

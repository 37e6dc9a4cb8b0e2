"""Previews of a case before it is public, at the desk and by a link."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import PreviewLink
from tests.desk import Curator, admin_url
from tests.factories import FindingFactory, InitiativeFactory
from tests.group_members import CodebookKeeper, Contributor

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEYHE = "/initiatives/weyhe/preview/"
# Text of buttons that only a public case has.
NOT_IN_A_PREVIEW = {
    "",
    "Cite this statement beginning “Neighbours feel safer.”",
    "Suggest a correction to “Neighbours feel safer.”",
    "Suggest a correction or a source",
    "Compare with …",
    "Keep “Weyhe”",
    "More to do with this case",
    "Keep on the shortlist “Neighbours feel safer.”",
    "Handout",
    "Plan with this case",
    "Download works",
    "Cases like this",
    "In another style, or as a file",
    "Something wrong or missing?",
}


@pytest.fixture
def draft():
    case = InitiativeFactory(slug="weyhe", name="Weyhe", status="draft")
    FindingFactory(initiative=case, statement="Neighbours feel safer.")
    return case


@pytest.fixture
def link(draft):
    return share(draft)


def share(case, days=7, **fields):
    return PreviewLink.objects.create(
        initiative=case, expires_at=PreviewLink.expiry_after(days), **fields
    )


def address_of(link):
    return reverse("initiatives:shared-preview", args=[link.token])


def links_page(case):
    return reverse("admin:initiatives_initiative_preview_links", args=[case.pk])


def revoke_page(case, key):
    name = "admin:initiatives_initiative_preview_links_revoke"
    return reverse(name, args=[case.pk, key])


def is_private(response):
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    return True


def test_users_of_the_desk_see_a_draft_as_it_will_look(draft):
    for person in (Curator(), Contributor(), CodebookKeeper()):
        shown = person.client.get(WEYHE)
        assertContains(shown, "Neighbours feel safer.")
        assertContains(shown, "this case is not public yet")
        assertContains(shown, admin_url(draft, "change", draft.pk))
        assert is_private(shown)


def test_the_preview_is_the_public_page_without_metadata(draft, client):
    preview = Curator().client.get(WEYHE).text
    draft.submit()
    draft.publish()
    public = client.get("/initiatives/weyhe/").text
    shown, will_be = main_of(preview), iter(main_of(public))
    # The preview has the same lines in the same order; only the notice is above them.
    assert "<h2" in "".join(shown)
    assert all(line in will_be for line in shown)
    only_public = set(main_of(public)) - set(shown)
    assert {text_of(line) for line in only_public} <= NOT_IN_A_PREVIEW
    for machine in ("citation_title", "ld+json", "Z3988", 'rel="canonical"', "DC."):
        assert machine in public
        assert machine not in preview
    assert '<meta name="robots" content="noindex, nofollow">' in preview


def main_of(text):
    inside = text.partition('<div class="case-head" id="glance">')[2]
    lines = inside.partition("</main>")[0].splitlines()
    return [line.strip() for line in lines if line.strip()]


def text_of(line):
    return re.sub(r"<[^>]+>", "", line)


def test_visitors_who_are_not_signed_in_learn_nothing_of_drafts(client, draft):
    for address in (WEYHE, "/initiatives/no-such-case/preview/"):
        answer = client.get(address)
        assertRedirects(answer, f"/admin/login/?next={address}")


def test_users_who_may_not_view_cases_get_no_preview(draft):
    client = Client()
    client.force_login(User.objects.create_user("odd", is_staff=True))
    assert client.get(WEYHE).status_code == 403


def test_the_preview_of_an_unknown_case_is_not_found():
    assert Curator().client.get("/initiatives/no-such-case/preview/").status_code == 404


def test_the_preview_of_a_public_case_redirects_to_it(client, draft):
    draft.submit()
    draft.publish()
    assertRedirects(Curator().client.get(WEYHE), "/initiatives/weyhe/")


def test_a_withdrawn_case_can_be_previewed():
    InitiativeFactory(slug="weyhe", status="withdrawn", status_note="Wrong place.")
    assertContains(Curator().client.get(WEYHE), "this case was withdrawn")


def test_a_link_shows_the_case_without_signing_in(client, draft, link):
    shown = client.get(address_of(link))
    assertContains(shown, "Neighbours feel safer.")
    assertContains(shown, "You were sent this link")
    assertNotContains(shown, "/admin/")
    assert is_private(shown)
    link.refresh_from_db()
    assert timezone.now() - link.used_at < timedelta(minutes=1)


def test_readers_of_a_preview_do_not_wait_for_a_lock(client, concurrent_writer):
    concurrent_writer.rollback()
    link = share(InitiativeFactory(status="draft"))
    concurrent_writer.execute("BEGIN IMMEDIATE")
    assert client.get(address_of(link)).status_code == 200
    concurrent_writer.rollback()
    link.refresh_from_db()
    assert link.used_at is None
    # The next use is recorded.
    client.get(address_of(link))
    link.refresh_from_db()
    assert link.used_at


def test_a_link_works_after_the_case_was_renamed(client, draft, link):
    draft.rename(slug="streetwatchers")
    assertContains(client.get(address_of(link)), "Neighbours feel safer.")


def test_a_link_shows_the_current_text_of_a_case_in_review(client, draft, link):
    draft.submit()
    draft.findings.update(statement="Neighbours know each other.")
    assertContains(client.get(address_of(link)), "Neighbours know each other.")


def test_a_revoked_link_answers_410(client, draft, link):
    link.revoke()
    closed = client.get(address_of(link))
    assertContains(closed, "This preview link is closed", status_code=410)
    assertNotContains(closed, draft.name, status_code=410)
    assert is_private(closed)


def test_an_expired_link_answers_410(client, draft):
    expired = share(draft, days=-1)
    answer = client.get(address_of(expired))
    assertContains(answer, "It worked until", status_code=410)
    expired.refresh_from_db()
    assert expired.used_at is None


def test_revoking_a_link_again_does_not_change_the_time(link):
    link.revoke()
    first = link.revoked_at
    link.revoke()
    assert link.revoked_at == first


def test_a_garbled_link_is_not_found_and_explained(client, link):
    token = link.token
    garbled = [token[:-1], token.replace(".", ":"), f"9{token}", "nonsense", "a%00b"]
    garbled += ["1." + "a" * 5000, Signer(sep=".").sign(str(link.pk))]
    for each in garbled:
        answer = client.get(f"/preview/{each}/")
        assertContains(answer, "This preview link is not valid", status_code=404)


def test_the_link_of_a_deleted_draft_is_not_found(client, draft, link):
    token = link.token
    draft.delete()
    answer = client.get(f"/preview/{token}/")
    assert answer.status_code == 404


def test_the_link_of_a_published_case_redirects_to_it(client, draft, link):
    draft.submit()
    draft.publish()
    answer = client.get(address_of(link))
    assertRedirects(answer, "/initiatives/weyhe/")
    draft.withdraw(reason="Wrong place.")
    gone = client.get(address_of(link), follow=True)
    assertContains(gone, "Wrong place.", status_code=410)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_is_created_and_listed_on_the_page_of_the_case(client, draft, days):
    contributor = Contributor()
    sent = {"label": "Prof <b>Grosser</b>", "days": days}
    answer = contributor.client.post(links_page(draft), sent)
    assertRedirects(answer, f"{admin_url(draft, 'change', draft.pk)}#preview-links")
    link = draft.preview_links.get()
    assert link.created_by.username == "Contributors"
    assert link.expires_at - link.created_at == pytest.approx(
        timedelta(days=days), abs=timedelta(minutes=1)
    )
    shown = contributor.open(draft)
    assertContains(shown, f"http://testserver{address_of(link)}")
    assertContains(shown, "Prof &lt;b&gt;Grosser&lt;/b&gt;")
    assertContains(shown, "never used")


def test_a_link_is_revoked_on_the_page_of_the_case(client, draft, link):
    Contributor().client.post(revoke_page(draft, link.pk))
    assert client.get(address_of(link)).status_code == 410


def test_the_page_shows_the_state_of_each_link(draft):
    share(draft, label="Ended", days=-1)
    share(draft, label="Closed", revoked_at=timezone.now())
    share(draft, used_at=timezone.now())
    shown = Curator().open(draft)
    for words in ("ended on", "closed on", "works until", "last used on"):
        assertContains(shown, words)
    assertContains(shown, 'class="preview-address"', count=1)


@pytest.mark.parametrize("days", ["2", "-1", "", "x", "9" * 30])
def test_a_link_can_not_have_another_duration(draft, days):
    answer = Curator().client.post(links_page(draft), {"days": days}, follow=True)
    assertContains(answer, "No link: ")
    assert not draft.preview_links.exists()


def test_only_users_who_may_change_the_case_create_and_revoke_links(draft, link):
    draft.submit()
    for person in (Contributor(), CodebookKeeper()):
        assert person.client.post(links_page(draft), {"days": 1}).status_code == 403
        revoked = person.client.post(revoke_page(draft, link.pk))
        assert revoked.status_code == 403
        assertNotContains(person.open(draft), link.token)
    link.refresh_from_db()
    assert link.revoked_at is None
    assert draft.preview_links.count() == 1


def test_links_are_created_and_revoked_only_by_post(draft, link):
    client = Curator().client
    assert client.get(links_page(draft)).status_code == 405
    assert client.get(revoke_page(draft, link.pk)).status_code == 405


def test_the_link_of_another_case_can_not_be_revoked(draft, link):
    other = InitiativeFactory(status="draft")
    client = Curator().client
    assert client.post(revoke_page(other, link.pk)).status_code == 404
    assert client.post(revoke_page(other, "9" * 30)).status_code == 404
    assert client.post(links_page(InitiativeFactory())).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_a_link_for_an_unknown_case_is_not_found(draft):
    address = links_page(draft).replace(str(draft.pk), "0")
    assert Curator().client.post(address).status_code == 404


def test_a_link_is_named_after_its_reviewer(draft):
    assert str(share(draft, label="Prof Grosser")) == "Prof Grosser"
    assert str(share(draft)).startswith("Link ")

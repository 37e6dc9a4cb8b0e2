"""Previews: a case before it is public, for those at the desk and those with a link."""

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
from tests.desk import Curator, page
from tests.factories import FindingFactory, InitiativeFactory
from tests.groups import Contributor, Keeper

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WEYHE = "/initiatives/weyhe/preview/"
# What readers can do with a public case only.
NOT_IN_A_PREVIEW = {
    "",
    "Suggest a correction to “Neighbours feel safer.”",
    "Suggest a correction or a source",
    "Something wrong or missing?",
}


@pytest.fixture
def draft():
    case = InitiativeFactory(slug="weyhe", status="draft")
    FindingFactory(initiative=case, statement="Neighbours feel safer.")
    return case


@pytest.fixture
def link(draft):
    return share(draft)


def share(case, days=7, **fields):
    return PreviewLink.objects.create(
        initiative=case, expires_at=PreviewLink.end_of(days), **fields
    )


def address_of(link):
    return reverse("initiatives:shared-preview", args=[link.token])


def links_page(case):
    return reverse("admin:initiatives_initiative_preview_links", args=[case.pk])


def revoke_page(case, key):
    name = "admin:initiatives_initiative_preview_links_revoke"
    return reverse(name, args=[case.pk, key])


def refused_to_robots_and_stores(response):
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    return True


def test_the_desk_sees_a_draft_as_it_will_look(draft):
    for person in (Curator(), Contributor(), Keeper()):
        shown = person.client.get(WEYHE)
        assertContains(shown, "Neighbours feel safer.")
        assertContains(shown, "this case is not public yet")
        assertContains(shown, page(draft, "change", draft.pk))
        assert refused_to_robots_and_stores(shown)


def test_the_preview_is_the_page_of_readers_but_for_what_machines_read(draft, client):
    preview = Curator().client.get(WEYHE).text
    draft.submit()
    draft.publish()
    public = client.get("/initiatives/weyhe/").text
    shown, will_be = main_of(preview), iter(main_of(public))
    # In the same order, and nothing else but the notice above.
    assert "<h2" in "".join(shown)
    assert all(line in will_be for line in shown)
    only_public = set(main_of(public)) - set(shown)
    assert {text_of(line) for line in only_public} <= NOT_IN_A_PREVIEW
    for machine in ("citation_title", "ld+json", "Z3988", 'rel="canonical"', "DC."):
        assert machine in public
        assert machine not in preview
    assert '<meta name="robots" content="noindex, nofollow">' in preview


def main_of(text):
    inside = text.partition('<header class="stack" id="glance">')[2]
    lines = inside.partition("</main>")[0].splitlines()
    return [line.strip() for line in lines if line.strip()]


def text_of(line):
    return re.sub(r"<[^>]+>", "", line)


def test_who_is_not_signed_in_learns_nothing_of_drafts(client, draft):
    for address in (WEYHE, "/initiatives/no-such-case/preview/"):
        answer = client.get(address)
        assertRedirects(answer, f"/admin/login/?next={address}")


def test_who_may_not_see_cases_sees_no_preview(draft):
    client = Client()
    client.force_login(User.objects.create_user("odd", is_staff=True))
    assert client.get(WEYHE).status_code == 403


def test_a_preview_of_no_case_is_not_found():
    assert Curator().client.get("/initiatives/no-such-case/preview/").status_code == 404


def test_a_public_case_needs_no_preview(client, draft):
    draft.submit()
    draft.publish()
    assertRedirects(Curator().client.get(WEYHE), "/initiatives/weyhe/")


def test_a_withdrawn_case_can_be_looked_at_before_it_comes_back():
    InitiativeFactory(slug="weyhe", status="withdrawn", status_note="Wrong place.")
    assertContains(Curator().client.get(WEYHE), "this case was withdrawn")


def test_a_link_shows_the_case_without_signing_in(client, draft, link):
    shown = client.get(address_of(link))
    assertContains(shown, "Neighbours feel safer.")
    assertContains(shown, "You were sent this link")
    assertNotContains(shown, "/admin/")
    assert refused_to_robots_and_stores(shown)
    link.refresh_from_db()
    assert timezone.now() - link.used_at < timedelta(minutes=1)


def test_readers_of_a_preview_wait_for_nobody_who_writes(client, someone_writes):
    someone_writes.rollback()
    link = share(InitiativeFactory(status="draft"))
    someone_writes.execute("BEGIN IMMEDIATE")
    assert client.get(address_of(link)).status_code == 200
    someone_writes.rollback()
    link.refresh_from_db()
    assert link.used_at is None
    # It is noted by one of the next.
    client.get(address_of(link))
    link.refresh_from_db()
    assert link.used_at


def test_a_link_follows_a_case_that_is_renamed(client, draft, link):
    draft.rename(slug="streetwatchers")
    assertContains(client.get(address_of(link)), "Neighbours feel safer.")


def test_a_link_shows_a_case_in_review_and_its_latest_words(client, draft, link):
    draft.submit()
    draft.findings.update(statement="Neighbours know each other.")
    assertContains(client.get(address_of(link)), "Neighbours know each other.")


def test_a_revoked_link_says_so(client, draft, link):
    link.revoke()
    closed = client.get(address_of(link))
    assertContains(closed, "This preview link is closed", status_code=410)
    assertNotContains(closed, draft.name, status_code=410)
    assert refused_to_robots_and_stores(closed)


def test_a_link_that_has_ended_says_so(client, draft):
    ended = share(draft, days=-1)
    answer = client.get(address_of(ended))
    assertContains(answer, "It worked until", status_code=410)
    ended.refresh_from_db()
    assert ended.used_at is None


def test_a_link_revoked_twice_keeps_the_first_time(link):
    link.revoke()
    first = link.revoked_at
    link.revoke()
    assert link.revoked_at == first


def test_a_garbled_link_is_not_found_in_words(client, link):
    token = link.token
    garbled = [token[:-1], token.replace(".", ":"), f"9{token}", "nonsense", "a%00b"]
    garbled += ["1." + "a" * 5000, Signer(sep=".").sign(str(link.pk))]
    for each in garbled:
        answer = client.get(f"/preview/{each}/")
        assertContains(answer, "This is no preview link of ours", status_code=404)


def test_a_link_of_a_deleted_draft_is_not_found(client, draft, link):
    token = link.token
    draft.delete()
    answer = client.get(f"/preview/{token}/")
    assert answer.status_code == 404


def test_published_a_case_takes_its_links_to_the_public_page(client, draft, link):
    draft.submit()
    draft.publish()
    answer = client.get(address_of(link))
    assertRedirects(answer, "/initiatives/weyhe/")
    draft.withdraw(reason="Wrong place.")
    gone = client.get(address_of(link), follow=True)
    assertContains(gone, "Wrong place.", status_code=410)


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_is_made_and_listed_on_the_page_of_the_case(client, draft, days):
    contributor = Contributor()
    sent = {"label": "Prof <b>Grosser</b>", "days": days}
    answer = contributor.client.post(links_page(draft), sent)
    assertRedirects(answer, f"{page(draft, 'change', draft.pk)}#preview-links")
    link = draft.preview_links.get()
    assert link.created_by.username == "Contributors"
    assert link.expires_at - link.created_at == pytest.approx(
        timedelta(days=days), abs=timedelta(minutes=1)
    )
    shown = contributor.open(draft)
    assertContains(shown, f"http://testserver{address_of(link)}")
    assertContains(shown, "Prof &lt;b&gt;Grosser&lt;/b&gt;")
    assertContains(shown, "never used")


def test_a_link_is_revoked_there(client, draft, link):
    Contributor().client.post(revoke_page(draft, link.pk))
    assert client.get(address_of(link)).status_code == 410


def test_the_page_tells_links_apart(draft):
    share(draft, label="Ended", days=-1)
    share(draft, label="Closed", revoked_at=timezone.now())
    share(draft, used_at=timezone.now())
    shown = Curator().open(draft)
    for words in ("ended on", "closed on", "works until", "last used on"):
        assertContains(shown, words)
    assertContains(shown, 'class="preview-address"', count=1)


@pytest.mark.parametrize("days", ["2", "-1", "", "x", "9" * 30])
def test_a_link_of_any_other_length_is_refused(draft, days):
    answer = Curator().client.post(links_page(draft), {"days": days}, follow=True)
    assertContains(answer, "No link: ")
    assert not draft.preview_links.exists()


def test_a_link_is_made_and_revoked_by_who_may_change_the_case(draft, link):
    draft.submit()
    for person in (Contributor(), Keeper()):
        assert person.client.post(links_page(draft), {"days": 1}).status_code == 403
        revoked = person.client.post(revoke_page(draft, link.pk))
        assert revoked.status_code == 403
        assertNotContains(person.open(draft), link.token)
    link.refresh_from_db()
    assert link.revoked_at is None
    assert draft.preview_links.count() == 1


def test_links_are_made_and_revoked_by_post_only(draft, link):
    client = Curator().client
    assert client.get(links_page(draft)).status_code == 405
    assert client.get(revoke_page(draft, link.pk)).status_code == 405


def test_a_link_of_another_case_is_not_revoked(draft, link):
    other = InitiativeFactory(status="draft")
    client = Curator().client
    assert client.post(revoke_page(other, link.pk)).status_code == 404
    assert client.post(revoke_page(other, "9" * 30)).status_code == 404
    assert client.post(links_page(InitiativeFactory())).status_code == 404
    link.refresh_from_db()
    assert link.revoked_at is None


def test_links_of_no_case_are_not_found(draft):
    address = links_page(draft).replace(str(draft.pk), "0")
    assert Curator().client.post(address).status_code == 404


def test_a_link_is_called_by_whom_it_is_for(draft):
    assert str(share(draft, label="Prof Grosser")) == "Prof Grosser"
    assert str(share(draft)).startswith("Link ")

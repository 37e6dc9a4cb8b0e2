"""Plans that others may start from."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.kept.models import Kept
from initiatives.plan.content import read_plan
from tests.initiatives.plan.plans import keep, quote

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def kept():
    row = {"id": "r1", "action": "Ask the school", "quotes": [quote()]}
    return keep({"start": {"title": "Night bus"}, "table": {"rows": [row]}})


def switch(client, token, name):
    return client.post(f"/plan/{token}/template/", {name: "1"})


def find(token):
    return Kept.objects.from_token("plan", token)


def test_who_has_the_change_link_lets_others_start_from_it(client, kept):
    overview = f"/plan/{kept.token}/"
    assertContains(client.get(overview), "Let others start from this plan")
    assertRedirects(switch(client, kept.token, "_on"), overview)
    assertContains(client.get(overview), "Let nobody start from it any more")
    assertContains(client.get(f"/plan/{kept.read_token}/"), "Start from this one")
    switch(client, kept.token, "_off")
    assertNotContains(client.get(f"/plan/{kept.read_token}/"), "Start from this one")
    assert read_plan(find(kept.token).contents).title == "Night bus"


def test_a_copy_has_all_of_the_plan_and_links_of_its_own(client, kept):
    switch(client, kept.token, "_on")
    response = client.post(f"/plan/{kept.read_token}/copy/")
    copied = Kept.objects.latest("pk")
    assert copied.pk != kept.pk
    plan, copy = (read_plan(find_by(pk).contents) for pk in (kept.pk, copied.pk))
    assert plan.start.is_template
    assert not copy.start.is_template
    assert (copy.table, copy.title) == (plan.table, "Night bus")
    page = client.get(response["Location"])
    assertContains(page, "Your plan has two links.")
    assertNotContains(page, kept.read_token)


def find_by(pk):
    return Kept.objects.get(pk=pk)


def test_the_read_link_copies_and_changes_nothing_unasked(client, kept):
    assert switch(client, kept.read_token, "_on").status_code == 403
    response = client.post(f"/plan/{kept.read_token}/copy/")
    assertRedirects(response, f"/plan/{kept.read_token}/")
    assert client.get(f"/plan/{kept.token}/copy/").status_code == 302
    assert client.get(f"/plan/{kept.token}/template/").status_code == 302
    assert Kept.objects.count() == 1


def test_the_makers_copy_their_plan_at_any_time_but_not_too_often(
    client, kept, settings
):
    settings.KEPT_PER_ADDRESS = 1
    assert client.post(f"/plan/{kept.token}/copy/").status_code == 302
    assert client.post(f"/plan/{kept.token}/copy/").status_code == 429
    assert Kept.objects.count() == 2

"""A second factor is asked for, and set up where it is required."""

import pytest
from django.urls import reverse
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django.asserts import assertContains

from casebase.desk.accounts.models import Event
from tests.accounts.person import (
    CODE,
    DESK,
    FACTOR,
    LOGIN,
    PASSWORD,
    SET_UP,
    Person,
    current_code,
    end_waiting_time,
    next_code,
)
from tests.desk import Administrator, Curator, count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.once]

WRONG = "This is not a code that is right just now."


@pytest.fixture
def alice():
    return Person()


@pytest.fixture
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def test_setting_up_an_app_does_not_wait_long(alice, concurrent_writer, monkeypatch):
    concurrent_writer.rollback()
    alice.type_password()
    concurrent_writer.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr("casebase.desk.accounts.views.ANONYMOUS_TIMEOUT_SECONDS", 0)
    assert alice.client.get(SET_UP).status_code == 503
    concurrent_writer.rollback()
    assert alice.client.get(SET_UP).status_code == 200


def set_up_and_sign_out(person):
    """Return an app and its back-up codes, after the person has signed out."""
    app, codes = person.set_up()
    person.client.logout()
    return app, codes


def test_without_a_second_factor_the_password_is_enough(alice):
    assert alice.type_password().url == DESK
    assert alice.is_signed_in()
    assertContains(alice.client.get(FACTOR), "Your password alone opens the desk.")


def test_an_app_is_set_up(alice):
    alice.type_password()
    page = alice.client.get(SET_UP)
    app = TOTPDevice.objects.get(user=alice.user)
    assert "<svg" in page.text
    assert "no-store" in page["Cache-Control"]
    assertContains(page, page.context["key"])
    assert app.confirmed is False
    shown = alice.client.post(SET_UP, {"code": current_code(app)})
    assert len(shown.context["codes"]) == len(set(shown.context["codes"])) == 10
    assertContains(shown, shown.context["codes"][0][:4])
    assert alice.is_signed_in()
    assertContains(alice.client.get(FACTOR), "You have 10 back-up codes left.")


def test_a_wrong_code_sets_nothing_up(alice):
    alice.type_password()
    alice.client.get(SET_UP)
    assertContains(alice.client.post(SET_UP, {"code": "000000"}), WRONG)
    assertContains(alice.client.post(SET_UP, {"code": "000000"}), "Too soon: wait 1 s")
    # This is no guess at a secret: the page itself shows it.
    assert not Event.objects.filter(kind="wrong-code").exists()
    alice.client.logout()
    assert alice.type_password().url == DESK
    assert alice.is_signed_in()


def test_the_set_up_page_shows_the_same_secret_again(alice):
    alice.type_password()
    keys = {alice.client.get(SET_UP).context["key"] for _ in range(2)}
    assert len(keys) == 1


def test_with_a_second_factor_the_password_opens_only_the_code_page(alice):
    app, _ = set_up_and_sign_out(alice)
    alice.type_password(wanted=FACTOR)
    for address in (DESK, FACTOR, reverse("admin:auth_user_changelist")):
        assert alice.follow(address) == CODE
    assert alice.follow(SET_UP) == CODE
    assert TOTPDevice.objects.get() == app
    alice.client.post(FACTOR, {"password": PASSWORD, "remove": ""})
    assert TOTPDevice.objects.exists()


def test_a_user_who_owes_a_code_is_anonymous_elsewhere(alice):
    set_up_and_sign_out(alice)
    alice.type_password()
    page = alice.client.get("/")
    assert not page.context["user"].is_authenticated


def test_a_code_of_the_app_opens_the_desk(alice):
    app, _ = set_up_and_sign_out(alice)
    alice.type_password()
    before = alice.client.session.session_key
    assert alice.type_code(next_code(app)).url == DESK
    assert alice.is_signed_in()
    assert alice.client.session.session_key != before


def test_a_code_can_be_used_once(alice):
    app, _ = set_up_and_sign_out(alice)
    code = next_code(app)
    for page in (alice.type_password(), alice.type_code(code)):
        assert page.status_code == 302
    other = alice.in_another_browser()
    other.type_password()
    assertContains(other.type_code(code), WRONG)


def test_a_back_up_code_opens_the_desk_once(alice):
    _, codes = set_up_and_sign_out(alice)
    typed = f" {codes[0][:4]} {codes[0][4:]} ".upper()
    alice.type_password()
    assert alice.type_code(typed).url == DESK
    assertContains(alice.client.get(FACTOR), "You have 9 back-up codes left.")
    alice.client.logout()
    alice.type_password()
    assertContains(alice.type_code(typed), WRONG)


def test_a_code_of_another_person_is_wrong(alice):
    set_up_and_sign_out(alice)
    app, codes = Person("bob").set_up()
    alice.type_password()
    assertContains(alice.type_code(codes[0]), WRONG)
    end_waiting_time(TOTPDevice.objects.get(user=alice.user))
    assertContains(alice.type_code(next_code(app)), WRONG)


def test_after_wrong_codes_even_the_right_one_must_wait(alice):
    app, _ = set_up_and_sign_out(alice)
    alice.type_password()
    alice.type_code("000000")
    assertContains(alice.type_code(next_code(app)), "Too soon: wait 1 s")
    end_waiting_time(app)
    assert alice.type_code(next_code(app)).url == DESK


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (FACTOR, FACTOR),
        ("https://elsewhere.example/", DESK),
        ("//elsewhere.example/", DESK),
        ("javascript:alert(1)", DESK),
        ("", DESK),
    ],
)
def test_redirects_lead_only_to_this_site(alice, wanted, expected):
    app, _ = set_up_and_sign_out(alice)
    assert alice.type_password(wanted=wanted).url == expected
    assert alice.type_code(next_code(app), next=wanted).url == expected


def test_a_signed_in_user_is_redirected(alice):
    alice.type_password()
    assert alice.client.get(CODE, {"next": FACTOR}).url == FACTOR
    assert alice.client.get(LOGIN).url == DESK
    alice.set_up()
    assert alice.client.get(SET_UP).url == FACTOR


def test_anonymous_visitors_are_sent_to_the_sign_in(alice):
    for address in (DESK, CODE, SET_UP, FACTOR):
        assert alice.follow(address) == LOGIN


def test_someone_else_can_sign_in_instead(alice):
    set_up_and_sign_out(alice)
    alice.type_password()
    assertContains(alice.client.get(CODE), "Sign in as someone else")
    assert alice.client.post(reverse("admin:leave")).url == LOGIN
    assert alice.follow(CODE) == LOGIN


def test_new_back_up_codes_replace_the_old(alice):
    _, old = alice.set_up()
    page = alice.client.post(FACTOR, {"password": PASSWORD, "renew": ""})
    assert not set(page.context["codes"]) & set(old)
    assert "no-store" in page["Cache-Control"]
    assert StaticToken.objects.count() == 10


def test_an_app_is_removed_with_the_password(alice):
    alice.set_up()
    page = alice.client.post(FACTOR, {"password": "wrong", "remove": ""})
    assertContains(page, "This is not your password.")
    assert TOTPDevice.objects.exists()
    assert alice.client.post(FACTOR, {"password": PASSWORD, "remove": ""}).url == FACTOR
    assert not TOTPDevice.objects.exists()
    assert not StaticToken.objects.exists()
    alice.client.logout()
    alice.type_password()
    assert alice.is_signed_in()


@pytest.mark.usefixtures("required")
def test_a_required_factor_is_set_up_first(alice):
    alice.type_password(wanted=FACTOR)
    for address in (DESK, FACTOR, reverse("admin:password_change"), CODE):
        assert alice.follow(address) == SET_UP
    assertContains(alice.client.get(SET_UP), "You need a second factor")
    _, codes = alice.set_up()
    assert alice.is_signed_in()
    assert len(codes) == 10


@pytest.mark.usefixtures("required")
def test_removing_a_required_factor_leads_to_setting_it_up(alice):
    alice.set_up()
    alice.client.post(FACTOR, {"password": PASSWORD, "remove": ""})
    assert alice.follow(DESK) == SET_UP


def test_an_app_set_up_in_another_browser_is_required_here_too(alice):
    alice.type_password()
    elsewhere = alice.in_another_browser()
    elsewhere.set_up()
    assert not alice.is_signed_in()
    assert elsewhere.is_signed_in()


def test_an_administrator_can_remove_a_lost_app(alice):
    app, _ = set_up_and_sign_out(alice)
    administrator = Administrator()
    listed = administrator.list(TOTPDevice)
    assertContains(listed, "alice")
    assert app.key not in administrator.open(app).text
    administrator.delete(app)
    alice.type_password()
    assert alice.is_signed_in()


def test_curators_see_no_devices(alice):
    app, _ = set_up_and_sign_out(alice)
    curator = Curator()
    assert curator.list(TOTPDevice).status_code == 403
    assert curator.delete(app).status_code == 403


def test_public_pages_ignore_who_is_signed_in(alice):
    alice.type_password()
    as_reader = count_queries(
        lambda: alice.in_another_browser().client.get("/accessibility/")
    )
    assert count_queries(lambda: alice.client.get("/accessibility/")) == 0
    # The version of the records, on which cached responses depend.
    assert as_reader == 1
    assert "Cookie" not in alice.client.get("/accessibility/").get("Vary", "")


def test_an_app_shows_the_name_of_the_site(alice):
    alice.type_password()
    app = alice.client.get(SET_UP).context["form"].device
    assert "issuer=Casebase" in app.config_url

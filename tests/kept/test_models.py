"""What readers keep: its two links, its sections, and until when it is kept."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from casebase.jobs.expiry import delete_expired
from casebase.jobs.progress import ignore_report
from casebase.kept import models
from casebase.kept.models import MAX_BYTES, Kept, SectionChangedError, shift_years
from casebase.kept.tokens import hash_of, new_change_token, read_token_of
from tests.today import TODAY

pytestmark = pytest.mark.django_db
PLAN = Kept.Kind.PLAN


@pytest.fixture
def kept():
    return Kept.start(PLAN, {"start": {"title": "Night bus"}})


def find(token, kind=PLAN):
    return Kept.objects.from_token(kind, token)


def move_opening(kept, day):
    Kept.objects.filter(pk=kept.pk).update(opened_on=day)


def test_the_table_has_nothing_about_the_reader():
    assert {field.name for field in Kept._meta.get_fields()} == {
        *("id", "kind", "read_hash", "change_hash", "sections", "opened_on")
    }


def test_only_hashes_of_the_links_are_stored(kept):
    stored = str(Kept.objects.values().get())
    assert hash_of(kept.token) in stored
    assert kept.token not in stored
    assert kept.read_token not in stored


def test_the_change_link_may_change_and_shows_the_read_link(kept):
    assert find(kept.token).can_change
    read = find(find(kept.token).read_token)
    assert read.pk == kept.pk
    assert not read.can_change
    assert read.read_token == read.token != kept.token


def test_a_link_of_another_kind_or_a_guess_leads_nowhere(kept):
    assert find(kept.token, Kept.Kind.SHORTLIST) is None
    assert find(new_change_token()) is None
    assert find(read_token_of(kept.read_token)) is None


def test_new_links_revoke_the_old_ones(kept):
    old = kept.token, kept.read_token
    kept.make_links()
    kept.save()
    assert list(map(find, old)) == [None, None]
    assert find(kept.token).can_change
    assert find(kept.read_token).pk == kept.pk


def test_it_is_kept_for_12_months_after_it_was_opened(kept):
    last_day = shift_years(date.today(), -1)
    move_opening(kept, last_day + timedelta(1))
    assert find(kept.token).kept_until > date.today()
    move_opening(kept, last_day - timedelta(1))
    assert find(kept.token) is None
    delete_expired(None, ignore_report)
    assert not Kept.objects.filter(pk=kept.pk).exists()


def test_opening_starts_the_12_months_anew_and_changes_nothing_else(kept):
    move_opening(kept, date.today() - timedelta(100))
    before = Kept.objects.values().get()
    find(kept.read_token).record_opening()
    assert Kept.objects.values().get() == before | {"opened_on": TODAY}


@pytest.mark.once
@pytest.mark.parametrize(
    ("day", "years", "shifted"),
    [
        (date(2027, 5, 3), 1, date(2028, 5, 3)),
        (date(2028, 2, 29), 1, date(2029, 2, 28)),
        (date(2028, 2, 29), -1, date(2027, 2, 28)),
        (date(2027, 2, 28), 1, date(2028, 2, 28)),
    ],
)
def test_a_year_later(day, years, shifted):
    assert shift_years(day, years) == shifted


def save(token, name, version, content):
    with transaction.atomic():
        find(token).locked().save_section(name, version, content)


def test_sections_are_saved_one_by_one(kept):
    save(kept.token, "map-it", 0, {"text": "A"})
    save(kept.token, "map-it", 1, {"text": "B"})
    save(kept.token, "start", 1, {"title": "Day bus"})
    stored = find(kept.token)
    assert stored.section("map-it") == (2, {"text": "B"})
    assert stored.contents["start"] == {"title": "Day bus"}
    assert stored.section("focus-it") == (0, None)


def test_a_section_that_somebody_else_saved_is_not_overwritten(kept):
    save(kept.token, "start", 1, {"title": "Theirs"})
    with pytest.raises(SectionChangedError) as error:
        save(kept.token, "start", 1, {"title": "Ours"})
    assert error.value.stored == (2, {"title": "Theirs"})
    assert find(kept.token).contents["start"] == {"title": "Theirs"}


def test_what_is_too_large_is_not_saved(kept):
    large = {"text": "ł" * (MAX_BYTES // 2)}
    with pytest.raises(ValidationError, match="200 kB are kept"):
        save(kept.token, "map-it", 0, large)
    with pytest.raises(ValidationError):
        Kept.start(PLAN, {"start": large})
    assert find(kept.token).sections == {"start": [1, {"title": "Night bus"}]}


@pytest.mark.once
def test_what_is_larger_than_usual_is_known(kept):
    assert not kept.is_large
    kept.sections["map-it"] = [1, "x" * models.USUAL_BYTES]
    assert kept.is_large


def test_a_row_that_was_deleted_meanwhile_cannot_be_locked(kept):
    found = find(kept.token)
    Kept.objects.all().delete()
    with transaction.atomic():
        assert found.locked() is None


@pytest.mark.once
def test_it_has_a_name(kept):
    assert str(kept) == f"Plan {kept.pk}"

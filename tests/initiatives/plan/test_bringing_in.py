"""Plans that are brought in from files."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.asserts import assertContains

from casebase.kept.models import Kept
from initiatives.plan.bringing_in import MAX_FILE_BYTES, PlanFileError, read_plan_file
from initiatives.plan.content import Plan, read_plan
from tests.initiatives.plan.plans import keep, quote

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ADDRESS = "/plan/bring-in/"
FROM_HERE = {"sec-fetch-site": "same-origin"}


def send(client, content, headers=FROM_HERE):
    files = {"file": SimpleUploadedFile("plan.json", content)} if content else {}
    return client.post(ADDRESS, files, headers=headers)


def as_file(shape=1, **plan):
    return json.dumps({"casebase_plan": shape, "plan": plan}).encode()


def test_a_plan_is_downloaded_and_brought_in_with_links_of_its_own(client):
    content = {"start": {"title": "Night bus"}, "table": {"rows": [{"id": "r1"}]}}
    content["steps"] = {"map-it": {"answers": [{"question": "?", "quotes": [quote()]}]}}
    old = keep(content)
    file = b"".join(client.get(f"/plan/{old.token}/export/json/").streaming_content)
    response = send(client, file)
    new = Kept.objects.latest("pk")
    assert read_plan(new.contents) == Plan.model_validate(content)
    assert new.pk != old.pk
    assert old.token not in response["Location"]
    assert response["Referrer-Policy"] == "no-referrer"
    page = client.get(response["Location"])
    assertContains(page, "Your plan has two links.")
    assertContains(page, "Night bus")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Choose the file first"),
        (b"\xff\xfe{", "The file is not JSON"),
        (b'{"casebase_plan": 1, "plan": ', "The file is not JSON, or not all of it"),
        (b"[" * 10_000, "The file is not JSON"),
        (b"[]", "This is no plan of a Casebase"),
        (b'{"casebase_plan": 1}', "“plan” is missing."),
        (as_file(shape=2), "The plan is of shape 2, and this Casebase reads shape 1."),
        (
            as_file(table={"rows": [{"id": "a"}, {"id": "b", "by": "soon"}]}),
            "“plan → table → rows, 2 → by” is not what it should be.",
        ),
        (as_file(start={"name": ""}), "“plan → start → name” is not known here."),
        (
            as_file(start={"title": "x" * 501}),
            "“plan → start → title” is longer than 500 characters.",
        ),
        (
            as_file(steps={"start": {}}),
            "“start” is the name of another section.",
        ),
        (
            as_file(table={"rows": [{"id": "a"}, {"id": "a"}]}),
            "“plan → table → rows” is not right: Two rows have the same id.",
        ),
        (
            as_file(table={"rows": [{"id": "../x"}]}),
            "“plan → table → rows, 1 → id” has signs that it may not have.",
        ),
        (
            as_file(steps={"a": {"actions": [1] * 20}}),
            "There are 10 more like these.",
        ),
        (b" " * (MAX_FILE_BYTES + 1), "The file has 400 kB, and a plan has"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(client, content, words):
    response = send(client, content)
    assertContains(response, words, status_code=400)
    assertContains(response, "Nothing was brought in", status_code=400)
    assert not Kept.objects.exists()


def test_a_plan_that_is_too_large_to_keep_is_refused(client):
    answers = [{"question": str(n), "text": "x" * 19_000} for n in range(11)]
    response = send(client, as_file(steps={"map-it": {"answers": answers}}))
    assertContains(response, "200 kB are kept", status_code=400)
    assert not Kept.objects.exists()


def test_what_is_added_for_readers_may_be_anything():
    file = {"casebase_plan": 1, "plan": {}, "works": 7, "note": "ours"}
    assert read_plan_file(b"\xef\xbb\xbf" + json.dumps(file).encode()) == Plan()
    with pytest.raises(PlanFileError):
        read_plan_file(json.dumps(file | {"plan": {"note": ""}}).encode())


def test_only_forms_of_this_site_are_taken_and_not_too_many(client, settings):
    assert send(client, as_file(), headers={}).status_code == 403
    settings.KEPT_PER_ADDRESS = 1
    assert send(client, as_file()).status_code == 302
    assert send(client, as_file()).status_code == 429
    assert Kept.objects.count() == 1


def test_the_form_is_on_its_page_and_where_plans_begin(client):
    for address in (ADDRESS, "/plan/"):
        assertContains(client.get(address), f'action="{ADDRESS}"')

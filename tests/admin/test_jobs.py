"""The desk’s page of jobs: what waits, what failed and why, and what can be done."""

import pytest
from django.contrib.auth.models import Permission
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.jobs.models import Job, State
from casebase.jobs.queue import start
from casebase.jobs.specs import JobSpec
from tests.jobs.waiting_jobs import run_waiting_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.once]
JOBS = "/admin/jobs/job/"


@pytest.fixture
def failed():
    start(JobSpec("tests.jobs.functions.write_lines", {"words": 1}, "A <b>list</b>", 3))
    for _ in range(3):
        [job] = run_waiting_jobs()
    return job


def test_a_parked_job_is_shown_with_its_error(admin_client, failed):
    page = admin_client.get(f"{JOBS}?state=failed")
    assertContains(page, "A &lt;b&gt;list&lt;/b&gt;")
    assertContains(page, "0 of 3")
    page = admin_client.get(f"{JOBS}{failed.pk}/change/")
    assertContains(page, "unexpected keyword argument &#x27;words&#x27;")
    assertNotContains(page, 'name="_save"')
    assertNotContains(page, "View on site")
    file = start(JobSpec("none", {}, "A file", file_name="a.txt"))
    page = admin_client.get(f"{JOBS}{file.pk}/change/")
    assertContains(page, f'href="{file.get_absolute_url()}"')


def act(client, action, *jobs):
    keys = [job.pk for job in jobs]
    form = {"action": action, "_selected_action": keys}
    return client.post(JOBS, form, follow=True)


def test_jobs_can_be_begun_again_and_cancelled(admin_client, failed):
    page = act(admin_client, "begin_jobs_again", failed)
    assertContains(page, "Begun again: 1 of 1.")
    failed.refresh_from_db()
    assert failed.state == State.WAITING
    assertContains(act(admin_client, "begin_jobs_again", failed), "Begun again: 0 of 1")
    assertContains(act(admin_client, "cancel_jobs", failed), "Cancelled: 1 of 1.")
    assertContains(act(admin_client, "cancel_jobs", failed), "Cancelled: 0 of 1.")
    failed.refresh_from_db()
    assert failed.state == State.CANCELLED


def test_a_job_of_the_site_can_be_started(admin_client):
    assertContains(admin_client.get(JOBS), 'value="Check links now"')
    address = f"{JOBS}start/check-links/"
    page = admin_client.post(address, follow=True)
    assertRedirects(page, JOBS)
    assertContains(page, "“Check links” is in the queue.")
    assertContains(admin_client.post(address, follow=True), "runs already")
    assert Job.objects.get().by.username == "admin"
    assert admin_client.get(address).status_code == 405
    assert admin_client.post(f"{JOBS}start/nothing/").status_code == 404


def test_who_may_only_see_jobs_can_not_start_them(client, django_user_model, failed):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    client.force_login(viewer)
    assert client.get(JOBS).status_code == 403
    viewer.user_permissions.add(permission("view_job"))
    page = client.get(JOBS)
    assertContains(page, "A &lt;b&gt;list")
    assertNotContains(page, "Check links now")
    assertNotContains(page, "cancel_jobs")
    assert client.post(f"{JOBS}start/check-links/").status_code == 403


def permission(codename):
    return Permission.objects.get(codename=codename, content_type__app_label="jobs")

"""Two people decide on a case at the same time: the second waits and gets an error."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client

from initiatives.models import Initiative
from tests.concurrent_writes import postgresql_only, run_concurrently
from tests.desk import admin_url, form_values
from tests.factories import FindingFactory

pytestmark = [pytest.mark.django_db(transaction=True), postgresql_only]


@pytest.fixture
def case():
    return FindingFactory(initiative__status="review").initiative


def status_of(case):
    return Initiative.objects.values_list("status", flat=True).get(pk=case.pk)


def test_a_case_that_was_just_sent_back_is_not_published(case):
    opened = Initiative.objects.get(pk=case.pk)
    with pytest.raises(ValidationError, match="its status is draft"):
        run_concurrently(
            lambda: case.send_back(reason="Find the report."), opened.publish
        )
    assert status_of(case) == "draft"


def test_a_case_that_just_lost_a_source_is_not_published(case):
    [finding] = case.findings.all()
    with pytest.raises(ValidationError, match="without a source"):
        run_concurrently(finding.sources.all().delete, case.publish)
    assert status_of(case) == "review"


def test_a_form_does_not_undo_a_decision_made_since_it_was_opened(case):
    client = Client()
    client.force_login(User.objects.create_superuser("root"))
    address = admin_url(case, "change", case.pk)
    sent = form_values(client.get(address)) | {"summary": "New words."}
    opened = Initiative.objects.get(pk=case.pk)
    run_concurrently(opened.publish, lambda: client.post(address, sent))
    assert status_of(case) == "published"

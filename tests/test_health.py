"""/health/: the health check for monitoring."""

import json
import os
import subprocess
import sys

import pytest
from django.db import connection

from casebase import __version__
from tests.factories import ConceptFactory, FindingFactory, InitiativeFactory
from tests.test_settings import PRODUCTION


@pytest.mark.django_db
def test_health_counts_public_records(client):
    FindingFactory()
    InitiativeFactory(status="draft")
    ConceptFactory()

    response = client.get("/health/")

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    answer = response.json()
    assert answer["status"] == "ok"
    assert answer["version"] == __version__
    assert answer["database"] == {"engine": connection.vendor, "state": "answering"}
    assert answer["content"]["initiatives"] == 1


@pytest.mark.django_db
def test_the_counts_of_an_empty_site_are_zero(client):
    assert set(client.get("/health/").json()["content"].values()) == {0}


def test_health_is_503_without_details_if_the_database_is_unavailable():
    """In a process of its own with production settings, over plain HTTP."""
    code = """
import django
django.setup()
from django.test import Client
response = Client(headers={"host": "casebase.example"}).get("/health/")
print(response.status_code, response.text)
"""
    nobody_listens_here = "postgres://someone:secret@127.0.0.1:1/casebase"
    asked = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | PRODUCTION | {"DATABASE_URL": nobody_listens_here},
        capture_output=True,
        text=True,
    )
    status, answer = asked.stdout.split(" ", 1)
    assert status == "503", asked.stderr
    assert json.loads(answer) == {
        "status": "unavailable",
        "version": __version__,
        "database": {"engine": "postgresql", "state": "not answering"},
    }

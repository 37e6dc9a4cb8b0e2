"""The command export_cases."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.factories import InitiativeFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_writes_the_cases_of_a_query_to_a_file(tmp_path, capsys):
    InitiativeFactory(country="FI")
    InitiativeFactory(country="DE")
    file = tmp_path / "cases.json"
    options = {"format": "json", "query": "?country=FI", "site": "https://c.example/"}
    call_command("export_cases", str(file), **options)
    [case] = json.loads(file.read_text())["cases"]
    assert case["address"].startswith("https://c.example/initiatives/case-")
    assert f"Written to {file}: 1 case in Finland." in capsys.readouterr().out


def test_writes_only_the_file_to_standard_output(capsysbinary):
    InitiativeFactory()
    call_command("export_cases", format="geojson")
    written = json.loads(capsysbinary.readouterr().out)
    assert written["casebase"]["address"] == "/initiatives/"


def test_prints_nothing_at_verbosity_0(tmp_path, capsys):
    call_command("export_cases", str(tmp_path / "x"), format="csv", verbosity=0)
    assert capsys.readouterr().out == ""


def test_rejects_what_the_list_rejects(tmp_path):
    file = tmp_path / "cases.csv"
    with pytest.raises(
        CommandError, match=r"(?s)Nothing.*“XX” is not a country code.*“foo”"
    ):
        call_command("export_cases", str(file), format="csv", query="country=XX&foo=1")
    assert not file.exists()


def test_names_a_file_that_can_not_be_written(tmp_path):
    with pytest.raises(CommandError, match="Is a directory"):
        call_command("export_cases", str(tmp_path), format="csv")


def test_rejects_an_unknown_format():
    with pytest.raises(CommandError, match="invalid choice: 'pdf'"):
        call_command("export_cases", "--format", "pdf")

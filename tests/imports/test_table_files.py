"""Files of tables: other programs’ CSV, invalid files and permissions."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from casebase.desk.imports.archives import pack
from initiatives.models import Initiative
from tests.desk import admin_url
from tests.imports.importer import error_lines, fields_of
from tests.imports.spreadsheet import FORMATS, Table, csv_of, rows_of_csv, xlsx_of

pytestmark = pytest.mark.once


def test_csv_of_other_programs_is_read(importer):
    table = Table(importer, "csv", "surrey")
    table.put("f5555555", year="2014")
    text = table.file[1].decode("utf-8-sig")
    for content in (text.encode("utf-16"), text.replace(",", ";").encode()):
        preview = importer.preview("findings", file=("a.csv", content))
        assert fields_of(preview) == {"Year": ("", "2014")}


HEADINGS = [
    (["a", "b"], ["The first row should name the columns."]),
    (["case", "mood"], ["“mood” is not a column of this table; delete it."]),
    (["case", "case"], ["This column occurs twice; delete one."]),
    (["case"], ["This column is missing; export the table again."]),
]


@pytest.mark.parametrize(("heading", "sentences"), HEADINGS)
@pytest.mark.parametrize("name", FORMATS)
def test_a_table_names_its_columns(importer, heading, sentences, name):
    content = (csv_of if name == "csv" else xlsx_of)([heading, ["x"] * len(heading)])
    preview = importer.preview("findings", file=(f"a.{name}", content))
    assert sentences[0] in error_lines(preview)[0]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"case\xff", "The file is not saved as UTF-8"),
        (b"\xd0\xcf\x11\xe0", "This is an old workbook; save it as .xlsx."),
        (b"PK\x03\x04", "This workbook can’t be read"),
        (b'case,"a', "This CSV can’t be read"),
    ],
)
def test_files_that_are_not_tables_are_refused(importer, content, sentence):
    answer = importer.upload("findings", file=("a.csv", content))
    if answer.status_code == 302:
        answer = importer.client.get(answer["Location"])
    assertContains(answer, sentence)


def test_a_zip_that_is_not_a_workbook_is_refused(importer):
    laughs = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    for files in ([("a", b"")], [("[Content_Types].xml", laughs)]):
        preview = importer.preview("findings", file=("a.xlsx", pack(files)))
        assert "This workbook can’t be read" in error_lines(preview)[0]


def test_tables_are_exported_from_the_list_of_cases(importer):
    cases = Initiative.objects.order_by("slug")
    sent = {"action": "export_findings_csv", "_selected_action": [c.pk for c in cases]}
    answer = importer.client.post(admin_url(Initiative, "changelist"), sent)
    rows = rows_of_csv(answer.getvalue())[1:]
    assert {row[0] for row in rows} == {"surrey", "weyhe"}
    assert answer["Content-Disposition"].startswith("attachment; filename=")


def test_a_table_of_too_many_cases_is_not_exported(importer, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.findings_export.MAX_CASES", 1)
    keys = list(Initiative.objects.values_list("pk", flat=True))
    sent = {"action": "export_findings_xlsx", "_selected_action": keys}
    answer = importer.client.post(
        admin_url(Initiative, "changelist"), sent, follow=True
    )
    assertContains(answer, "These are more than 1 cases; select fewer.")


@pytest.mark.parametrize("address", ["csv/?case=x", "ods/?case=weyhe", "csv/?case=%00"])
def test_an_export_without_cases_is_not_found(importer, address):
    assert importer.client.get(f"/admin/bring-in/findings/{address}").status_code == 404


def test_an_export_needs_permission_to_view_cases(client, loaded, django_user_model):
    somebody = django_user_model.objects.create_user("somebody", is_staff=True)
    client.force_login(somebody)
    out = reverse("imports:findings-out", args=["csv"], query={"case": "weyhe"})
    assert client.get(out).status_code == 403


def test_column_names_may_not_be_formulas(importer):
    file = ("a.csv", csv_of([["case", "=1+1"]]))
    assert (
        "“=…” is not a column of this table; delete it."
        in error_lines(importer.preview("findings", file=file))[0]
    )

"""The table of a plan, its rows one by one, and what cases offer for them."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.kept.models import Kept
from tests.factories import ConceptFactory, FindingFactory
from tests.initiatives.plan.world import (
    Reader,
    create_barrier,
    create_case,
    create_finding,
    saved,
    start_plan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def mistrust():
    return create_barrier()


@pytest.fixture
def kept(mistrust):
    return start_plan(barriers=["mistrust"])


@pytest.fixture
def reader(client, kept):
    reader = Reader(client, kept.token)
    reader.get("table/new/", about="barriers:mistrust")
    return reader


FILLED = {
    "about": "barriers:mistrust",
    "action": "Visit every village",
    "who": "Team leader",
    "by": "2027-03-31",
}


def rows(kept):
    return saved(kept, "table")["rows"]


def add_rows(reader, *actions):
    for action in actions:
        reader.get("table/new/")
        reader.post(**FILLED | {"action": action})


def test_a_row_is_written_once_however_often_it_is_sent(reader, kept):
    assert '<option value="barriers:mistrust" selected>' in reader.text
    for _ in range(2):
        page = reader.post(**FILLED, _go="1")
    [row] = rows(kept)
    assert page["Location"].endswith(f"/table/#row-{row['id']}")
    assert (row["term"], row["by"]) == ("mistrust", "2027-03-31")
    reader.get("table/")
    for words in ("Mistrust", "Visit every village", "Team leader", "31 Mar 2027"):
        assert words in reader.text
    assert "No source" in reader.text
    # What was named at the start has a row now.
    assert "You named these at the start" not in reader.text


def test_what_was_named_at_the_start_is_offered(reader):
    reader.get("table/")
    assert "table/new/?about=barriers%3Amistrust" in reader.text
    assert "No row yet" in reader.text


def test_a_risk_in_own_words_has_likelihood_and_consequence(reader, kept):
    reader.post(
        about="risks:", obstacle="Snow", likelihood="likely", consequence="severe"
    )
    reader.get("table/")
    assert "Likely, severe if it happens" in reader.text
    [row] = rows(kept)
    assert row["kind"] == "risk"
    reader.get(f"table/{row['id']}/")
    assert '<option value="risks:" selected>' in reader.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"about": "barriers:fog"}, "“barriers:fog” is no barrier or risk"),
        ({"by": "soon"}, "Write the day as 2027-03-31."),
        ({"who": "x" * 501}, "It has 501 characters"),
        ({"likelihood": "never"}, "“never” is none of these."),
    ],
)
def test_what_is_wrong_with_a_row_is_said(reader, kept, fields, words):
    page = reader.post(**FILLED | fields)
    assertContains(page, words, status_code=400)
    assertContains(page, "Visit every village", status_code=400)
    assert saved(kept, "table") is None


def test_rows_are_moved_removed_and_put_back(reader, kept):
    add_rows(reader, "A", "B", "C")
    first, second, _ = (row["id"] for row in rows(kept))

    def order():
        return "".join(row["action"] for row in rows(kept))

    page = reader.post("table/", _down=first)
    assert page["Location"].endswith(f"#row-{first}")
    assert order() == "BAC"
    for fields in ({"_up": first}, {"_up": first}, {"_down": "none"}, {"x": "y"}):
        reader.post("table/", **fields)
    assert order() == "ABC"
    for _ in range(2):
        page = reader.post("table/", _remove=second)
    assert order() == "AC"
    assertContains(reader.client.get(page["Location"]), "Removed: Mistrust.")
    for _ in range(2):
        reader.post("table/", _undo="1")
    assert order() == "ABC"


def test_two_people_on_two_rows_do_not_disturb_each_other(client, reader, kept):
    add_rows(reader, "A", "B")
    first, second = (row["id"] for row in rows(kept))
    other = Reader(client, kept.token)
    reader.get(f"table/{first}/")
    other.get(f"table/{second}/")
    other.post(**FILLED | {"action": "B2"})
    reader.post(**FILLED | {"action": "A2"})
    assert [row["action"] for row in rows(kept)] == ["A2", "B2"]


def test_a_row_that_somebody_else_saved_shows_both(client, reader, kept):
    add_rows(reader, "A")
    [row] = rows(kept)
    ConceptFactory(slug="stigma", label="Stigma")
    other = Reader(client, kept.token)
    for each in (reader, other):
        each.get(f"table/{row['id']}/")
    other.post(**FILLED | {"action": "Theirs", "about": "barriers:stigma", "by": ""})
    page = reader.post(**FILLED | {"action": "Ours"})
    assert page.status_code == 409
    for words in ("Ours</textarea>", "<dd>Theirs</dd>", "<dd>Stigma</dd>", "nothing"):
        assert words in reader.text
    assert rows(kept)[0]["action"] == "Theirs"
    page = reader.post(**FILLED | {"action": "Ours"}, _auto="1")
    assert page.json()["problem"].startswith("Somebody else")
    reader.get(f"table/{row['id']}/")
    page = reader.post(**FILLED | {"action": "Both"}, _auto="1")
    assert page.json()["version"] != reader.fields["_version"]
    assert rows(kept)[0]["action"] == "Both"


def test_a_row_that_was_removed_meanwhile_comes_back_if_it_is_saved_again(reader, kept):
    add_rows(reader, "A")
    [row] = rows(kept)
    reader.get(f"table/{row['id']}/")
    reader.post("table/", _remove=row["id"])
    page = reader.post(f"table/{row['id']}/", **FILLED | {"action": "A2"})
    assertContains(page, "Somebody removed this row", status_code=409)
    reader.fields["_version"] = "0"
    reader.post(f"table/{row['id']}/", **FILLED | {"action": "A2"})
    assert [each["action"] for each in rows(kept)] == ["A2"]


def test_the_table_has_room_for_so_many_rows_and_bytes(reader, kept, monkeypatch):
    monkeypatch.setattr("initiatives.plan.views.table.MAX_ROWS", 1)
    add_rows(reader, "A")
    reader.get("table/new/")
    assertContains(reader.post(**FILLED), "no more are kept", status_code=400)
    monkeypatch.setattr("initiatives.plan.views.table.MAX_ROWS", 9)
    monkeypatch.setattr("casebase.kept.models.MAX_BYTES", 300)
    page = reader.post(**FILLED | {"action": "x" * 300})
    assertContains(page, "Shorten the longest texts", status_code=400)
    assert len(rows(kept)) == 1


def test_a_row_that_never_was_is_not_found(reader, kept):
    for path in ("table/0123abcd/", "table/tea/"):
        assert reader.get(path).status_code == 404
    assert reader.post("table/tea/", about="barriers:").status_code == 404


def test_the_strategies_that_cases_used_are_offered_with_their_results(
    reader, mistrust
):
    outreach = ConceptFactory(scheme="strategies", slug="outreach", label="Outreach")
    for direction in ("helped", "helped", "mixed"):
        create_finding(term=mistrust, direction=direction, strategies=[outreach])
    page = reader.get("table/new/", about="barriers:mistrust")
    for words in ("3 cases:", "2 helped", "1 mixed", outreach.get_absolute_url()):
        assertContains(page, words)
    assertContains(page, '<optgroup label="Used against it by cases">')
    assertContains(page, '<option value="outreach">', count=1)
    reader.post(about="barriers:mistrust", strategy="outreach")
    assertContains(reader.get("table/"), "Outreach")
    create_barrier("stigma", "Stigma")
    assertContains(
        reader.get("table/new/", about="barriers:stigma"), "No case is told to have"
    )
    assertContains(reader.get("table/new/", about="fog"), "Choose a barrier or risk")


@pytest.fixture
def measured(mistrust):
    """A figure of a case that met mistrust; others tell less, or met something else."""
    case = create_case("Radars")
    create_finding(term=mistrust, initiative=case)
    for other in (case, create_case("No barrier")):
        FindingFactory(initiative=other, kind="cost", figure_value=9, figure_unit="EUR")
    figure = {"figure_value": 805, "figure_unit": "hours", "figure_period": "2014"}
    return FindingFactory(initiative=case, kind="participation", **figure)


def test_what_cases_measured_is_offered_with_its_finding(reader, kept, measured):
    reader.get("table/new/", about="barriers:mistrust")
    assert "805 hours" in reader.text
    assert "EUR" not in reader.text
    for _ in range(2):
        reader.post(**FILLED, _measure=measured.short_id)
    [row] = rows(kept)
    source = measured.sources.get().reference.short_citation
    assert row["measure"] == f"Measured elsewhere: 805 hours (2014), Radars, {source}"
    assert [quote["finding"] for quote in row["quotes"]] == [measured.short_id]


def test_a_measure_is_copied_once_and_its_finding_can_be_removed(
    reader, kept, measured
):
    reader.post(**FILLED, _measure=measured.short_id)
    [row] = rows(kept)
    for button in ("_measure", "_remove"):
        reader.get(f"table/{row['id']}/")
        sent = {"measure": row["measure"], button: measured.short_id}
        reader.post(**FILLED, **sent)
        assert rows(kept)[0]["measure"] == row["measure"]
    assert "quotes" not in rows(kept)[0]


def test_without_a_barrier_the_closest_cases_measure(client):
    kept = start_plan(settlement="rural")
    for settlement, value in (("rural", 5), ("", 6)):
        FindingFactory(
            initiative=create_case(f"Case {value}", settlement=settlement),
            kind="outcome",
            figure_value=value,
            figure_unit="meals",
        )
    page = client.get(f"/plan/{kept.token}/table/new/")
    assertContains(page, "5 meals")
    assertNotContains(page, "6 meals")


def test_the_read_link_shows_the_table_and_no_form(reader, kept):
    add_rows(reader, "Visit every village")
    client = reader.client
    page = client.get(f"/plan/{kept.read_token}/table/")
    assertContains(page, "Visit every village")
    assertNotContains(page, '<button class="button" name')
    assertNotContains(page, kept.token)
    assert client.get(f"/plan/{kept.read_token}/table/new/").status_code == 403
    assert client.post(f"/plan/{kept.read_token}/table/").status_code == 403
    assertRedirects(
        reader.post("table/"),
        f"/plan/{kept.token}/table/",
        fetch_redirect_response=False,
    )
    assert Kept.objects.get().section("table").version == 1

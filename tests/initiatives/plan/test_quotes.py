"""Quotes in a plan: taken over, removed, put back, added to the table; and since."""

import pytest

from tests.factories import FindingFactory
from tests.initiatives.plan.world import (
    MAP_QUESTIONS,
    cite,
    create_barrier,
    create_case,
    create_finding,
    saved,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def quotes(kept):
    """Return pairs of a question and a finding."""
    answers = saved(kept, "map-it").get("answers", [])
    return [
        (each["question"], quote["finding"])
        for each in answers
        for quote in each.get("quotes", [])
    ]


def test_a_finding_is_taken_over_removed_and_put_back(reader, kept, steps):
    finding = create_finding(steps[0], statement="They drew a map.")
    cite(finding, locator="p. 3")
    reader.get("map-it/")
    sent = {"answer__0": "Ours", f"_into-{finding.short_id}": "1"}
    for _ in range(2):
        page = reader.post(_use=finding.short_id, **sent)
    assert page["Location"].endswith("#box-1")
    assert quotes(kept) == [(MAP_QUESTIONS[1], finding.short_id)]
    assert saved(kept, "map-it")["answers"][0]["text"] == "Ours"
    reader.get("map-it/", done="used", finding=finding.short_id, box="1")
    for words in ("They drew a map.", "p. 3", finding.initiative.name, "Undo"):
        assert words in reader.text
    # The question that was used last is offered first.
    assert '<option value="1" selected>' in reader.text
    for short_id in ("none", finding.short_id):
        page = reader.post(_remove=f"1:{short_id}", answer__0="Ours")
    assert quotes(kept) == []
    reader.get("map-it/", done="removed", box="1")
    assert "Removed: “They drew a map.”" in reader.text
    reader.post(_undo="1", answer__0="Ours")
    assert quotes(kept) == [(MAP_QUESTIONS[1], finding.short_id)]


def test_a_finding_that_is_none_and_a_question_that_is_none_are_ignored(
    reader, kept, steps
):
    finding = create_finding(steps[0])
    reader.post(_use="none", answer__0="Ours")
    reader.get("map-it/")
    reader.post(**{"_use": finding.short_id, f"_into-{finding.short_id}": "77"})
    assert quotes(kept) == []


def test_a_box_has_room_for_so_many_quotes(reader, kept, monkeypatch):
    monkeypatch.setattr("initiatives.plan.step_quotes.MAX_QUOTES", 1)
    for finding in FindingFactory.create_batch(2):
        reader.get("map-it/")
        reader.post(_use=finding.short_id)
    assert len(quotes(kept)) == 1


def test_a_removed_quote_is_forgotten_once_the_page_is_saved(reader, kept, steps):
    finding = create_finding(steps[0])
    reader.post(_use=finding.short_id)
    reader.get("map-it/")
    reader.post(_remove=f"0:{finding.short_id}")
    assert saved(kept, "map-it")["removed"]
    reader.get("map-it/")
    reader.post(answer__0="On we go")
    assert "removed" not in saved(kept, "map-it")
    reader.get("map-it/")
    reader.post(_undo="0", answer__0="On we go")
    assert quotes(kept) == []


def test_a_quote_keeps_its_text_and_says_what_became_of_it(reader, kept, steps):
    case = create_case("Radars")
    corrected = create_finding(steps[0], initiative=case, statement="They rang.")
    withdrawn = create_finding(steps[1], statement="They wrote.")
    removed = create_finding(statement="They waited.")
    for finding in (corrected, withdrawn, removed):
        reader.get("map-it/")
        reader.post(_use=finding.short_id)
    corrected.statement = "They knocked."
    corrected.save()
    withdrawn.initiative.withdraw(reason="Made up")
    removed.delete()
    case.name = "Radars of Barcelona"
    case.save()
    reader.get("map-it/")
    for words in (
        "They rang.",
        "They wrote.",
        "They waited.",
        "It was corrected since",
    ):
        assert words in reader.text
    assert "Its case was withdrawn since: Made up" in reader.text
    assert "Its case is called “Radars of Barcelona” now" in reader.text


def test_a_barrier_is_added_to_the_table_once(reader, kept):
    finding = create_finding(term=create_barrier())
    lesson = FindingFactory(kind="lesson")
    for short_id in (finding.short_id, finding.short_id, lesson.short_id, "none"):
        reader.get("map-it/")
        reader.post(_row=short_id, answer__0="Ours")
    [row] = saved(kept, "table")["rows"]
    assert (row["term"], row["quotes"][0]["finding"]) == ("mistrust", finding.short_id)
    reader.get("map-it/", done="row", row=row["id"])
    assert f"/table/#row-{row['id']}" in reader.text

"""Who speaks in a work, what conflicts are about, and grades set by hand, in sheets."""

import pytest

from initiatives.history.current_names import CurrentNames
from initiatives.history.parts import parts_of_case
from initiatives.models import Conflict, Documentation, Finding
from initiatives.sheet_serializers import case_sheet_of
from tests.content.content_folder import WEYHE

STANDINGS = """standings:
  - ref: dreyer-2011
    standing: independent
    peer_reviewed: true
    note: University thesis
  - ref: meyer-grosser-2014
    standing: insider
    peer_reviewed: null
    note: null
"""
GRADE = """    basis: coded
    grade:
      level: supported
      note: We spoke to them.
    sources:
      - ref: dreyer-2011
        url: null
        locator: P. 24
"""


def add_standings(folder, text=STANDINGS):
    folder.edit(WEYHE, "standings: []\n", text)


def weyhe_sheet():
    case = Finding.objects.get(short_id="f4444444").initiative
    return case_sheet_of(case).model_dump(mode="json", warnings=False)


def test_who_speaks_is_loaded_and_written_again(folder):
    add_standings(folder)
    folder.load()
    rows = Documentation.objects.filter(initiative__slug="weyhe").order_by("standing")
    assert list(rows.values_list("standing", "is_peer_reviewed", "standing_note")) == [
        ("independent", True, "University thesis"),
        ("insider", None, ""),
    ]
    assert [row["ref"] for row in weyhe_sheet()["standings"]] == [
        "dreyer-2011",
        "meyer-grosser-2014",
    ]
    assert folder.changes() == {}


def test_the_order_of_standings_means_nothing(folder):
    add_standings(folder)
    folder.load()
    folder.edit(WEYHE, STANDINGS, "standings: []\n")
    first, second = STANDINGS.removeprefix("standings:\n").split("  - ref: m")
    add_standings(folder, f"standings:\n  - ref: m{second}{first}")
    assert folder.changes() == {}


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        (
            "standing: insider",
            "standing: inside",
            "standings.2.standing: “inside” is not one of those who speak; did you "
            "mean “insider”?",
        ),
        (
            "ref: meyer-grosser-2014\n    standing",
            "ref: dreyer-2011\n    standing",
            "standings.2.ref: “dreyer-2011” is listed twice.",
        ),
        (
            "further_sources: [dreyer-2011]",
            "further_sources: []",
            "standings.1.ref: “dreyer-2011” stands neither under sources nor "
            "further_sources.",
        ),
        (
            "peer_reviewed: true",
            "peer_reviewed: yes",
            "standings.1.peer_reviewed: This should be true or false.",
        ),
    ],
)
@pytest.mark.once
def test_errors_in_standings_are_told(folder, old, new, error):
    add_standings(folder)
    folder.edit(WEYHE, old, new)
    [line] = folder.errors()
    assert error in line


def test_a_conflict_names_the_findings_in_dispute(folder):
    about = "note: The case study counts it from 2007, all others from 2008."
    folder.edit(
        WEYHE, about, f"{about}\n    findings: [f4444444, f3333333]\n    settled: true"
    )
    folder.load()
    conflict = Conflict.objects.get(initiative__slug="weyhe")
    assert {f.short_id for f in conflict.findings.all()} == {"f4444444", "f3333333"}
    assert conflict.is_settled
    assert weyhe_sheet()["conflicts"][0]["findings"] == ["f3333333", "f4444444"]
    assert folder.changes() == {}
    folder.edit(WEYHE, "[f4444444, f3333333]", "[f3333333]")
    assert folder.changes() == {"cases": {"weyhe": ["conflicts"]}}
    assert [f.short_id for f in Conflict.objects.get().findings.all()] == ["f3333333"]


@pytest.mark.once
def test_a_conflict_names_findings_of_its_own_case(folder):
    about = "note: The case study counts it from 2007, all others from 2008."
    folder.edit(WEYHE, about, f"{about}\n    findings: [f5555555]")
    [line] = folder.errors()
    assert line.endswith("findings.1: This case has no finding “f5555555”.")


def test_the_editors_set_a_grade_with_their_note(folder):
    before = GRADE.replace(
        "    grade:\n      level: supported\n      note: We spoke to them.\n", ""
    )
    folder.edit(WEYHE, before, GRADE)
    folder.load()
    finding = Finding.objects.get(short_id="f4444444")
    assert (finding.grade_override, finding.grade_note) == (1, "We spoke to them.")
    assert weyhe_sheet()["findings"][-1]["grade"] == {
        "level": "supported",
        "note": "We spoke to them.",
    }
    assert folder.changes() == {}
    folder.edit(WEYHE, GRADE, before)
    folder.load()
    finding.refresh_from_db()
    assert (finding.grade_override, finding.grade_note) == (None, "")


@pytest.mark.once
def test_the_editors_choose_a_specimen(folder):
    plain = GRADE.replace(
        "    grade:\n      level: supported\n      note: We spoke to them.\n", ""
    )
    chosen = plain.replace("coded\n", "coded\n    specimen: true\n")
    folder.edit(WEYHE, plain, chosen)
    folder.load()
    assert Finding.objects.get(is_specimen=True).short_id == "f4444444"
    assert weyhe_sheet()["findings"][-1]["specimen"] is True
    assert folder.changes() == {}
    [part] = [
        part
        for part in parts_of_case(weyhe_sheet(), CurrentNames())
        if part.key == "f4444444"
    ]
    assert part.fields["Show on the home page"] == "Yes"
    folder.edit(WEYHE, chosen, plain)
    folder.load()
    assert not Finding.objects.filter(is_specimen=True)


@pytest.mark.once
def test_a_grade_is_one_of_three(folder):
    folder.edit(
        WEYHE, "basis: coded\n", "basis: coded\n    grade: {level: best, note: A.}\n"
    )
    [line] = folder.errors()
    assert "grade.level: “best” is not a grade." in line

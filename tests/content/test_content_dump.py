"""The export to content files, and the commands load_content and dump_content."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives.content_dump import dump_content
from initiatives.models import Finding, Initiative
from tests.content.content_folder import EXAMPLE, WEYHE
from tests.content.test_fixtures import contents

# What is read from either database is tried where it is loaded.
pytestmark = pytest.mark.once


def test_what_is_dumped_is_what_was_loaded(loaded, tmp_path):
    dump_content(folder=tmp_path / "dump")
    assert contents(tmp_path / "dump") == contents(EXAMPLE)


def test_the_number_of_queries_does_not_depend_on_findings(loaded, tmp_path):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            dump_content(folder=tmp_path)
        return len(captured)

    before = queries()
    case = Initiative.objects.get(slug="weyhe")
    for n in range(5):
        Finding.objects.create(initiative=case, kind="lesson", statement=f"Lesson {n}")
    assert queries() == before


def test_other_files_remain(loaded, tmp_path):
    dump_content(folder=tmp_path / "dump")
    (tmp_path / "dump/README.md").write_text("Ours.")
    Initiative.objects.get(slug="surrey").delete()
    dump_content(folder=tmp_path / "dump")
    assert {path.name for path in tmp_path.glob("dump/**/*.*")} == {
        *("README.md", "references.csl.json", "weyhe.yaml", "surrey.yaml"),
        *("barriers.yaml", "change-steps.yaml", "modes.yaml"),
        *("service-areas.yaml", "strategies.yaml"),
    }


def test_what_an_editor_wrote_is_dumped_and_loaded(loaded):
    case = Initiative.objects.get(slug="weyhe")
    case.approach = "First paragraph.\r\n\r\nSecond: with a colon #1.  "
    case.save()
    dump_content(folder=loaded.path)
    assert loaded.changes() == {}
    case.approach = ""
    case.save()
    loaded.load()
    case.refresh_from_db()
    assert case.approach == "First paragraph.\r\n\r\nSecond: with a colon #1.  "


def test_a_folder_that_can_not_be_written_is_reported(loaded):
    with pytest.raises(CommandError, match=r"weyhe\.yaml.*: Not a directory"):
        call_command("dump_content", loaded.path / WEYHE)


def test_the_commands_report_what_they_did(folder, capsys):
    call_command("load_content", folder.path)
    assert capsys.readouterr().out.splitlines() == [
        "works: 3 new, 0 changed, 0 unchanged",
        "schemes: 5 new, 0 changed, 0 unchanged",
        "terms: 8 new, 0 changed, 0 unchanged",
        "cases: 2 new, 0 changed, 0 unchanged",
    ]
    folder.edit(WEYHE, "started: 2007", "started: 2008")
    call_command("load_content", folder.path / WEYHE, dry_run=True)
    assert capsys.readouterr().out.splitlines() == [
        "Nothing is changed; a load would give:",
        "works: 0 new, 0 changed, 0 unchanged",
        "schemes: 0 new, 0 changed, 0 unchanged",
        "terms: 0 new, 0 changed, 0 unchanged",
        "cases: 0 new, 1 changed, 0 unchanged",
        "  weyhe: started",
    ]
    call_command("dump_content", folder.path)
    assert capsys.readouterr().out == (
        f"Written to {folder.path}: 3 works, 5 schemes, 2 cases.\n"
    )
    call_command("dump_content", folder.path, verbosity=0)
    assert capsys.readouterr().out == ""


def test_if_empty_loads_only_into_an_empty_database(folder, capsys):
    call_command("load_content", folder.path, if_empty=True, verbosity=0)
    assert Initiative.objects.count() == 2
    folder.edit(WEYHE, "started: 2007", "started: soon")
    call_command("load_content", folder.path, if_empty=True)
    assert capsys.readouterr().out == "There are cases already: nothing loaded.\n"

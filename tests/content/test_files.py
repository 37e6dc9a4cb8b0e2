"""Files that are not content files."""

import pytest
from django.core.management import CommandError, call_command

from tests.content.content_folder import WEYHE

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("a.yaml", "slug: a\nslug: b\n", "2: The key “slug” occurs twice."),
        ("a.yaml", "slug: &x a\n", "1: Anchors and aliases (& and *) are not taken."),
        (
            "a.yaml",
            "slug: a\nb: *x\n",
            "2: Anchors and aliases (& and *) are not taken.",
        ),
        ("a.yaml", "slug: !!str a\n", "1: Tags (!) are not taken."),
        (
            "a.yaml",
            "slug: a\n---\nslug: b\n",
            "2: A file holds one sheet; a second one begins.",
        ),
        ("a.yaml", "- slug: a\n", "1: The file should begin with a key: “slug:”."),
        ("a.yaml", "", "1: The file should begin with a key: “slug:”."),
        ("a.yaml", "slug: a\n[a]: b\n", "2: A key should be one word."),
        (
            "a.yaml",
            f"slug: {'[' * 30}{']' * 30}\n",
            "1: Lists are nested too deeply here.",
        ),
        ("a.yaml", "slug: a\nname: b: c\n", "2: The YAML can’t be read from here on "),
        ("a.yaml", "slug: \x07\n", "1: The YAML can’t be read from here on "),
        ("a.yaml", "name: a\n", "1: A sheet has a “slug”, a codebook file a “scheme”."),
        ("a.yaml", b"slug: a\nname: \xe9\n", "2: The file is not saved as UTF-8."),
        ("a.yaml", "slug: a\nname: \0\n", "2: There is a NUL character in the file."),
        (
            "a.yaml",
            "#" * 5_000_001,
            "1: The file is larger than 5 MB; is it the right one?",
        ),
        ("a.csl.json", "{}", "1: The JSON can’t be read (the file should be a list"),
        ("a.csl.json", "[\n{]", "2: The JSON can’t be read from here on ("),
        ("a.csl.json", "[NaN]", "1: The JSON can’t be read (NaN is not a number)."),
        ("a.csl.json", '[{"a": 1, "a": 2}]', "1: The JSON can’t be read (the key “a” "),
        ("a.csl.json", "[" * 100_000, "1: The JSON can’t be read ("),
        ("a.csl.json", '\n["a"]', "2: This should have keys"),
        ("a.txt", "slug: a", "1: Sheets end in .yaml, lists of works in .csl.json."),
    ],
)
def test_a_file_that_is_not_a_content_file(folder, name, content, error):
    folder.write(name, content)
    (line,) = folder.errors(name)
    assert line.startswith(f"{name}:{error}")


def test_a_path_without_content_files(folder):
    assert folder.errors("nowhere.yaml") == [
        "nowhere.yaml:1: The file can’t be read: No such file or directory."
    ]
    (folder.path / "empty").mkdir()
    assert folder.errors("empty") == [
        "empty:1: There is nothing to load in this folder."
    ]


def test_the_command_reports_errors_without_a_traceback(folder):
    folder.edit(WEYHE, "started: 2007", "started: soon")
    with pytest.raises(CommandError, match=r"weyhe\.yaml:29: started: This"):
        call_command("load_content", folder.path)

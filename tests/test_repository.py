"""Rules on the files of the repository."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

from casebase import __version__

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
STORAGE = PROJECT["project"]["optional-dependencies"]["storage"]

LINES = {".py": 300, ".html": 120, ".css": 150, ".js": 60}
FUNCTION_LINES = 25


def files(*patterns):
    """Return the files that git tracks or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def read(name):
    return (ROOT / name).read_text(errors="ignore")


def code(*patterns):
    return [name for name in files(*patterns) if "/migrations/" not in name]


def test_files_are_not_too_long():
    over = {
        name: lines
        for name in code(*(f"*{suffix}" for suffix in LINES))
        if (lines := read(name).count("\n")) > LINES[Path(name).suffix]
    }
    assert not over


def test_functions_are_not_too_long():
    lengths = {
        f"{name}:{node.name}": node.end_lineno - node.lineno + 1
        for name in code("*.py")
        for node in ast.walk(ast.parse(read(name)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert "tests/test_repository.py:read" in lengths
    assert not {name: n for name, n in lengths.items() if n > FUNCTION_LINES}


def test_make_commands_in_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    command = re.compile(r"(?:`|^\s*\$?\s*)make (\w+)", re.MULTILINE)
    named = {name: set(command.findall(read(name))) for name in files("*.md")}
    assert named["README.md"] >= {"run", "test"}
    unknown = {name: commands - targets for name, commands in named.items()}
    assert not any(unknown.values()), unknown


ROOMS = "bench|casebase|deploy|docs|initiatives|references|static|templates|tests"
NAMED_FILE = re.compile(
    rf"(?<![\w/.])(?:\.\./)?((?:{ROOMS})/[\w/-]+\.(?:css|js|md|py))\b"
)


def test_files_that_texts_name_exist():
    """This applies to documents, docstrings and comments."""
    named = {
        name: set(NAMED_FILE.findall(read(name)))
        for name in files("*.md", "*.py", "*.html", "*.css", "*.js")
    }
    assert "casebase/registry.py" in named["docs/architecture.md"]
    missing = {
        f"{name}: {path}"
        for name, paths in named.items()
        for path in paths
        if not (ROOT / path).exists()
    }
    assert not missing


COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\("
    r"|(?<![-\w])(?:white|black|gr[ae]y|red|green|blue|navy|teal|orange|purple)(?![-\w])",
    re.IGNORECASE,
)
# Only the values of properties: names of selectors may look like colours.
CSS_VALUE = re.compile(r"[\w-]+\s*:\s*([^;{}]+)[;}]")
SVG_PAINT = re.compile(r'(?:fill|stroke|stop-color)="([^"]*)"')


def test_colours_are_defined_only_in_tokens_css():
    assert COLOUR.search(" ".join(CSS_VALUE.findall("a { color: #fff; }")))
    values = {
        (name, value)
        for pattern, value_of in (("*.css", CSS_VALUE), ("*.html", SVG_PAINT))
        for name in files(pattern)
        for value in value_of.findall(without_comments(read(name)))
    }
    literal = {(name, value) for name, value in values if COLOUR.search(value)}
    assert {name for name, _ in literal} <= {"static/css/tokens.css"}, literal


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_every_component_begins_with_a_comment():
    components = files("templates/components/*.html")
    assert components
    comment = re.compile(r"\s*\{(#|% comment %\})\s*\w")
    assert [name for name in components if not comment.match(read(name))] == []


def test_every_dependency_has_a_comment():
    lines = read("pyproject.toml").splitlines()
    wanted = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"]
    wanted += STORAGE
    assert "gunicorn" in wanted
    for dependency in wanted:
        line_above = lines[lines.index(f'  "{dependency}",') - 1]
        assert line_above.startswith("  # "), dependency


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("requirements/base.txt", PROJECT["project"]["dependencies"]),
        ("requirements/storage.txt", STORAGE),
        ("requirements/dev.txt", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_requirements_are_pinned_and_name_no_index(name, wanted):
    text = read(name)
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    assert {re.match(r"[\w-]+", each)[0].lower() for each in wanted} <= pinned.keys()
    blocks = re.split(r"\n(?=[a-z])", text.partition("\n" + next(iter(pinned)))[2])
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|^-|--index|--find-links", text, re.MULTILINE)


def test_requirements_of_production_and_development_agree():
    exact = re.compile(r"^([\w.-]+==\S+)", re.MULTILINE)
    base, storage, dev = (
        set(exact.findall(read(f"requirements/{name}.txt")))
        for name in ("base", "storage", "dev")
    )
    assert base
    assert base < storage < dev


def test_no_file_contains_a_path_of_a_machine():
    machine = re.compile(r"(?<![\w.-])/(?:home|root|work|Users)/")
    names = files()
    assert "pyproject.toml" in names
    assert [name for name in names if machine.search(read(name))] == []


def test_version_is_the_same_everywhere():
    assert PROJECT["project"]["version"] == __version__
    assert f"\nversion: {__version__}\n" in read("CITATION.cff")


def test_the_top_level_has_few_folders():
    """The three packages, and the folders that a project usually has."""
    folders = {name.partition("/")[0] for name in files() if "/" in name}
    packages = {"casebase", "initiatives", "references"}
    assert folders - packages == {
        *(".ci", "bench", "deploy", "docs", "fixtures", "requirements"),
        *("static", "templates", "tests"),
    }


def test_labels_of_apps_do_not_change():
    """Tables, migrations and permissions depend on them."""
    ours = [app for app in apps.get_app_configs() if app.path.startswith(str(ROOT))]
    ours = [app for app in ours if ".venv" not in app.path]
    assert {app.label for app in ours} == {
        *("accounts", "casebase", "changes", "desk", "facets", "history"),
        *("initiatives", "intake", "merging", "references", "search", "suggestions"),
        *("backups", "jobs", "kept", "rate_limits", "upkeep"),
    }

"""The runner of the suite fails if it has to leave out a required part."""

import pytest

from tests import suite


@pytest.mark.parametrize(
    ("required", "sentence"),
    [
        ("postgresql,browser", "Required, but this machine lacks no such thing."),
        (
            "valkey",
            f"CASEBASE_REQUIRE knows {', '.join(suite.OPTIONAL)}, and not valkey.",
        ),
    ],
)
def test_leaving_out_a_required_part_is_an_error(monkeypatch, required, sentence):
    monkeypatch.setenv("CASEBASE_REQUIRE", required)
    with pytest.raises(SystemExit) as stopped:
        suite.require_optional_parts({"browser": "no such thing"})
    assert str(stopped.value) == sentence


def test_other_parts_may_be_left_out(monkeypatch):
    monkeypatch.setenv("CASEBASE_REQUIRE", "postgresql")
    suite.require_optional_parts({"browser": "no such thing"})

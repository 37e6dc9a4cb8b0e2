"""The runner of the suite: what it must not leave out quietly."""

import pytest

from tests import suite


@pytest.mark.parametrize(
    ("required", "sentence"),
    [
        ("postgresql,browser", "Required, but this machine lacks no such thing."),
        ("postgres", "CASEBASE_REQUIRE knows postgresql, browser, and not postgres."),
    ],
)
def test_what_is_required_is_not_left_out(monkeypatch, required, sentence):
    monkeypatch.setenv("CASEBASE_REQUIRE", required)
    with pytest.raises(SystemExit) as stopped:
        suite.refuse_leaving_out_what_is_required({"browser": "no such thing"})
    assert str(stopped.value) == sentence


def test_what_is_not_required_may_be_left_out(monkeypatch):
    monkeypatch.setenv("CASEBASE_REQUIRE", "postgresql")
    suite.refuse_leaving_out_what_is_required({"browser": "no such thing"})

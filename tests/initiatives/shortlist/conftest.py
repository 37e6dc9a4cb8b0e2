"""A shortlist, and one that is stored."""

import pytest

from tests.initiatives.shortlist.keeping import get_link, records


@pytest.fixture
def kept(client):
    """The ids of a case, a finding and a work, which are on the shortlist."""
    case, finding, work = records()
    every = [f"c{case.pk}", finding.short_id, f"r{work.pk}"]
    client.cookies["shortlist"] = ".".join(every)
    return every


@pytest.fixture
def address(client, kept):
    """The address of the change link of the stored list, with a note on the case."""
    answer = get_link(client, _item=kept, **{f"note-{kept[0]}": "Ask Anna."})
    assert answer.status_code == 302
    return answer["Location"]

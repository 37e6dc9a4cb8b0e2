"""Looking up works at Crossref: requests, failures and conversion to CSL."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.asserts import assertContains

from casebase.desk.imports import crossref
from casebase.desk.imports.crossref import fetch_works, parse_dois
from casebase.desk.imports.crossref_csl import convert_to_csl
from references.formats.csl_json_reader import read_items
from references.models import Reference
from tests.imports.crossref_server import running_crossref
from tests.imports.importer import Importer, uploads

DOI = "10.1080/14719037.2013.841975"
ENGAGE = {
    "type": "journal-article",
    "title": ["Why <i>Engage</i> in Co-Production &amp;amp; Delivery?"],
    "subtitle": [],
    "author": [
        {"given": "Carola", "family": "van Eijk", "sequence": "first", "ORCID": "x"},
        {"name": "Governance International", "sequence": "additional"},
    ],
    "container-title": ["Public Management Review"],
    "issued": {"date-parts": [[2014, 4]]},
    "volume": "16",
    "page": "358-382",
    "language": "en",
    "abstract": "<jats:p>Why?</jats:p>",
    "reference": [{"key": "x"}],
}


@pytest.fixture
def crossref_server(settings, monkeypatch):
    monkeypatch.setattr(crossref, "RETRY_PAUSES_SECONDS", (0, 0))
    with running_crossref() as (server, address):
        settings.CROSSREF_API = address
        yield server


def error(doi=DOI):
    [answer] = fetch_works([doi])
    assert answer.message is None
    return answer.error


def test_a_work_is_looked_up_and_added(db, crossref_server):
    crossref_server.add_work(DOI, **ENGAGE)
    importer = Importer()
    preview = importer.preview("works", dois=f"https://doi.org/{DOI.upper()}")
    assertContains(preview, "Why Engage in Co-Production &amp; Delivery?")
    importer.decide(preview)
    work = Reference.objects.get()
    assert (work.doi, work.page, work.issued_month) == (DOI, "358-382", 4)
    marked = "Why <i>Engage</i> in Co-Production & Delivery?"
    assert work.title_markup == marked
    assert [str(person) for person in work.authors] == [
        "van Eijk, Carola",
        "Governance International",
    ]
    assert crossref_server.requested == [DOI]


def test_several_are_looked_up_and_failures_are_reported(db, crossref_server):
    crossref_server.add_work(DOI, **ENGAGE)
    importer = Importer()
    preview = importer.preview("works", dois=f"{DOI}, doi:10.1000/unknown")
    assertContains(preview, "10.1000/unknown: Crossref does not know this DOI.")
    assert len(preview.context["new"]) == 1


def test_no_upload_is_created_when_nothing_is_found(db, crossref_server):
    answer = Importer().upload("works", dois="10.1000/unknown")
    assertContains(answer, "Crossref does not know this DOI.")
    assert uploads() == 0


def test_requests_identify_us(crossref_server, settings):
    crossref_server.add_work(DOI, **ENGAGE)
    settings.CROSSREF_MAILTO = "desk@casebase.example"
    fetch_works([DOI])
    settings.CROSSREF_MAILTO = ""
    fetch_works([DOI])
    assert "(mailto:desk@casebase.example)" in crossref_server.user_agents[0]
    assert crossref_server.user_agents[1].startswith("Casebase/")
    assert "mailto" not in crossref_server.user_agents[1]


def test_special_characters_in_a_doi_do_not_change_the_address(crossref_server):
    strange = "10.1000/../../secret?x=1#a%2fb"
    crossref_server.add_work(strange, **ENGAGE)
    [answer] = fetch_works([strange])
    assert answer.message
    assert crossref_server.requested == [strange]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_temporary_failures_are_retried(crossref_server, status):
    crossref_server.add_answer(DOI, status=status)
    crossref_server.add_answer(DOI, status=status)
    crossref_server.add_work(DOI, **ENGAGE)
    [answer] = fetch_works([DOI])
    assert answer.message["volume"] == "16"


def test_lasting_failures_are_given_up_after_the_retries(crossref_server):
    crossref_server.add_answer(DOI, status=500)
    assert error() == crossref.UNREACHABLE
    assert len(crossref_server.requested) == 1 + len(crossref.RETRY_PAUSES_SECONDS)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"status": 404}, "Crossref does not know this DOI."),
        ({"status": 403}, "Crossref refuses to answer (403)."),
        ({"body": b"<html>"}, "The answer of Crossref can’t be read."),
        ({"body": b"\xff\xfe"}, "The answer of Crossref can’t be read."),
        ({"body": b"[" * 100_000}, "The answer of Crossref can’t be read."),
        ({"body": b'{"message": "x"}'}, "The answer of Crossref can’t be read."),
        ({"body": b"{}", "Content_Length": "90"}, crossref.UNREACHABLE),
        ({"status": 302, "Location": "http://127.0.0.1:1/"}, "where we do not follow"),
        ({"status": 302, "Location": "file:///etc/passwd"}, "where we do not follow"),
        ({"status": 302, "Location": "http://[x"}, "where we do not follow"),
        ({"status": 302}, "Crossref sends us in circles."),
    ],
)
def test_every_failure_has_its_message(crossref_server, answer, expected):
    crossref_server.add_answer(DOI, **answer)
    assert expected in error()


def test_redirects_are_followed(crossref_server):
    crossref_server.add_answer("10.1000/old", status=301, Location=f"/works/{DOI}")
    crossref_server.add_work(DOI, **ENGAGE)
    [answer] = fetch_works(["10.1000/old"])
    assert answer.message["DOI"] == DOI


def test_a_response_above_the_size_limit_is_abandoned(crossref_server, monkeypatch):
    monkeypatch.setattr(crossref, "MAX_RESPONSE_BYTES", 1_000)
    crossref_server.add_answer(DOI, body=b" " * 2_000, never_ends=True)
    assert error() == "The answer of Crossref has no end."


def test_a_slow_response_times_out(crossref_server, monkeypatch):
    monkeypatch.setattr(crossref, "ATTEMPT_TIMEOUT_SECONDS", 0.05)
    crossref_server.add_answer(DOI, body=b"{", never_ends=True)
    assert error() == crossref.UNREACHABLE


def test_all_requests_together_have_a_time_limit(crossref_server, monkeypatch):
    monkeypatch.setattr(crossref, "TOTAL_TIMEOUT_SECONDS", 0.05)
    crossref_server.add_answer(DOI, body=b"{", never_ends=True)
    assert error() == crossref.UNREACHABLE


def test_an_unreachable_server_is_reported(settings, monkeypatch):
    monkeypatch.setattr(crossref, "RETRY_PAUSES_SECONDS", (0, 0))
    settings.CROSSREF_API = "http://127.0.0.1:9"
    assert error() == crossref.UNREACHABLE


def test_dois_are_found_in_pasted_text():
    text = (
        f"https://doi.org/{DOI}; DOI: 10.1000/A.\n10.1000/a http://dx.doi.org/10.1/x "
        "(https://www.doi.org/10.1000%2Fb),doi:10.1000/c;10.1000/d info:doi/10.1000/e "
        "10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O, 10.1000/ü"
    )
    sici = "10.1002/(sici)1097-4571(199806)49:8<693::aid-asi4>3.0.co;2-o"
    dois = [DOI, *(f"10.1000/{end}" for end in "abcde"), sici, "10.1000/ü"]
    assert parse_dois(text) == (dois, ["http://dx.doi.org/10.1/x"])


# How Crossref writes


def dated(*parts):
    return {"date-parts": [list(parts)]}


NO_DATE = {"issued": dated(None)}
IN_SERIES = {"type": "book-chapter", "container-title": ["S", "B"]}


def csl(**message):
    return convert_to_csl({"type": "journal-article", "title": ["Title"]} | message)


@pytest.mark.parametrize(
    ("message", "variable", "value"),
    [
        ({"title": []}, "title", None),
        ({"title": ["A &lt;i&gt;b&lt;/i&gt;\n c"]}, "title", "A <i>b</i> c"),
        (
            {"title": ["<jats:bold>p</jats:bold> < 0.05 > q"]},
            "title",
            "<b>p</b> < 0.05 > q",
        ),
        (
            {"title": ["<mml:math><mml:mi>n</mml:mi></mml:math>-th"]},
            "title",
            "n-th",
        ),
        ({"subtitle": ["A review"]}, "title", "Title: A review"),
        ({"title": ["<i>Why?</i>"], "subtitle": ["B"]}, "title", "<i>Why?</i> B"),
        ({"title": ["Why?"], "subtitle": ["How"]}, "title", "Why? How"),
        ({"title": ["Why: How"], "subtitle": ["how"]}, "title", "Why: How"),
        (NO_DATE, "issued", None),
        ({"issued": dated(2014, None)}, "issued", dated(2014)),
        (NO_DATE | {"published-online": dated(2013)}, "issued", dated(2013)),
        ({"container-title": []}, "container-title", None),
        ({"container-title": "Plain"}, "container-title", "Plain"),
        ({"type": "unheard-of"}, "type", "document"),
        (IN_SERIES, "collection-title", "S"),
        (IN_SERIES, "container-title", "B"),
        ({"event": {"name": "EGPA", "location": "Ghent"}}, "event-place", "Ghent"),
        ({"institution": [{"name": "Oxford"}]}, "publisher", "Oxford"),
        ({"institution": {"name": "Oxford"}, "publisher": "X"}, "publisher", "X"),
        ({"institution": [{}]}, "publisher", None),
        ({"language": "de"}, "language", "de"),
        ({"language": "en-GB"}, "language", None),
        ({"author": [{"given": "Madonna"}]}, "author", [{"family": "Madonna"}]),
        ({"author": [{"affiliation": []}, "x"]}, "author", None),
        ({"author": "x"}, "author", None),
        ({"volume": 16}, "volume", "16"),
        ({"volume": {"a": True}}, "volume", None),
        ({"volume": True}, "volume", None),
    ],
)
def test_metadata_is_converted_to_csl(message, variable, value):
    assert csl(**message).get(variable) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from([*ENGAGE, "event", "institution", "editor", "publisher", "DOI"])


@given(st.dictionaries(KEYS, JSON))
def test_any_json_can_be_converted(message):
    item = convert_to_csl(message)
    read_items(json.dumps([item]).encode(), "Crossref")

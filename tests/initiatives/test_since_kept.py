"""What became of cases, findings and works since somebody kept them."""

import pytest

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.since_kept import Became, KeptRecord, describe, look_up
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
)

pytestmark = pytest.mark.django_db


def create(factory, **fields):
    with tracked_transaction():
        return factory(**fields)


def keep(record, name=None, *, version=None):
    """Return what is kept of a record as it is now."""
    kind = record._meta.model_name
    title, text = describe(record)
    return KeptRecord(kind, name or record.pk, title, text, version)


def now(*kept):
    return [(each.now.became, each.now.address) for each in look_up(kept)]


@pytest.fixture
def case():
    return create(InitiativeFactory, slug="weyhe", name="Streetwatchers")


@pytest.fixture
def finding(case):
    return create(
        FindingFactory,
        initiative=case,
        short_id="f2345678",
        kind="barrier",
        statement="They were not trusted.",
        response="They met.",
    )


@pytest.fixture
def work():
    return create(ReferenceFactory, key="meyer-2014", title="Old age", issued_year=2014)


def test_what_did_not_change_is_as_it_was_kept(case, finding, work):
    kept = [
        *(keep(case), keep(case, "weyhe", version=2)),
        *(keep(finding, "f2345678"), keep(work), keep(work, "meyer-2014")),
    ]
    since = look_up(kept)
    assert [each.kept for each in since] == kept
    assert all(each.is_as_kept for each in since)
    assert [each.now.record for each in since] == [case, case, finding, work, work]
    assert [each.now.address for each in since] == [
        *("/initiatives/weyhe/", "/initiatives/weyhe/"),
        "/initiatives/weyhe/#f2345678",
        *("/references/meyer-2014/", "/references/meyer-2014/"),
    ]
    assert since[2].now.text == "They were not trusted.\n\nThey met."
    assert since[3].now.text == "Old age [Report]. (2014)."


def test_what_was_renamed_or_reworded_says_so_and_leads_there(case, finding, work):
    kept = [keep(case, "weyhe", version=2), keep(finding, "f2345678"), keep(work)]
    kept.append(KeptRecord("reference", "meyer-2014"))
    with tracked_transaction():
        case.rename(slug="patrols")
        case.name, case.summary = "Patrols", "Another text."
        case.save()
        finding.statement = "Nobody trusted them."
        finding.save()
        work.rename(key="meyer-2015")
        ContributionFactory(reference=work, person__family="Meyer")
    since = look_up(kept)
    renamed, reworded = [True, True, True, False], [True, True, True, False]
    assert [each.is_renamed for each in since] == renamed
    assert [each.is_reworded for each in since] == reworded
    assert [each.is_revised for each in since] == [True, False, False, False]
    assert [each.is_as_kept for each in since] == [False, False, False, True]
    assert since[0].now.version == 3
    assert [each.now.title for each in since] == [
        *("Patrols", "Patrols", "Meyer 2014", "Meyer 2014")
    ]
    assert [each.now.address for each in since] == [
        *("/initiatives/patrols/", "/initiatives/patrols/#f2345678"),
        *("/references/meyer-2015/", "/references/meyer-2015/"),
    ]


def test_white_space_is_no_other_text(case):
    kept = KeptRecord("initiative", case.pk, "Streetwatchers", f" {case.summary}\n")
    assert look_up([kept])[0].is_as_kept


def test_what_was_withdrawn_says_why_and_its_text_is_hidden(case, finding):
    kept = [keep(case), keep(case, "weyhe"), keep(finding, "f2345678")]
    with tracked_transaction():
        case.withdraw(reason="The council asked us.")
    for each in look_up(kept):
        assert each.now.became == Became.WITHDRAWN
        assert each.now.reason == "The council asked us."
        assert each.now.title == "Streetwatchers"
        assert (each.now.record, each.now.text) == (None, "")
        assert not each.is_public
    assert [each.now.address for each in look_up(kept)] == [
        *("/initiatives/weyhe/", "/initiatives/weyhe/", "/findings/f2345678/")
    ]


def test_what_was_removed_leads_to_the_page_that_says_so(case, finding, work):
    kept = [keep(case), keep(case, "weyhe"), keep(work), keep(work, "meyer-2014")]
    kept.append(keep(finding, "f2345678"))
    with tracked_transaction():
        finding.sources.all().delete()
    [since] = look_up(kept[-1:])
    assert (since.now.became, since.now.reason) == (Became.REMOVED, "")
    with tracked_transaction():
        case.delete()
        work.delete()
    assert now(*kept) == [
        *((Became.REMOVED, "/initiatives/weyhe/"),) * 2,
        *((Became.REMOVED, "/references/meyer-2014/"),) * 2,
        (Became.REMOVED, "/findings/f2345678/"),
    ]
    assert [each.now.title for each in look_up(kept)] == [
        *("weyhe", "weyhe", "meyer-2014", "meyer-2014", "Streetwatchers")
    ]


def test_a_work_that_was_merged_into_another_leads_to_that(work):
    kept = [keep(work), keep(work, "meyer-2014")]
    heir = create(ReferenceFactory, key="meyer-2014a")
    with tracked_transaction():
        work.delete()
        heir.former_keys.create(key="meyer-2014")
    assert [each.now.record for each in look_up(kept)] == [heir, heir]


def test_what_was_never_public_is_like_what_never_was():
    draft = create(InitiativeFactory, status="draft", slug="secret")
    hidden = create(FindingFactory, initiative=draft, short_id="f9999999")
    FormerSlugFactory(initiative=draft, slug="once-secret")
    FormerSlugFactory(concept=ConceptFactory(), slug="term")
    names = [
        *(("initiative", name) for name in (draft.pk, "secret", "once-secret", "term")),
        *(("initiative", name) for name in (draft.pk + 9, "no\0thing", "ä", "x" * 999)),
        *(("initiative", 10**40), ("initiative", -1), ("reference", 10**9)),
        *(("finding", "f9999999"), ("finding", hidden.pk), ("finding", "f-no")),
        *(("plan", "weyhe"), ("reference", "nobody-2014")),
    ]
    since = look_up(KeptRecord(*name) for name in names)
    assert {each.now.became for each in since} == {Became.UNKNOWN}
    assert not any(each.now.title or each.now.address for each in since)
    with tracked_transaction():
        draft.delete()
    since = look_up(KeptRecord(*name) for name in names)
    assert {each.now.became for each in since} == {Became.UNKNOWN}


def test_nothing_kept_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert look_up([]) == []
        look_up([KeptRecord("finding", "")])


@pytest.mark.once
def test_the_number_of_queries_does_not_grow(
    case, finding, work, django_assert_max_num_queries
):
    def every():
        for n, record in enumerate([case, finding, work]):
            kind = ["initiative", "finding", "reference"][n]
            names = [["weyhe", "f2345678", "meyer-2014"][n]]
            names += [record.pk] if kind != "finding" else []
            yield from (KeptRecord(kind, name) for name in names)
            yield from (KeptRecord(kind, f"f{kind}-{k}") for k in range(20))
            yield from (KeptRecord(kind, 10**6 + k) for k in range(20))

    with django_assert_max_num_queries(18):
        look_up(every())

"""Plans for tests: any that can be stored, and one that is hostile in every text."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from casebase.kept.models import Kept
from initiatives.plan.content import Plan, split_plan

# What programs might take for formulas, markup, lines of their own or our signs.
HOSTILE = (
    '=HYPERLINK("https://evil.example")\r\n'
    "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Evil\u2028X:1\n"
    "<script>alert(1)</script>&lt;b&gt; ]]> \"'>{{ 7|add:7 }}{% now 'Y' %};,\\n "
    "\ue000\ue001\ue002 @page { content: none } \N{RIGHT-TO-LEFT OVERRIDE}אב 🚌"
)
LINE = HOSTILE[:480]


def quote(**fields: Any) -> dict[str, Any]:
    """Return a quote of a finding that no database has."""
    source = {"key": "meyer-grosser-2014", "text": "Meyer 2014", "locator": "P. 24"}
    return {
        "finding": "fabcdefg",
        "case": "weyhe",
        "case_name": "Weyhe",
        "kind": "barrier",
        "term": "Mistrust",
        "statement": "They met with reserve.",
        "response": "They talked.",
        "direction": "helped",
        "grade": 0,
        "sources": [source],
        "taken_on": "2026-11-30",
    } | fields


def hostile_plan() -> Plan:
    """Return a plan with hostile text wherever a text may be."""
    source = {"key": "k", "text": LINE, "locator": LINE, "url": "https://e.example/<b>"}
    said = quote(
        **dict.fromkeys(("case_name", "place", "kind", "term", "direction"), LINE),
        **dict.fromkeys(("statement", "response"), HOSTILE),
        strategies=[LINE],
        sources=[source],
    )
    start = dict.fromkeys(("title", "settlement", "reach", "country"), LINE)
    start |= dict.fromkeys(("service", "people", "to_find_out"), HOSTILE)
    answer = {"question": HOSTILE, "text": HOSTILE, "quotes": [said]}
    step = {"answers": [answer], "actions": [HOSTILE], "outputs": [HOSTILE]}
    texts = ("obstacle", "way", "action", "measure")
    row = {"id": "r1", "who": LINE, "by": "2026-12-24", "quotes": [said]}
    row |= dict.fromkeys(texts, HOSTILE)
    content = {"start": start, "steps": {"x": step}, "table": {"rows": [row]}}
    return Plan.model_validate(content)


def keep(plan: Plan | dict[str, Any]) -> Kept:
    """Store a plan. The row has its change token."""
    return Kept.start(Kept.Kind.PLAN, split_plan(Plan.model_validate(plan)))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
ANY_TEXTS = TEXTS | st.sampled_from([*HOSTILE.split("\n"), LINE, "", "a\r\nb\rc"])
SLUGS = st.text("abz0-_A", min_size=1, max_size=8)
DATES = st.dates(max_value=date.max)
SOURCES = st.fixed_dictionaries(
    {"key": SLUGS, "text": ANY_TEXTS},
    optional={"locator": ANY_TEXTS, "url": st.just("https://e.example/a?b=c&d")},
)
QUOTES = st.lists(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("finding", "case"), SLUGS),
            **dict.fromkeys(("case_name", "kind", "statement"), ANY_TEXTS),
            "sources": st.lists(SOURCES, max_size=2),
            "taken_on": DATES.map(str),
        },
        optional={
            "response": ANY_TEXTS,
            "strategies": st.lists(ANY_TEXTS, max_size=2),
            "direction": st.sampled_from(["helped", "neutral"]) | ANY_TEXTS,
            "grade": st.sampled_from([0, 1, 2, None]),
            "version": st.integers(0, 9) | st.none(),
        },
    ),
    max_size=2,
)
STEPS = st.fixed_dictionaries(
    {},
    optional={
        "answers": st.lists(
            st.fixed_dictionaries(
                {"question": ANY_TEXTS, "text": ANY_TEXTS, "quotes": QUOTES}
            ),
            max_size=2,
        ),
        "actions": st.lists(ANY_TEXTS, max_size=2),
        "outputs": st.lists(ANY_TEXTS, max_size=2),
    },
)
ROWS = st.fixed_dictionaries(
    {"id": SLUGS},
    optional={
        **dict.fromkeys(("obstacle", "way", "action", "who", "measure"), ANY_TEXTS),
        "kind": st.sampled_from(["barrier", "risk"]),
        "term": SLUGS,
        "strategy": SLUGS,
        "by": DATES.map(str),
        "likelihood": st.sampled_from(["likely", None]),
        "consequence": st.sampled_from(["severe", None]),
        "quotes": QUOTES,
    },
)
STARTS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("title", "service", "people", "country"), ANY_TEXTS),
        **{name: st.lists(SLUGS, max_size=2) for name in ("modes", "barriers")},
        "is_template": st.booleans(),
    },
)
PLANS = st.fixed_dictionaries(
    {
        "start": STARTS,
        "steps": st.dictionaries(SLUGS, STEPS, max_size=2),
        "table": st.fixed_dictionaries(
            {"rows": st.lists(ROWS, max_size=3, unique_by=lambda row: row["id"])}
        ),
    }
).map(Plan.model_validate)

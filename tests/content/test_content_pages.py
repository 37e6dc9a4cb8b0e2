"""The content of fixtures/ as readers meet it: every page, and thirty questions.

``questions.yaml`` has questions as readers type them, and what belongs among the first
five terms and cases of a page. They measure the search as a whole, which has no rules
for single questions.
"""

import csv
import re
from pathlib import Path

import html5lib
import pytest
import yaml
from django.core.management import call_command
from django.db import connection
from django.test import TestCase

from casebase.facets.snapshot_cache import current_snapshot
from casebase.site.search.page import SearchPage
from initiatives.evidence_grade.rules import Level
from initiatives.models import Concept, Finding, Initiative, Scheme
from initiatives.similar.parts import weights_of_case
from initiatives.similar.ranking import Ranking, asked_of_case
from initiatives.similar.space import case_space
from references.models import Person, Reference
from tests.test_site import NAMED

# Graded by a reader of the published rules who had not seen the code.
GRADED_BY_HAND = Path(__file__).with_name("graded_by_hand.csv")
# Judged by readers before anything was measured; file → how many there are, and how
# many at least are in their order. Weights were tried on the first file alone. The aim
# is 16 of its 20. The others differ in what people do and for whom, which isn't coded.
SIMILAR_PAIRS = {"similar_pairs.csv": (20, 14), "similar_pairs_unseen.csv": (26, 18)}
QUESTIONS = Path(__file__).with_name("questions.yaml")
# The minimum number of good answers: raise it with improvements of the search.
BAR = 27
FIRST = 5
# JSON-LD is data: browsers do not run it, and the security policy ignores it.
INLINE = re.compile(
    r'<(script(?! type="application/ld\+json">)(?![^>]+\bsrc=)|style)|\s(style|on\w+)=',
    re.IGNORECASE,
)


def one_of_each_kind(records, kind_of):
    """Return one of the records of each kind, since many pages take long to check."""
    return {kind_of(record): record for record in records}.values()


def kind_of_case(case):
    columns = ("end_year", "region", "place_note", "evidence_note", "not_found")
    parts = case.conflicts.exists(), case.involvements.exists()
    return *(bool(getattr(case, column)) for column in columns), *parts


def kind_of_work(work):
    columns = ("issued_year", "doi", "url", "container_title", "publisher")
    return work.type, *(bool(getattr(work, column)) for column in columns)


def kind_of_term(term):
    columns = ("broader_id", "scope_note", "synonyms", "questions")
    parts = term.findings.published().exists(), term.sources.exists()
    return term.scheme_id, *(bool(getattr(term, column)) for column in columns), *parts


class TestContent(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_content", verbosity=0)
        # What the server does by itself between transactions.
        connection.cursor().execute("ANALYZE")

    def open(self, address):
        page = self.client.get(address)
        assert page.status_code == 200, address
        return page.text

    def test_findings_have_the_grades_that_a_reader_of_the_rules_gave_them(self):
        with GRADED_BY_HAND.open(newline="") as file:
            by_hand = {row["finding"]: row["grade"] for row in csv.DictReader(file)}
        assert len(by_hand) == 30
        stored = Finding.objects.published().filter(short_id__in=by_hand)
        grades = stored.values_list("short_id", "grade")
        assert {key: Level(level).slug for key, level in grades} == by_hand

    def test_most_pairs_of_cases_are_in_the_order_that_a_reader_gave_them(self):
        space = case_space(current_snapshot())
        keys = dict(Initiative.objects.published().values_list("slug", "pk"))
        places = {key: place for place, key in enumerate(space.keys.tolist())}
        for name, (n, least) in SIMILAR_PAIRS.items():
            with Path(__file__).with_name(name).open(newline="") as file:
                pairs = list(csv.DictReader(file))
            right = []
            for pair in pairs:
                asked = asked_of_case(space, keys[pair["case"]], weights_of_case())
                scores = Ranking(space, asked).scores
                nearer, farther = (
                    scores[places[keys[pair[each]]]] for each in ("nearer", "farther")
                )
                right += [pair["case"]] * bool(nearer > farther)
            assert len(pairs) == n
            assert len(right) >= least, (name, right)

    @pytest.mark.once
    def test_named_pages_are_valid_html_with_a_title(self):
        titles = set()
        for address in filter(None, NAMED.values()):
            text = self.open(address)
            html5lib.HTMLParser(strict=True).parse(text)
            assert text.count("<h1") == 1, address
            assert not INLINE.search(text), address
            titles.add(re.search(r"<title>\s*(.+?)\s*</title>", text)[1])
        assert len(titles) == len(list(filter(None, NAMED.values())))

    def open_page(self, record):
        text = self.open(record.get_absolute_url())
        assert text.count("<h1") == 1, record
        return text

    def check_page(self, record):
        text = self.open_page(record)
        html5lib.HTMLParser(strict=True).parse(text)
        return text

    @pytest.mark.once
    def test_every_public_case_has_a_valid_page_with_its_findings(self):
        kinds = set()
        checked = one_of_each_kind(Initiative.objects.published(), kind_of_case)
        assert len(checked) > 3
        findings = Finding.objects.published().prefetch_related("sources__reference")
        for case in Initiative.objects.published():
            page = self.check_page(case) if case in checked else self.open_page(case)
            for finding in findings.filter(initiative=case):
                kinds.add(finding.kind)
                assert f'id="{finding.short_id}"' in page, finding
                works = [use.reference for use in finding.sources.all()]
                assert all(work.get_absolute_url() in page for work in works)
        assert {"mode", "barrier", "outcome"} <= kinds

    @pytest.mark.once
    def test_terms_and_works_have_valid_pages(self):
        terms = one_of_each_kind(Concept.objects.all(), kind_of_term)
        works = one_of_each_kind(Reference.objects.all(), kind_of_work)
        assert len(terms) > 20
        assert len(works) > 40
        for record in [*terms, *works, *Scheme.objects.all()]:
            self.check_page(record)

    def test_the_page_of_a_person_lists_their_works(self):
        person = Person.objects.get(family="Grosser")
        assert "Streetwatchers" in self.open(person.get_absolute_url())

    @pytest.mark.once
    def test_no_page_shows_a_case_in_review(self):
        hidden = Initiative.objects.filter(status="review")
        assert hidden
        for case in hidden:
            assert self.client.get(case.get_absolute_url()).status_code == 404
        everywhere = "".join(
            self.open(address) for address in filter(None, NAMED.values())
        )
        assert not any(case.name in everywhere for case in hidden)

    def test_most_questions_are_met(self):
        questions = yaml.safe_load(QUESTIONS.read_text())
        missed = {}
        for question in questions:
            shown = names_shown(question["query"])
            wanted = {*question["terms"], *question["cases"]}
            first = {*shown["concept"][:FIRST], *shown["initiative"][:FIRST]}
            never = {*question.get("never", ())} & {*shown["initiative"]}
            if wanted - first or never:
                missed[question["id"]] = sorted(wanted - first), sorted(never)
        met = len(questions) - len(missed)
        summary = f"{met} of {len(questions)} are met; missed: {missed}"
        assert len(questions) == 30
        assert met >= BAR, summary


def names_shown(text):
    """Return kind → names of the records on the search page, in their order."""
    shown = {"concept": [], "initiative": [], "reference": []}
    for results in SearchPage(text).results:
        names = shown[results.section.kind]
        names += map(name_of, [*results.records, *results.nearest])
    return shown


def name_of(record):
    scheme = getattr(record, "scheme_id", "")
    slug = getattr(record, "slug", "")
    return f"{scheme}/{slug}" if scheme else slug

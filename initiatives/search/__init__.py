"""Which texts of cases, findings and terms are searched."""

from casebase.search.searched_records import SearchedRecords, searched
from initiatives.models import Concept, Finding, Initiative
from initiatives.schemes import SCHEMES
from initiatives.search.cases import read_cases
from initiatives.search.findings import public_statements, read_findings
from initiatives.search.terms import read_terms

searched.register(
    Initiative,
    SearchedRecords(
        visible=Initiative.objects.published,
        read=read_cases,
        page_prefixes=["initiatives"],
    ),
)
searched.register(
    Finding,
    SearchedRecords(
        visible=public_statements,
        read=read_findings,
        page_prefixes=["findings"],
    ),
)
searched.register(
    Concept,
    SearchedRecords(
        visible=Concept.objects.all,
        read=read_terms,
        page_prefixes=SCHEMES,
        is_multilingual=True,
    ),
)

"""Pages of the site that are no records, and the words by which they are found."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from casebase.search.query_parser import parse_query
from casebase.search.query_tree import Term
from casebase.search.tokenizer import keys_of, spelled
from casebase.site.search.naming import is_named, stems_of

# How many are suggested while a reader types, and from how many letters on.
SUGGESTED, SHORTEST = 2, 3


@dataclass(frozen=True)
class SitePage:
    """A page, and what it is for in a sentence.

    ``view`` is the name of its URL, with arguments and a fragment if it has some:
    “about #licence”. A text finds it by one of the ``names`` among other words, or if
    it says nothing but its title or one of the ``words``, which are too common.
    """

    title: str
    text: str
    view: str
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        view, _, fragment = self.view.partition(" #")
        name, *arguments = view.split()
        return reverse(name, args=arguments, fragment=fragment or None)

    def is_asked_for(self, asked: frozenset[str]) -> bool:
        """Return whether the stems of a text name it."""
        alone = any(stems_of(word) == asked for word in (self.title, *self.words))
        return alone or is_named(asked, self.names)

    def begins_with(self, terms: list[Term]) -> bool:
        """Return whether its title or a name has all of these terms."""
        names = (self.title, *self.names, *self.words)
        return any(_has_all(list(keys_of([name], spelled)), terms) for name in names)


PAGES = (
    SitePage(
        "Plan a change",
        "A workbook with the five steps, to fill in with colleagues.",
        "plan:new",
        (
            *("workbook", "template", "action plan", "change plan", "project plan"),
            *("plan a change", "toolkit"),
        ),
        ("plan",),
    ),
    SitePage(
        "The blank workbook",
        "To print and fill in by hand, or as a Word document.",
        "plan:blank",
        ("blank workbook", "workbook", "worksheet", "template", "printable"),
    ),
    SitePage(
        "Your shortlist",
        "Cases, findings and works that you keep, with your notes.",
        "shortlist:list",
        ("shortlist", "short list", "bookmark", "favourite", "reading list"),
    ),
    SitePage(
        "A handout for a meeting",
        "Keep cases on the shortlist, and take them away on paper, as a Word document "
        "or as slides. A case, a list and a comparison have a handout, too.",
        "shortlist:list",
        ("handout", "hand out", "fact sheet", "slides", "PowerPoint", "one pager"),
        ("print", "meeting"),
    ),
    SitePage(
        "The Co-Production Star",
        "The five steps of change, with an example of each from the cases.",
        "initiatives:concept-list change-steps",
        ("star", "five steps", "change steps", "change management", "change tool"),
    ),
    SitePage(
        "Sessions for facilitators",
        "How to work through a plan with a group, in 60 or in 180 minutes.",
        "sessions",
        (
            *("session plan", "facilitator", "facilitation", "facilitate", "trainer"),
            *("lesson plan", "run a workshop", "workshop agenda", "teaching"),
        ),
        ("workshop", "agenda"),
    ),
    SitePage(
        "Cases like mine",
        "Say where you are: the closest cases come first, with every reason.",
        "initiatives:similar",
        ("like mine", "like ours", "similar case"),
        ("similar",),
    ),
    SitePage(
        "Compare cases",
        "Two to four cases side by side.",
        "compare:cases",
        ("compare", "side by side"),
        ("comparison",),
    ),
    SitePage(
        "Map of cases",
        "Where the cases are, with all filters.",
        "initiatives:map",
        ("world map", "map of cases"),
        ("map",),
    ),
    SitePage(
        "Matrix",
        "What met what, counted: barriers by strategies, and any two others.",
        "matrix:matrix",
        ("matrix", "gap map", "evidence map", "heat map", "evidence gap"),
        ("gaps",),
    ),
    SitePage(
        "Codebook",
        "All terms with their definitions, in ten schemes.",
        "initiatives:codebook",
        ("codebook", "glossary", "thesaurus", "taxonomy", "list of terms"),
        ("definition", "vocabulary"),
    ),
    SitePage(
        "About: the method",
        "What a finding is, the rules of coding, and how sure the data are.",
        "about",
        ("methodology", "coding rules", "about casebase", "about this site"),
        ("about", "method"),
    ),
    SitePage(
        "How the evidence is graded",
        "Well supported, supported, thinly supported: the rules.",
        "initiatives:evidence-rules",
        (
            *("evidence grade", "quality of evidence", "strength of evidence"),
            *("grade", "how sure"),
        ),
        ("reliability",),
    ),
    SitePage(
        "How to cite",
        "Casebase as a whole, a case, or a statement.",
        "about #cite",
        ("cite", "citation"),
    ),
    SitePage(
        "Licence",
        "What you may do with the texts and the code.",
        "about #licence",
        ("licence", "license", "copyright", "creative commons", "terms of use"),
        ("reuse",),
    ),
    SitePage(
        "Privacy",
        "What is kept of readers, and what is not.",
        "about #privacy",
        ("privacy", "cookies", "GDPR", "data protection", "personal data"),
    ),
    SitePage(
        "Who runs it, and contact",
        "How to reach the editors.",
        "about #people",
        ("contact", "imprint", "who runs it", "funding of casebase"),
        ("help",),
    ),
    SitePage(
        "Accessibility",
        "How the site can be used with aids, and what is known not to work.",
        "accessibility",
        ("screen reader", "WCAG"),
    ),
    SitePage(
        "Download data",
        "All cases, or those you filter, as tables, JSON and maps: “Download” "
        "above the list.",
        "initiatives:list #results",
        (
            *("download", "dataset", "data set", "open data", "CSV", "XLSX", "Excel"),
            *("GeoJSON", "spreadsheet"),
        ),
        ("data", "export", "API"),
    ),
    SitePage(
        "How to search",
        "Phrases, exclusions, beginnings of words.",
        "search:search",
        ("search help", "advanced search", "boolean"),
        ("search",),
    ),
)


def find_pages(text: str) -> list[SitePage]:
    """Return the pages that a text asks for."""
    asked = stems_of(text)
    return [page for page in PAGES if asked and page.is_asked_for(asked)]


def page_words() -> Iterator[str]:
    """Yield the names of all pages: their words are spelled as they should be."""
    for page in PAGES:
        yield from (page.title, *page.names, *page.words)


def suggest_pages(text: str) -> list[SitePage]:
    """Return the first pages whose names begin as the text of a reader who types."""
    terms = parse_query(text, spelled, is_typing=True).wanted
    if len(text.strip()) < SHORTEST or not terms:
        return []
    return [page for page in PAGES if page.begins_with(terms)][:SUGGESTED]


def _has_all(keys: list[str], terms: list[Term]) -> bool:
    return all(_has(keys, term) for term in terms)


def _has(keys: list[str], term: Term) -> bool:
    *before, last = term.forms[0]
    begins = term.begins and any(key.startswith(last) for key in keys)
    return (begins or last in keys) and set(before) <= set(keys)

"""The works and terms that a version of a case refers to, as records for its page.

They are the present ones, even if they were renamed. Deleted ones are built from their
last versions, and saved nowhere.
"""

from casebase.history.content import drop_unknown_keys, parse_content
from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.history.current_names import CurrentNames
from initiatives.models import Concept
from initiatives.schemes import CODED_SCHEMES
from references.csl import Work, listed_names
from references.loading import column_values
from references.models import Contribution, Reference
from references.person_names import build_person


class ReferenceResolver:
    """Finds the works and terms of one content in a fixed number of queries.

    ``standings`` maps the works that it names to who speaks there, and ``disputed`` are
    the ids of the findings that an open conflict is about. Versions from before there
    were these keys have none.
    """

    def __init__(self, content):
        self.standings = {row["ref"]: row for row in content.get("standings", [])}
        self.disputed = {
            short_id
            for conflict in content["conflicts"]
            if not conflict.get("settled")
            for short_id in conflict.get("findings", [])
        }
        self._names = CurrentNames()
        self._works = self._find_works(works_in(content))
        self._terms = self._find_terms(terms_in(content))

    def work(self, key):
        return self._works[key]

    def term(self, scheme, slug):
        return self._terms[scheme, slug]

    def terms(self, scheme, slugs):
        return [self.term(scheme, slug) for slug in slugs]

    def _find_works(self, keys):
        current = {key: self._names.work(key) for key in keys}
        found = Reference.objects.with_contributors().filter(key__in=current.values())
        works = {work.key: work for work in found}
        deleted = [key for key in keys if current[key] is None]
        last = last_contents(kind_of(Reference), deleted)
        return {
            key: works.get(current[key]) or build_work(key, last, -n)
            for n, key in enumerate(keys, start=1)
        }

    def _find_terms(self, pairs):
        current = {pair: self._names.term(*pair) for pair in pairs}
        deleted = [
            f"{scheme}/{slug}" for scheme, slug in pairs if not current[scheme, slug]
        ]
        last = last_contents(kind_of(Concept), deleted)
        return {
            (scheme, slug): current[scheme, slug] or build_term(scheme, slug, last)
            for scheme, slug in pairs
        }


def last_contents(kind, names):
    """Return name → last content with ``pk``, if there is one. At most one query."""
    if not names:
        return {}
    versions = Version.objects.filter(kind=kind, name__in=names).exclude(content="")
    return {
        version.name: parse_content(version.content) | {"pk": version.key}
        for version in versions.order_by("number")
    }


def build_work(key, last, unused_pk):
    """Return a deleted work from its last version, or with its key as its title.

    Works need primary keys to be told apart, so that one gets ``unused_pk``.
    """
    unknown = {"id": key, "type": "document", "title": key, "pk": unused_pk}
    content = last.get(key, unknown)
    work = Work.model_validate(drop_unknown_keys(Work, content))
    record = Reference(pk=content["pk"], **column_values(work))
    contributions = [
        Contribution(role=role, person=build_person(name, slug=""))
        for role in ("author", "editor")
        for name in listed_names(getattr(work, role))
    ]
    record._prefetched_objects_cache = {"contributions": contributions}
    return record


def build_term(scheme, slug, last):
    """Return a deleted term from its last version, or with its slug as its label."""
    content = last.get(f"{scheme}/{slug}", {"pk": None, "label": slug})
    pk, label = content["pk"], content["label"]
    return Concept(pk=pk, scheme_id=scheme, slug=slug, label=label)


def works_in(content):
    """Keys of the works that the content of a case names, each once, as a dict."""
    owners = [*content["modes"], *content["findings"], *content["conflicts"]]
    uses = (use for owner in owners for use in owner["sources"])
    cited = (use if isinstance(use, str) else use["ref"] for use in uses)
    return dict.fromkeys([*cited, *content["sources"], *content["further_sources"]])


def terms_in(content):
    """Scheme and slug of the terms that it names, each once, as a dict."""
    found = [("service-areas", slug) for slug in content["service_areas"]]
    found += [("modes", mode["term"]) for mode in content["modes"]]
    for finding in content["findings"]:
        found += [("strategies", slug) for slug in finding["strategies"]]
        if finding["term"]:
            found.append((CODED_SCHEMES[finding["kind"]].slug, finding["term"]))
    return dict.fromkeys(found)

"""The works and terms that a version of a case names, as records for its page.

They are those of today, by whatever name; one that is gone is shown as its last version
has it, and saved nowhere.
"""

from casebase.history.model_history import as_content, known_to
from casebase.history.models import Version
from casebase.registry import kind_of
from initiatives.history.current_names import NamesOfToday
from initiatives.models import Concept
from initiatives.schemes import CODED_SCHEMES
from references.csl import Work, known
from references.loading import columns_of
from references.models import Contribution, Reference
from references.person_names import person_of


class RecordsThen:
    """Found for one content, in a fixed number of queries."""

    def __init__(self, said):
        self._names = NamesOfToday()
        self._works = self._works_named(works_in(said))
        self._terms = self._terms_named(terms_in(said))

    def work(self, key):
        return self._works[key]

    def term(self, scheme, slug):
        return self._terms[scheme, slug]

    def _works_named(self, keys):
        today = {key: self._names.work(key) for key in keys}
        found = Reference.objects.with_contributors().filter(key__in=today.values())
        works = {work.key: work for work in found}
        gone = [key for key in keys if today[key] is None]
        last = last_versions(kind_of(Reference), gone)
        return {
            key: works.get(today[key]) or work_gone(key, last, -n)
            for n, key in enumerate(keys, start=1)
        }

    def _terms_named(self, pairs):
        today = {pair: self._names.term(*pair) for pair in pairs}
        gone = [f"{scheme}/{slug}" for scheme, slug in pairs if not today[scheme, slug]]
        last = last_versions(kind_of(Concept), gone)
        return {pair: today[pair] or term_gone(*pair, last) for pair in pairs}


def last_versions(kind, names):
    """Name → content, of those that were kept. A query, if there is any name."""
    if not names:
        return {}
    versions = Version.objects.filter(kind=kind, name__in=names).exclude(content="")
    return {
        version.name: as_content(version.content) | {"pk": version.key}
        for version in versions.order_by("number")
    }


def work_gone(key, last, no_key):
    """As it last was; of one that was never kept, what is known is its key."""
    unknown = {"id": key, "type": "document", "title": key, "pk": no_key}
    said = last.get(key, unknown)
    work = Work.model_validate(known_to(Work, said))
    record = Reference(pk=said["pk"], **columns_of(work))
    contributions = [
        Contribution(role=role, person=person_of(name, slug=""))
        for role in ("author", "editor")
        for name in known(getattr(work, role))
    ]
    record._prefetched_objects_cache = {"contributions": contributions}
    return record


def term_gone(scheme, slug, last):
    said = last.get(f"{scheme}/{slug}", {"pk": None, "label": slug})
    return Concept(pk=said["pk"], scheme_id=scheme, slug=slug, label=said["label"])


def works_in(said):
    owners = [*said["modes"], *said["findings"], *said["conflicts"]]
    uses = (use for owner in owners for use in owner["sources"])
    cited = (use if isinstance(use, str) else use["ref"] for use in uses)
    return dict.fromkeys([*cited, *said["sources"], *said["further_sources"]])


def terms_in(said):
    found = [("service-areas", slug) for slug in said["service_areas"]]
    found += [("modes", mode["term"]) for mode in said["modes"]]
    for finding in said["findings"]:
        found += [("strategies", slug) for slug in finding["strategies"]]
        if finding["term"]:
            found.append((CODED_SCHEMES[finding["kind"]].slug, finding["term"]))
    return dict.fromkeys(found)

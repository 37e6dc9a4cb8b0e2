"""Contents of versions, made to call works and terms by their current names."""

from typing import Any

from casebase.history.errors import RestoreError
from initiatives.schemes import CODED_SCHEMES


class ReferenceRemapper:
    """Replaces names of works and terms in contents with the current ones.

    Names of deleted ones stay, and are collected for raise_for_missing(). ``arriving``
    are the schemes and slugs of the terms that are about to be written.
    """

    def __init__(self, names, arriving=()):
        self.names = names
        self.arriving = arriving
        # Sentences as the keys of a dict: each once, in the order in which they arise.
        self.missing = {}

    def raise_for_missing(self):
        """Raise RestoreError if contents named works or terms that were deleted."""
        if self.missing:
            raise RestoreError(self.missing)

    def remap_term(self, content):
        """The content of a term with current names."""
        scheme, broader = content["scheme"], content["broader"]
        return content | {
            "broader": broader and self._broader(scheme, broader),
            "sources": self._uses(content),
            **self._related(scheme, content),
        }

    def _related(self, scheme, content):
        """The related terms, without those that are gone: they only lead to others."""
        related = {}
        for key, of in (("near", scheme), ("strategies", "strategies")):
            slugs = [self._broader(of, slug) for slug in content.get(key, [])]
            present = [slug for slug in slugs if self._exists(of, slug)]
            related[key] = list(dict.fromkeys(present))
        return {key: slugs for key, slugs in related.items() if slugs or key in content}

    def _exists(self, scheme, slug):
        return (scheme, slug) in self.arriving or self.names.term(scheme, slug)

    def remap_case(self, content):
        """The content of a case with current names."""
        sources = self._works(content["sources"])
        further = self._works(content["further_sources"])
        return content | {
            "sources": sources,
            "further_sources": [key for key in further if key not in sources],
            "unread": self._works(content["unread"]),
            "standings": self._standings(content.get("standings", [])),
            "service_areas": self._terms("service-areas", content["service_areas"]),
            "modes": [self._mode(mode) for mode in content["modes"]],
            "findings": [self._finding(found) for found in content["findings"]],
            "conflicts": [
                conflict | {"sources": self._uses(conflict)}
                for conflict in content["conflicts"]
            ],
        }

    def _standings(self, rows):
        """Works that were merged since keep the standing that was named first."""
        by_work: dict[str, Any] = {}
        for row in rows:
            by_work.setdefault(self._work(row["ref"]), row)
        return [row | {"ref": key} for key, row in by_work.items()]

    def _mode(self, mode):
        return mode | {
            "term": self._term("modes", mode["term"]),
            "sources": self._uses(mode),
        }

    def _finding(self, finding):
        words = CODED_SCHEMES.get(finding["kind"])
        term = finding["term"]
        return finding | {
            "term": self._term(words.slug, term) if words and term else term,
            "strategies": self._terms("strategies", finding["strategies"]),
            "sources": self._uses(finding),
        }

    # Each once, for two may have been merged since.

    def _works(self, keys):
        return list(dict.fromkeys(map(self._work, keys)))

    def _terms(self, scheme, slugs):
        return list(dict.fromkeys(self._term(scheme, slug) for slug in slugs))

    def _uses(self, owner):
        return [
            self._work(use)
            if isinstance(use, str)
            else use | {"ref": self._work(use["ref"])}
            for use in owner["sources"]
        ]

    def _work(self, key):
        found = self.names.work(key)
        if found is None:
            self.missing[f"The work “{key}” is gone."] = True
        return found or key

    def _broader(self, scheme, slug):
        """Ignore a missing term: the code that writes terms refuses it."""
        found = self.names.term(scheme, slug)
        return found.slug if found and (scheme, slug) not in self.arriving else slug

    def _term(self, scheme, slug):
        found = self.names.term(scheme, slug)
        if found is None:
            self.missing[f"The term “{slug}” of {scheme} is gone."] = True
        return found.slug if found else slug

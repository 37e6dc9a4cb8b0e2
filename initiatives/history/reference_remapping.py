"""Versions of another day, made to point to the works and terms of today."""

from initiatives.schemes import CODED_SCHEMES


class Pointing:
    """Leads the names in contents to those of today, and notes what is gone."""

    def __init__(self, names, arriving=()):
        self.names = names
        # Terms that are about to be written, by scheme and slug.
        self.arriving = arriving
        # Sentences, in the order in which they are found.
        self.gone = {}

    def anew(self, kind, content):
        """The content with the names of today. What is gone keeps its name."""
        return getattr(self, f"_{kind}")(content)

    def _reference(self, content):
        return content

    def _concept(self, content):
        scheme, broader = content["scheme"], content["broader"]
        return content | {
            "broader": broader and self._broader(scheme, broader),
            "sources": self._uses(content),
        }

    def _initiative(self, content):
        sources = self._works(content["sources"])
        further = self._works(content["further_sources"])
        return content | {
            "sources": sources,
            "further_sources": [key for key in further if key not in sources],
            "unread": self._works(content["unread"]),
            "service_areas": self._terms("service-areas", content["service_areas"]),
            "modes": [self._mode(mode) for mode in content["modes"]],
            "findings": [self._finding(found) for found in content["findings"]],
            "conflicts": [
                conflict | {"sources": self._uses(conflict)}
                for conflict in content["conflicts"]
            ],
        }

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

    # Two that were merged since are one.

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
            self.gone[f"The work “{key}” is gone."] = True
        return found or key

    def _broader(self, scheme, slug):
        """Where there is none, the writing of terms says so."""
        found = self.names.term(scheme, slug)
        return found.slug if found and (scheme, slug) not in self.arriving else slug

    def _term(self, scheme, slug):
        found = self.names.term(scheme, slug)
        if found is None:
            self.gone[f"The term “{slug}” of {scheme} is gone."] = True
        return found.slug if found else slug

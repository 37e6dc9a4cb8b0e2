"""What versions point to, by the names of today: works and terms may be renamed."""

from functools import cached_property

from initiatives.codebook import Codebook
from references.models import FormerKey, Reference


class NamesOfToday:
    """Works and terms that names of any day lead to. Four queries, on first use."""

    def __init__(self):
        self.codebook = Codebook()

    def term(self, scheme, slug):
        """The term, or None when it is gone."""
        return self.codebook.by_slug.get((scheme, slug))

    def label(self, scheme, slug):
        """What the desk calls the term; the slug of one that is gone, if any."""
        term = self.term(scheme, slug)
        return term.label if term else slug or ""

    @cached_property
    def _keys(self):
        return set(Reference.objects.values_list("key", flat=True))

    @cached_property
    def _renamed(self):
        return dict(FormerKey.objects.values_list("key", "reference__key"))

    def work(self, key):
        """The citekey of today, or None when the work is gone."""
        key = self._renamed.get(key, key)
        return key if key in self._keys else None

    def citekey(self, key):
        """The citekey of today; that of a work that is gone as it was."""
        return self._renamed.get(key, key)

"""What works and terms are called now; a version may call them by former names."""

from functools import cached_property

from initiatives.codebook import Codebook
from references.models import FormerKey, Reference


class CurrentNames:
    """Works and terms by their present and former names. Four queries, on first use."""

    def __init__(self):
        self.codebook = Codebook()

    def term(self, scheme, slug):
        """The term, or None if it was deleted."""
        return self.codebook.by_slug.get((scheme, slug))

    def label(self, scheme, slug):
        """The label of the term; its slug if it was deleted, “” where slug is None."""
        term = self.term(scheme, slug)
        return term.label if term else slug or ""

    @cached_property
    def _keys(self):
        return set(Reference.objects.values_list("key", flat=True))

    @cached_property
    def _renamed(self):
        return dict(FormerKey.objects.values_list("key", "reference__key"))

    def work(self, key):
        """The current citekey of the work, or None if it was deleted."""
        key = self._renamed.get(key, key)
        return key if key in self._keys else None

    def citekey(self, key):
        """The current citekey of the work; the last that is known if it was deleted."""
        return self._renamed.get(key, key)

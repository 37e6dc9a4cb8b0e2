"""New and changed works."""

from casebase.feeds import ListFeed
from references.citations import cite
from references.filters import ReferenceFilter
from references.models import Reference


class WorkFeed(ListFeed):
    filter_class = ReferenceFilter
    app, named_by = "references", "key"

    def records(self):
        works = Reference.objects.with_contributors()
        return works.prefetch_related("former_keys")

    def item_title(self, work):
        return str(work)

    def item_description(self, work):
        return "".join(piece.text for piece in cite(work))

"""New and changed works."""

from casebase.feeds import ListFeed
from references.citations import cite
from references.filters import ReferenceFilter
from references.models import Reference


class WorkFeed(ListFeed):
    filter_class = ReferenceFilter
    app = "references"

    def records(self):
        return Reference.objects.with_contributors()

    def item_title(self, work):
        return str(work)

    def item_description(self, work):
        return "".join(piece.text for piece in cite(work))

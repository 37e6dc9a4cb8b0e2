"""The feed of new and changed works."""

from casebase.feeds import ListFeed
from references.citations import build_citation
from references.citing import citing_records
from references.models import Reference


class WorkFeed(ListFeed):
    app = "references"

    @property
    def filter_class(self):
        return citing_records().filterset

    def records(self):
        return Reference.objects.with_contributors()

    def item_title(self, work):
        return str(work)

    def item_description(self, work):
        return "".join(part.text for part in build_citation(work))

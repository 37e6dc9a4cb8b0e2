"""The feed of new and changed cases."""

from casebase.feeds import ListFeed
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative


class CaseFeed(ListFeed):
    filter_class = InitiativeFilter
    app = "initiatives"
    feed_copyright = "Texts: CC BY 4.0"

    def records(self):
        return Initiative.objects.published()

    def item_title(self, case):
        return case.name

    def item_description(self, case):
        return case.summary

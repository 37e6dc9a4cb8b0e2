"""New and changed cases, of all or of any filter, as Atom (RFC 4287)."""

from datetime import UTC, datetime, time

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative

SHOWN = 50


class CaseFeed(Feed):
    """The cases of a filter of the list, those revised last first."""

    feed_type = Atom1Feed
    author_name = "Casebase"

    def get_object(self, request):
        """The filter form. Raises BadRequest for what the list would refuse."""
        filterset = InitiativeFilter(request.GET, Initiative.objects.published())
        if filterset.complaints:
            raise BadRequest(*filterset.complaints)
        return filterset

    def title(self, filterset):
        return f"Casebase: {filterset.sentence}"

    def link(self, filterset):
        return reverse("initiatives:list") + filterset.query

    def feed_url(self, filterset):
        return reverse("initiatives:feed") + filterset.query

    def items(self, filterset):
        dated = filterset.matches.filter(revised_on__isnull=False)
        return dated.order_by("-revised_on", "name")[:SHOWN]

    def item_title(self, case):
        return case.name

    def item_description(self, case):
        return case.summary

    def item_pubdate(self, case):
        return at_noon(case.published_on or case.revised_on)

    def item_updateddate(self, case):
        return at_noon(case.revised_on)


def at_noon(day):
    """Atom wants a time; noon in UTC is the same day nearly everywhere."""
    return datetime.combine(day, time(12), UTC)

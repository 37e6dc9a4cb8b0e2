"""New and changed records of any list, as Atom: https://www.rfc-editor.org/rfc/rfc4287"""

import re
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.core.exceptions import BadRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

SHOWN = 50
# The year that the ids of entries name, for ever.
BEGUN = 2026
# What no XML may hold, not even escaped: https://www.w3.org/TR/xml/#charsets
UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def fit(text):
    """The text without what XML can't hold."""
    return UNFIT.sub("", text)


def tag(link, name):
    """An id for ever of what is called so on the link's host.

    https://www.rfc-editor.org/rfc/rfc4151
    """
    return f"tag:{urlsplit(link).hostname},{BEGUN}:{name}"


class Atom(Atom1Feed):
    """Takes any text as text, and makes an id of what never changes about a record."""

    def __init__(self, title, link, *args, feed_guid, **kwargs):
        feed_guid = tag(link, feed_guid)
        super().__init__(fit(title), link, *args, feed_guid=feed_guid, **kwargs)

    def add_item(self, title, link, description, *, unique_id, **kwargs):
        # Django marks a description as HTML.
        told = fit(escape(description))
        unique_id = tag(link, unique_id)
        super().add_item(fit(title), link, told, unique_id=unique_id, **kwargs)

    def latest_post_date(self):
        """Of an empty feed, too, a time that stays."""
        return super().latest_post_date() if self.items else NEVER


class ListFeed(Feed):
    """The records of any filter of a list, those added or changed last first.

    A subclass has ``records()``, the ``filter_class`` that chooses among them, and the
    ``app`` whose addresses they have.
    """

    feed_type = Atom
    author_name = "Casebase"

    def get_object(self, request):
        """The filter form. Raises BadRequest for what the list would refuse."""
        filterset = self.filter_class(request.GET, self.records())
        if filterset.complaints:
            raise BadRequest(*filterset.complaints)
        return filterset

    def title(self, filterset):
        return f"Casebase: {filterset.sentence}"

    def link(self, filterset):
        return reverse(f"{self.app}:list") + filterset.query

    def feed_guid(self, filterset):
        """The same however the reader's address was written, by HTTP or HTTPS."""
        return f"feeds/{self.app}{filterset.query}"

    def feed_url(self, filterset):
        return reverse(f"{self.app}:feed") + filterset.query

    def items(self, filterset):
        keys = filterset.index.page(filterset.found, "updated", 0, SHOWN)
        return filterset.queryset.recently_changed().filter(pk__in=keys)

    def item_guid(self, record):
        """Renamed, or merged with another that was, it is no new entry."""
        return f"{self.app}/{record.pk}"

    def item_pubdate(self, record):
        return beginning_of(record.appeared_on)

    def item_updateddate(self, record):
        return beginning_of(record.changed_on)


def beginning_of(day):
    """Atom wants a time; any later one of today might still be to come."""
    return datetime.combine(day, time(), UTC)

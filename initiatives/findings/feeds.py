"""The feed of findings of new and changed cases."""

from casebase.feeds import ListFeed
from initiatives.findings.filters import FindingFilter
from initiatives.models import Finding


class FindingFeed(ListFeed):
    filter_class = FindingFilter
    app = "findings"
    feed_copyright = "Texts: CC BY 4.0"

    def records(self):
        statements = Finding.objects.published().statements()
        return statements.select_related("initiative", "concept")

    def item_guid(self, finding):
        return f"findings/{finding.short_id}"

    def item_title(self, finding):
        return f"{finding.initiative.name}: {finding.heading}"

    def item_description(self, finding):
        return " ".join(filter(None, [finding.statement, finding.response]))

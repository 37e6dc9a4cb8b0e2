"""Records beside the example content, so that most tables have rows."""

from django.contrib.auth.models import Group, User

from casebase.change_tracking.transactions import tracked_transaction
from casebase.kept.models import Kept
from initiatives.models import Initiative
from tests import factories


def add_records():
    """Create accounts, edits, and what readers and curators leave behind."""
    ada = User.objects.create_user("ada", "ada@example.org", "correct horse battery")
    ada.groups.set(Group.objects.all())
    case = Initiative.objects.get(slug="weyhe")
    with tracked_transaction(by=ada, why="A clearer summary", action="form"):
        case.summary = "Neighbours and police look after the streets together."
        case.save()
    with tracked_transaction(by=ada, why="Records of every kind", action="form"):
        factories.FormerSlugFactory(initiative=case)
        factories.InvolvementFactory(initiative=case)
        factories.ConflictFactory(initiative=case)
        factories.InitiativeFactory(status="draft", slug="not-yet")
        factories.FindingFactory(
            kind="barrier", strategies=[factories.ConceptFactory(scheme="strategies")]
        )
        factories.RelatedTermFactory()
        factories.ContributionFactory()
        factories.FormerKeyFactory()
    with tracked_transaction(by=ada, why="It was a test", action="form"):
        factories.InitiativeFactory(slug="deleted").delete()
    factories.SuggestionFactory(initiative=case, name="Bo")
    Kept.start("shortlist", {"cases": [case.pk], "note": "For the meeting"})

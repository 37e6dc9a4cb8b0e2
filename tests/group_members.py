"""Staff in the groups that the migrations create."""

from django.contrib.auth.models import Group, User
from django.test import Client

from tests.desk import Curator


class Contributor(Curator):
    group = "Contributors"


class CodebookKeeper(Curator):
    group = "Codebook keepers"


def member_of(*groups):
    """Return the client of “member”, a member of staff in these groups."""
    user = User.objects.create_user("member", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client

"""People at the desk, each in one of the groups that the migrations make."""

from django.contrib.auth.models import Group, User
from django.test import Client

from tests.desk import Curator


class Contributor(Curator):
    group = "Contributors"


class Keeper(Curator):
    group = "Codebook keepers"


def member_of(*groups):
    """The client of “member”, who is staff and in these groups."""
    user = User.objects.create_user("member", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client

"""The upkeep app: what needs work next."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class UpkeepConfig(AppConfig):
    name = "casebase.desk.quality"
    label = "upkeep"
    verbose_name = "Links and look-alikes"

    def ready(self):
        from casebase.changes.writing import FOLLOWERS
        from casebase.desk.quality import following

        FOLLOWERS.append(following.follow)
        post_migrate.connect(following.after_migrations, sender=self)

"""manage.py draw_base_maps: draws the base maps of the site anew."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from casebase.maps.drawing import draw_all


class Command(BaseCommand):
    help = "Draws static/img/map-*.svg from the package world-atlas; see docs/maps.md."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("package", type=Path, help="the unpacked package")

    def handle(self, *args: Any, package: Path, **options: Any) -> None:
        try:
            draw_all(package, Path(settings.BASE_DIR) / "static")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from None

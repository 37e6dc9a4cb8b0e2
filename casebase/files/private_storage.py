"""Storage of files on this machine or on a folder that machines share."""

import os
from typing import Any

from django.core.files.storage import FileSystemStorage
from django.utils.crypto import get_random_string

PART_SUFFIX = ".part"


class PrivateFileStorage(FileSystemStorage):
    """Files that only the site's user may read, and that no address leads to.

    A saved file replaces one with the same name, and appears when it is complete. What
    a killed process leaves is another file, whose name ends with PART_SUFFIX.
    """

    def __init__(self, location: str) -> None:
        super().__init__(
            location,
            file_permissions_mode=0o600,
            directory_permissions_mode=0o700,
            allow_overwrite=True,
        )

    def _save(self, name: str, content: Any) -> str:
        part = f"{name}.{get_random_string(8)}{PART_SUFFIX}"
        try:
            super()._save(part, content)
            os.replace(self.path(part), self.path(name))
        except BaseException:
            # The disk may be full.
            self.delete(part)
            raise
        return name

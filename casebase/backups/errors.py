"""Why a backup can't be made or restored, in words for operators."""


class BackupError(Exception):
    """A backup can't be made or restored. Nothing was changed unless the text says."""


class DamagedBackupError(BackupError):
    """The file is not what a backup wrote: truncated, changed or something else."""

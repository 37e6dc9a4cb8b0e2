"""The errors of undoing an edit and restoring a version."""

from collections.abc import Iterable


class RestoreError(Exception):
    """Records can't be brought back; ``sentences`` say why, and nothing was changed."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(self.sentences)

"""Which models have versions, and what the history has to know of their records.

An app registers them in its module ``history``, as it registers models with Django's
admin. The order of registration is that in which records are written when an edit is
undone, so what others point to comes first; records are deleted in the reverse order.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from casebase.history.content import Content
from casebase.history.parts import RecordPart
from casebase.history.unused_records import delete_unused
from casebase.registry import Registry, kind_of

versioned: Registry["ModelHistory"] = Registry("history")


class ModelHistory(ABC):
    """What the history does with the records of one model.

    The methods suit most records; subclasses override the others.
    """

    model: Any
    # Relations that content_of() needs, as prefetch_related() takes them.
    details: tuple[str, ...]
    # The Pydantic model of such a record in files; see casebase/content/entries.py.
    schema: Any
    # The model of former slugs or keys, if records keep any, and the column in it with
    # the record's primary key.
    former_name_model: Any = None
    owner_column: str = ""
    # Keys of a content whose current values a restored record keeps.
    identity: tuple[str, ...]
    # Nouns of parts that summaries of changes count, in this order.
    summarized_nouns: tuple[str, ...] = ()
    # Labels of fields that summaries of changes leave out.
    unsummarized_labels: tuple[str, ...] = ()

    # Records into versions

    @property
    def kind(self) -> str:
        return kind_of(self.model)

    def with_details(self) -> Any:
        """The records, ready for ``content_of``, in a fixed number of queries."""
        return self.model.objects.prefetch_related(*self.details)

    @abstractmethod
    def content_of(self, record: Any) -> Content:
        """The record as JSON, with all that is needed to make it again.

        Raises pydantic.ValidationError when no file can hold it.
        """

    @abstractmethod
    def name_of(self, record: Any) -> str:
        """Return the record's name in addresses, which is unique for the model."""

    def is_public(self, record: Any) -> bool:
        """Whether readers can see the record."""
        return True

    def note_replaced(  # noqa: B027 -- most kinds have nothing to do
        self, replaced: Iterable[tuple[Any, Any]]
    ) -> None:
        """Do what has to be done when versions replace others, in the same transaction.

        ``replaced`` are pairs of a version that was the last one of its record, and of
        the saved one that now is. It should make a fixed number of queries.
        """

    # Versions that are looked at

    def date_of(self, content: Content) -> date | None:
        """Return the date that the record has, or None."""
        return None

    def current_names(self) -> Any:
        """Return the names that ``parts_of`` looks up; many versions may share them."""
        return None

    @abstractmethod
    def parts_of(self, content: Content, names: Any) -> Iterable[RecordPart]:
        """Return the record and its statements; ``names`` is from current_names()."""

    def admin_model(self, name: str) -> Any:
        """The model whose admin pages show the record of this name."""
        return self.model

    # Names in addresses

    @property
    def name_column(self) -> str:
        """The column of the present slug or key, and of each former one."""
        return str(self.schema.name_column)

    def name_in(self, content: Content) -> str:
        """The slug or key."""
        return str(content[self.schema.name_key])

    def former_names_in(self, content: Content) -> list[str]:
        """The slugs or keys that the record once had."""
        return list(content[self.schema.former_key])

    def without_former_names(self, content: Content) -> Content:
        """The content as if the record had never had another slug or key."""
        return content | {self.schema.former_key: []}

    # Versions into records

    def merge_current_identity(
        self, content: Content, current: Content | None
    ) -> Content:
        """The version's content.

        Where the record still exists, its address, status and fields the version lacks
        are kept. ``current`` is its present content, or None if it was deleted.
        """
        if current is None:
            return content
        return current | content | {key: current[key] for key in self.identity}

    def revise(self, content: Content) -> Content:
        """The content with the date of a change that is made today."""
        return content

    def remap(self, contents: Mapping[int, Content]) -> dict[int, Content]:
        """Return primary key → content with the current names of other records.

        Raises RestoreError with a sentence for each of them that was deleted.
        """
        return dict(contents)

    @abstractmethod
    def write(self, contents: Mapping[int, Content]) -> None:
        """Make the records with these primary keys what the contents say.

        Former names are not written. Raises RestoreError, or InvalidFileError of
        casebase/content/parsed_file.py.
        """

    # Edits that are undone

    def comparable(self, content: Content) -> Content:
        """The content without what an undone edit leaves behind, such as addresses."""
        return self.without_former_names(content)

    def unpublish(self, content: Content) -> Content:
        """Return the status of a record after undoing the edit that published it."""
        return content

    def remove_created(self, keys: Iterable[int]) -> list[str]:
        """Delete records that the edit created, or do what comes closest to that.

        Returns a sentence for each record that stays. Raises RestoreError.
        """
        return delete_unused(self.model, keys)

    def may_recreate(self, user: Any, content: Content) -> bool:
        """Return whether a user who may add records may restore this deleted one."""
        return True

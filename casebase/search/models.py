"""The documents that are searched, and the words and names in them.

The full-text indexes are tables without a model, one for each kind of record: see
index_tables.py.
"""

from django.db import models


class Document(models.Model):
    """The texts of one record that readers may see, and the names it offers."""

    kind = models.CharField(max_length=50, help_text="See casebase/registry.py")
    record = models.BigIntegerField(help_text="Its primary key")
    # As documents.Part and documents.Offer have them.
    parts = models.JSONField()
    offers = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "record"], name="document_is_one")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"


class Word(models.Model):
    """A word of the documents as it is spelled, without figures."""

    word = models.CharField(max_length=60, unique=True)
    folded = models.CharField(max_length=60, db_index=True)
    key = models.CharField(max_length=60, db_index=True)
    n = models.IntegerField(help_text="Documents that have it")

    class Meta:
        ordering = ["word"]

    def __str__(self) -> str:
        return self.word


class Name(models.Model):
    """A name that documents offer, to be suggested while somebody types it."""

    kind = models.CharField(max_length=50)
    value = models.CharField(max_length=200, help_text="Says which page it leads to")
    label = models.CharField(max_length=300)
    n = models.IntegerField(help_text="Documents that offer it")

    class Meta:
        ordering = ["label"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value", "label"], name="name_is_one"
            )
        ]

    def __str__(self) -> str:
        return self.label

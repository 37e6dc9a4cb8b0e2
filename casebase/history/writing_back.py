"""Contents of versions into records, by the code that loads files."""

from datetime import date
from itertools import groupby

from django.core.exceptions import ValidationError

from casebase.content.entries import Entry
from casebase.content.load_summary import Changes
from casebase.content.parsed_file import RefusedError, Written
from casebase.history.model_history import known_to
from casebase.registry import kind_of
from casebase.renaming import refuse_taken
from initiatives.history.current_names import NamesOfToday
from initiatives.history.reference_remapping import Pointing
from initiatives.loading.cases import compare, write_sheets
from initiatives.loading.codebook import write_terms
from initiatives.models import Concept, Initiative
from initiatives.sheets import Sheet, Term
from references.csl import Work
from references.loading import write_works
from references.models import Reference


class CanNotError(Exception):
    """It can't be done; the sentences say why."""

    def __init__(self, sentences):
        self.sentences = list(sentences)
        super().__init__(self.sentences)


def write_back(kind, contents):
    """Make records as the contents say; ``contents`` leads from primary key to content.

    A record that is gone is made again under its primary key. Works and terms that
    were renamed since are found. Former names are neither given nor taken; see
    addresses.py. In a transaction that is to be rolled back when this raises
    CanNotError.
    """
    arriving = {(c.get("scheme"), c.get("slug")) for c in contents.values()}
    pointing = Pointing(NamesOfToday(), arriving)
    pointed = {key: pointing.anew(kind, said) for key, said in contents.items()}
    if pointing.gone:
        raise CanNotError(pointing.gone)
    try:
        WRITERS[kind](pointed)
    except RefusedError as refused:
        raise CanNotError(map(sentence_of, refused.refusals)) from None


def sentence_of(refusal):
    return ": ".join(filter(None, [refusal.path, refusal.field, refusal.sentence]))


def entry_of(form, said, model, key, **columns):
    """Of a record that is there, or with one that is to be made anew."""
    known = without_former_names(known_to(form, said))
    written = Written(said.get("slug") or said["id"], known, {})
    entry = Entry(written, written.read_as(form))
    record = model.objects.filter(pk=key).first()
    if record is None:
        entry.record = record = model(pk=key, **columns)
    else:
        entry.form = entry.form.also_formerly([getattr(record, entry.column)])
    refuse_names_of_others(entry, record)
    return entry


def without_former_names(said):
    if "former_slugs" in said:
        return said | {"former_slugs": []}
    custom = said.get("custom", {})
    return said | {"custom": {k: custom[k] for k in custom if k != "former-keys"}}


def refuse_names_of_others(entry, record):
    """Names are matched below, and the name of another would lead to that one."""
    try:
        refuse_taken(record, entry.column, entry.form.named)
    except ValidationError as taken:
        raise CanNotError(taken.messages) from None


def write_works_back(contents):
    write_works(
        [
            entry_of(
                Work,
                said,
                Reference,
                key,
                added_on=date.fromisoformat(said["added_on"]),
            )
            for key, said in contents.items()
        ]
    )


def write_terms_back(contents):
    works = dict(Reference.objects.values_list("key", "pk"))
    by_scheme = sorted(contents.items(), key=lambda item: item[1]["scheme"])
    for scheme, items in groupby(by_scheme, key=lambda item: item[1]["scheme"]):
        entries = [
            entry_of(Term, said, Concept, key, scheme_id=scheme) for key, said in items
        ]
        write_terms(scheme, entries, works, Changes("terms"))


def write_cases_back(contents):
    entries = [entry_of(Sheet, said, Initiative, key) for key, said in contents.items()]
    write_sheets(compare(entries))


WRITERS = {
    kind_of(Reference): write_works_back,
    kind_of(Concept): write_terms_back,
    kind_of(Initiative): write_cases_back,
}

"""The content of versions of terms, and how a version is restored."""

from itertools import groupby

from casebase.content.load_summary import Changes
from casebase.history.model_history import ModelHistory
from casebase.history.writing_back import entry_of
from initiatives.history.current_names import CurrentNames
from initiatives.history.parts import parts_of_term
from initiatives.history.reference_remapping import ReferenceRemapper
from initiatives.loading.codebook import write_terms
from initiatives.loading.related_terms import write_related_terms
from initiatives.models import PROXIES, Concept, FormerSlug
from initiatives.sheet_serializers import WITH_TERM, term_of
from initiatives.sheets import SheetTerm
from references.models import Reference

# Key → value of what an entry leaves out where it says no more than that.
EMPTY = {
    name: field.default
    for name, field in SheetTerm.model_fields.items()
    if not field.is_required()
}


class TermHistory(ModelHistory):
    """A version of a term is its entry in the codebook, and its scheme."""

    model = Concept
    details = WITH_TERM
    schema = SheetTerm
    former_name_model = FormerSlug
    owner_column = "concept_id"
    identity = ("slug", "former_slugs")

    def content_of(self, record):
        entry = term_of(record).model_dump(mode="json", warnings=False)
        return {"scheme": record.scheme_id, **entry}

    def name_of(self, record):
        return f"{record.scheme_id}/{record.slug}"

    def current_names(self):
        return CurrentNames()

    def parts_of(self, content, names):
        return parts_of_term(content, names)

    def admin_model(self, name):
        return PROXIES[name.partition("/")[0]]

    def merge_current_identity(self, content, current):
        """Do as for other records, but what the entry of a term omits is empty."""
        merged = super().merge_current_identity(EMPTY | content, current)
        return {
            key: value
            for key, value in merged.items()
            if key not in EMPTY or value != EMPTY[key]
        }

    def remap(self, contents):
        arriving = {(term["scheme"], term["slug"]) for term in contents.values()}
        remapper = ReferenceRemapper(CurrentNames(), arriving)
        remapped = {key: remapper.remap_term(term) for key, term in contents.items()}
        remapper.raise_for_missing()
        return remapped

    def write(self, contents):
        def scheme_of(item):
            return item[1]["scheme"]

        works = dict(Reference.objects.values_list("key", "pk"))
        by_scheme = groupby(sorted(contents.items(), key=scheme_of), key=scheme_of)
        changed = []
        for scheme, items in by_scheme:
            entries = [
                entry_of(self, key, term, scheme_id=scheme) for key, term in items
            ]
            changed += write_terms(scheme, entries, works, Changes("terms"))
        write_related_terms(changed)

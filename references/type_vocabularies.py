"""The names of the types of works in other vocabularies: schema.org and Zotero.

https://schema.org/CreativeWork and the item types of Zotero, as its ``cslTypeMap``
pairs them with CSL: https://github.com/zotero/zotero-schema
"""

from typing import NamedTuple


class TypeNames(NamedTuple):
    """A type of work as the class of schema.org and the item type of Zotero."""

    schema: str
    zotero: str


# For types that are not listed below.
OTHER_TYPE = TypeNames("CreativeWork", "document")
# CSL type → its names.
TYPE_NAMES = {
    "article": TypeNames("ScholarlyArticle", "preprint"),
    "article-journal": TypeNames("ScholarlyArticle", "journalArticle"),
    "article-magazine": TypeNames("Article", "magazineArticle"),
    "article-newspaper": TypeNames("NewsArticle", "newspaperArticle"),
    "bill": TypeNames("Legislation", "bill"),
    "book": TypeNames("Book", "book"),
    "broadcast": TypeNames("CreativeWork", "tvBroadcast"),
    "chapter": TypeNames("Chapter", "bookSection"),
    "classic": TypeNames("Book", "book"),
    "collection": TypeNames("ArchiveComponent", "document"),
    "dataset": TypeNames("Dataset", "dataset"),
    "entry": TypeNames("Article", "encyclopediaArticle"),
    "entry-dictionary": TypeNames("Article", "dictionaryEntry"),
    "entry-encyclopedia": TypeNames("Article", "encyclopediaArticle"),
    "figure": TypeNames("ImageObject", "artwork"),
    "graphic": TypeNames("VisualArtwork", "artwork"),
    "hearing": TypeNames("Report", "hearing"),
    "interview": TypeNames("CreativeWork", "interview"),
    "legal_case": TypeNames("CreativeWork", "case"),
    "legislation": TypeNames("Legislation", "statute"),
    "manuscript": TypeNames("Manuscript", "manuscript"),
    "map": TypeNames("Map", "map"),
    "motion_picture": TypeNames("Movie", "film"),
    "musical_score": TypeNames("SheetMusic", "document"),
    "pamphlet": TypeNames("CreativeWork", "document"),
    "paper-conference": TypeNames("ScholarlyArticle", "conferencePaper"),
    "patent": TypeNames("CreativeWork", "patent"),
    "periodical": TypeNames("Periodical", "book"),
    "personal_communication": TypeNames("Message", "letter"),
    "post": TypeNames("SocialMediaPosting", "forumPost"),
    "post-weblog": TypeNames("BlogPosting", "blogPost"),
    "regulation": TypeNames("Legislation", "statute"),
    "report": TypeNames("Report", "report"),
    "review": TypeNames("Review", "journalArticle"),
    "review-book": TypeNames("Review", "journalArticle"),
    "software": TypeNames("SoftwareApplication", "computerProgram"),
    "song": TypeNames("MusicRecording", "audioRecording"),
    "speech": TypeNames("CreativeWork", "presentation"),
    "standard": TypeNames("CreativeWork", "standard"),
    "thesis": TypeNames("Thesis", "thesis"),
    "treaty": TypeNames("Legislation", "statute"),
    "webpage": TypeNames("WebPage", "webpage"),
}


def get_type_names(csl_type: str) -> TypeNames:
    return TYPE_NAMES.get(csl_type, OTHER_TYPE)

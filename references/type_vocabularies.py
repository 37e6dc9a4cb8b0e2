"""What other vocabularies call the types of works.

https://schema.org/CreativeWork and the item types of Zotero, as its
``cslTypeMap`` pairs them with CSL: https://github.com/zotero/zotero-schema
"""

from typing import NamedTuple


class Kind(NamedTuple):
    """One type of work: the class of schema.org and the item type of Zotero."""

    schema: str
    zotero: str


OTHER = Kind("CreativeWork", "document")
KINDS = {
    "article": Kind("ScholarlyArticle", "preprint"),
    "article-journal": Kind("ScholarlyArticle", "journalArticle"),
    "article-magazine": Kind("Article", "magazineArticle"),
    "article-newspaper": Kind("NewsArticle", "newspaperArticle"),
    "bill": Kind("Legislation", "bill"),
    "book": Kind("Book", "book"),
    "broadcast": Kind("CreativeWork", "tvBroadcast"),
    "chapter": Kind("Chapter", "bookSection"),
    "classic": Kind("Book", "book"),
    "collection": Kind("ArchiveComponent", "document"),
    "dataset": Kind("Dataset", "dataset"),
    "entry": Kind("Article", "encyclopediaArticle"),
    "entry-dictionary": Kind("Article", "dictionaryEntry"),
    "entry-encyclopedia": Kind("Article", "encyclopediaArticle"),
    "figure": Kind("ImageObject", "artwork"),
    "graphic": Kind("VisualArtwork", "artwork"),
    "hearing": Kind("Report", "hearing"),
    "interview": Kind("CreativeWork", "interview"),
    "legal_case": Kind("CreativeWork", "case"),
    "legislation": Kind("Legislation", "statute"),
    "manuscript": Kind("Manuscript", "manuscript"),
    "map": Kind("Map", "map"),
    "motion_picture": Kind("Movie", "film"),
    "musical_score": Kind("SheetMusic", "document"),
    "pamphlet": Kind("CreativeWork", "document"),
    "paper-conference": Kind("ScholarlyArticle", "conferencePaper"),
    "patent": Kind("CreativeWork", "patent"),
    "periodical": Kind("Periodical", "book"),
    "personal_communication": Kind("Message", "letter"),
    "post": Kind("SocialMediaPosting", "forumPost"),
    "post-weblog": Kind("BlogPosting", "blogPost"),
    "regulation": Kind("Legislation", "statute"),
    "report": Kind("Report", "report"),
    "review": Kind("Review", "journalArticle"),
    "review-book": Kind("Review", "journalArticle"),
    "software": Kind("SoftwareApplication", "computerProgram"),
    "song": Kind("MusicRecording", "audioRecording"),
    "speech": Kind("CreativeWork", "presentation"),
    "standard": Kind("CreativeWork", "standard"),
    "thesis": Kind("Thesis", "thesis"),
    "treaty": Kind("Legislation", "statute"),
    "webpage": Kind("WebPage", "webpage"),
}


def kind_of(csl_type: str) -> Kind:
    return KINDS.get(csl_type, OTHER)

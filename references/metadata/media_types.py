"""Other names of the media types of our formats, by which some clients ask."""

ALIASES = {
    "application/vnd.citationstyles.csl+json": (
        *("application/citeproc+json", "application/json"),
    ),
    "application/x-bibtex": ("text/x-bibtex", "application/bibtex", "text/bibtex"),
    "application/x-research-info-systems": (
        *("text/x-research-info-systems", "application/x-ris", "application/ris"),
    ),
    "application/xml": ("text/xml",),
}

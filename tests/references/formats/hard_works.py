"""Works with values that are hard to write or to read in some format."""

from references.csl import Work

PEOPLE = [
    {"family": "Eijk", "given": "C.", "non-dropping-particle": "van"},
    {"family": "Wekken", "given": "R.", "non-dropping-particle": "van der"},
    {"family": "Ryzin", "given": "G. G.", "non-dropping-particle": "Van"},
    {"family": "Ormesson", "given": "Jean", "non-dropping-particle": "d’"},
    {"family": "Goethe", "given": "J. W.", "dropping-particle": "von"},
    {"family": "King", "given": "M. L.", "suffix": "Jr."},
    {"family": "Ortega y Gasset", "given": "José"},
    {"family": "boyd", "given": "danah"},
    {"family": "Nguyễn", "given": "Thị-Đào"},
    {"family": "Cyarto"},
    {"literal": "Barnes and Noble, Inc."},
    {"literal": "さいたま市"},
]
HARD_WORKS = [
    Work.model_validate(item)
    for item in (
        {
            "id": "everybody-2014",
            "type": "book",
            "title": "Who is who",
            "author": PEOPLE,
        },
        {
            "id": "marks-2014",
            "type": "article-journal",
            "title": "R&D at 100 % of C# costs: the $5_000 ~ {set} \\ “iPhone” ^ case",
            "author": [
                {"literal": "Dinas Powys Library & Activity Centre"},
                {"literal": "others"},
            ],
            "container-title": "Journal of A & B",
            "issued": {"date-parts": [[2014, 5, 21]]},
            "volume": "34",
            "issue": "1-2",
            "page": "32-56",
            "number": "1707",
            "DOI": "10.1000/a_b(c)%2f#d",
            "URL": "https://a.example/x%20y_z?a=1&b=~c#{d}",
            "note": "Title -- partly -- from the address; “cited” as ''A''.\nNot sure.",
            "custom": {"correction": "34: likely 43.", "former-keys": ["marks-2013"]},
        },
        {
            "id": "kehl-2009",
            "type": "report",
            "title": "Neue Wege für Bürger: Übersicht der Stadt",  # codespell:ignore
            "author": [{"literal": "Stadt Kehl"}],
            "collection-title": "Case Study of the NHS",
            "publisher": "INLOGOV and Governance International",
            "publisher-place": "Kehl and Straßburg",
            "number": "4a",
            "genre": "Hausarbeit",
            "issued": {"date-parts": [[2009, 7]]},
            "accessed": {"date-parts": [[2019, 3]]},
            "language": "de",
        },
        {
            "id": "madrid-2016",
            "type": "paper-conference",
            "title": "¿Quién decide?",
            "editor": [{"family": "Muñoz", "given": "A."}],
            "event-title": "IRSPM 2016 conference",
            "event-place": "Madrid",
            "container-title": "Proceedings of the 5th Congress",
            "language": "es",
            "issued": {"date-parts": [[2016]]},
        },
        {"id": "thesis-nd", "type": "thesis", "title": "A", "genre": "Master’s thesis"},
        {"id": "thesis-nd-b", "type": "thesis", "title": "B", "publisher": "Univ. C"},
        {"id": "talk-nd", "type": "speech", "title": "<script>alert(1)</script>"},
        {"id": "court-2016", "type": "legal_case", "title": "R v C", "authority": "HC"},
        {
            "id": "edited-2020",
            "type": "book",
            "title": "The handbook",
            "editor": [{"family": "Loeffler", "given": "E."}],
            "issued": {"date-parts": [[987]]},
        },
        {
            "id": "formula-nd",
            "type": "webpage",
            "title": "=HYPERLINK(1)",
            "container-title": "+1",
            "note": "-1",
            "genre": "@A",
        },
    )
]

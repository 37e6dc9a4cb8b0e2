"""Writes the cases as one table for Datasette, with lists of terms in cells."""

import sqlite3
from pathlib import Path

from initiatives.schemes import SCHEMES

TERMS = """
(SELECT json_group_array(slug) FROM (
    SELECT c.slug FROM initiatives_finding f
    JOIN initiatives_concept c ON c.id = f.concept_id
    WHERE f.initiative_id = i.id AND c.scheme = '{scheme}'
    UNION
    SELECT c.slug FROM initiatives_finding f
    JOIN initiatives_finding_strategies s ON s.finding_id = f.id
    JOIN initiatives_concept c ON c.id = s.strategy_id
    WHERE f.initiative_id = i.id AND c.scheme = '{scheme}'
    UNION
    SELECT c.slug FROM initiatives_initiative_service_areas a
    JOIN initiatives_concept c ON c.id = a.servicearea_id
    WHERE a.initiative_id = i.id AND c.scheme = '{scheme}'
)) AS "{column}"
"""
TAGS = """
(SELECT json_group_array(t.slug) FROM initiatives_taggedinitiative g
 JOIN taggit_tag t ON t.id = g.tag_id WHERE g.content_object_id = i.id) AS tags
"""
STATEMENTS = """
(SELECT group_concat(f.statement || ' ' || f.response, ' ')
 FROM initiatives_finding f WHERE f.initiative_id = i.id) AS findings
"""
CASES = """
CREATE TABLE cases AS
SELECT i.id, i.name, i.summary, i.challenge, i.approach, i.country, i.start_year,
{lists}
FROM ours.initiatives_initiative i WHERE i.status = 'published'
"""
# How many cases have a barrier and a strategy.
COUNTS_BY_TWO = """
SELECT b.value AS barrier, s.value AS strategy, count(*) AS cases
FROM cases, json_each(cases.barrier) AS b, json_each(cases.strategy) AS s
GROUP BY 1, 2
"""
COLUMNS = [words.parameter for words in SCHEMES.values()]
SEARCHED = "name, summary, challenge, approach, findings"


def write_flat_table(source: Path, target: Path) -> None:
    """Write the published cases of our SQLite database into another SQLite file."""
    terms = [
        TERMS.format(scheme=scheme, column=words.parameter)
        for scheme, words in SCHEMES.items()
    ]
    with sqlite3.connect(target) as flat:
        flat.execute("ATTACH ? AS ours", [str(source)])
        flat.execute(CASES.format(lists=", ".join([*terms, TAGS, STATEMENTS])))
        flat.execute("CREATE UNIQUE INDEX case_id ON cases (id)")
        flat.execute("CREATE INDEX case_name ON cases (name)")
        flat.execute("CREATE INDEX case_country ON cases (country)")
        flat.execute(f"""
            CREATE VIRTUAL TABLE cases_fts USING fts5(
            {SEARCHED}, content='cases', content_rowid='id', tokenize='porter')
        """)
        flat.execute("INSERT INTO cases_fts (cases_fts) VALUES ('rebuild')")

"""Duplicates: rules that find records that are, or may be, the same.

There are two questions, with different rules.

- Are two records similar? ``similarity_rules`` finds such pairs for people to judge. A
  wrong pair costs somebody a look, and a missed pair leaves a duplicate in the lists.
- Are two records certainly the same? ``identity_rules`` decides for imports, which may
  change the works that they match. A wrong answer would overwrite another work, so any
  doubt means no.

Both compare ``normalized_records``, with the functions in ``comparisons``.
``stored_records`` reads such records from the database. The quality app stores the
likely duplicates, and imports match the works of a file.
"""

"""Duplicates: records that may be, or certainly are, one and the same.

There are two questions, and each has rules of its own.

- Do two records look alike? ``likeness_rules`` finds such pairs for people to judge. A
  wrong pair costs somebody a look; a missed one stays twice in the lists.
- Are two records one for certain? ``identity_rules`` answers for imports, which may
  change what they take for a work of the database. A wrong answer would overwrite
  another work, so any doubt means no.

Both compare the records of ``normalized_records``, with the ``comparisons`` that they
share. ``stored_records`` reads such records from the database. The quality app keeps
the pairs that look alike; imports look for the works of a file.
"""

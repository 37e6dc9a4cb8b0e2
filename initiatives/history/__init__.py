"""The history of cases and terms, and the public pages of a case as it was."""

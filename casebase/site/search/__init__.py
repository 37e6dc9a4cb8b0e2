"""The page of a search, and what its box suggests while somebody types."""

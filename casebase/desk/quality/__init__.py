"""What needs work next: gaps in cases, likely duplicates, dead links, and figures."""

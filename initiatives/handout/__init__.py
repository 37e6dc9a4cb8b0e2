"""The handout: cases on one or two pages each, as a page, a document or slides."""

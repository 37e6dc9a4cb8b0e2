"""Suggestions of readers, and how curators answer them."""

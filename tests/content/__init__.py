"""Tests of loading and dumping content files."""

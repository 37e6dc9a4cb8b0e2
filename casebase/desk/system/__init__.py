"""The desk's page for operators, about the state of the site."""

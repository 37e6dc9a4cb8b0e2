"""Tables of findings that are exported, edited in a spreadsheet and imported."""

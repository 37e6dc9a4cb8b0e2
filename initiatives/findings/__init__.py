"""The list of findings: its index, filters, exports, addresses and citations."""

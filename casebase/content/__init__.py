"""What loading and dumping content share, whatever kind of record it is."""

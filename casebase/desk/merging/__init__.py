"""Two records that are one: what each says side by side, and one that stays."""

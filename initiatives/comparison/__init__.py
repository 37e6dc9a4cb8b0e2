"""Two to four cases side by side: the page and its files."""

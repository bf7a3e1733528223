"""Measures Waypost beside Postfix on this machine. Python's standard library only."""

"""Influence paths: ways to people, introductions, the fewest to win (measures, section 7)."""

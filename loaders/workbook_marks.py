"""Marks that a reader leaves in a table of text for what is no text."""

FORMULA = "\ue000formula"
"""Stands for a formula whose value the file does not hold; no text of a person's has this private character."""

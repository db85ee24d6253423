"""Comparison of an account on two days, with the causes of each change (measures, section 11)."""

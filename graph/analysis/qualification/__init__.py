"""Leads verified: positions, claims, grades, the next question (measures, section 10)."""

"""Shared foundations of all measures: the account view, coded columns, tolerances, names, JSON."""

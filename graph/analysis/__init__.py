"""The analysis: pure functions of an account's records and a date, without input, output or clock.

Examples in docstrings use the account of `docs/measures.md`: `data` is its dataset, `measures` and `report` are its
results on `today`, and `by_person` turns an array into a dict of rounded values by person.
"""

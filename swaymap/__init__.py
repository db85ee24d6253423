"""The decision graph of an account in Python: stores, accounts, maps and data frames."""

"""What the graph says: pure functions of an account's records and a date. No input or output, no clock."""

"""A second, plain implementation of measures.md, and random accounts to compare it with."""

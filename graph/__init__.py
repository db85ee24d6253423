"""The decision-chain graph: what it is made of, where it lives, what it says."""

"""The decision-chain graph: its model, its stores, its analysis."""

"""The measures written plainly, from their text alone: a peer for speed, and a second opinion on the numbers."""

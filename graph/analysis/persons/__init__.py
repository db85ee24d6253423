"""Key people: everybody's ranks and brokerage, one person explained, the weak points of the decision (measures, 5)."""

"""Planning: next best actions, assignment, unknowns to find out, the team at work (measures, 9, 14, 15 and 17)."""

"""What to do: next best actions, who for whom, what to find out, the team at work (measures, 9, 14, 15 and 17)."""

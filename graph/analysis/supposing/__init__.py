"""What if: changes, before and after, and departures (measures, section 7)."""

"""What if: changes, before and after, departures, stance shifts (measures, section 7)."""

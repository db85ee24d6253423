"""What-if scenarios: changes to the records, before and after, departures, stance shifts (measures, section 7)."""

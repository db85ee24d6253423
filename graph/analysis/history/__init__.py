"""Two days compared: what is different, and what moved it (measures, section 11)."""

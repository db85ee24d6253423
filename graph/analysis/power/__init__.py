"""Who decides: formal power and decision influence (measures, sections 3 and 4), and lines counted from mail (16)."""

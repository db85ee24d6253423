"""Lead qualification: claims and their sources, grades, the next question (measures, section 10)."""

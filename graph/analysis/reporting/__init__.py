"""The coverage report: standards, gaps, status, routes, and the words of the gaps (measures, section 6)."""

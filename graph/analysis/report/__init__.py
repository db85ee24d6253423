"""The coverage report: results, gaps, status, camps, race, and their JSON."""

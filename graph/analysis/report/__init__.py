"""The coverage report: results, gaps, status, camps, race with the rivals, and their JSON."""

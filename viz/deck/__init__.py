"""Slides of native shapes in PowerPoint's format, drawn from the same scenes as the page."""

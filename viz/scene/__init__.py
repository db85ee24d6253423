"""Layout: each view as positions, sizes and texts, independent of renderers."""

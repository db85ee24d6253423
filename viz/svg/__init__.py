"""The pictures as SVG: each view from its scene. Every text is escaped; nothing is looked up."""

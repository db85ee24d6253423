"""The views as SVG documents. Every text is escaped."""

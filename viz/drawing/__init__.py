"""One drawing of each view for every pen: SVG, native shapes on a slide, lists for the page."""

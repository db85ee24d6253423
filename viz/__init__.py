"""Pictures and documents from results: layout, drawings, and the renderers of each file format."""

"""A picture as numbers: layout only, no renderer."""

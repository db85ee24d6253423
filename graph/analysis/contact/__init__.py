"""How well ours know theirs: touches, connection, trust (measures, sections 1 and 2), and how it wears off."""

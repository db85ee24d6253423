"""How much an answer lists, and how much work is done at once. No measure depends on these numbers."""

from __future__ import annotations

# What an answer lists.

PATHS = 3
"""Paths to a person, where nobody says how many."""

BRIEFS = 12
"""People for whom a map carries the visit brief; the others' are computed on request."""

DOSSIER_ACTIONS = 10
"""Actions that slides and workbooks list."""

BRIEF_NEIGHBOURS = 3
"""Other people named in one line of a brief."""

BRIEF_OBJECTIONS = 5
"""Objections that a brief compute_briefs for."""

CAUSES = 5
"""People, and records, named as causes of a measure's move."""

WORTH_A_WORD_COVERAGE, WORTH_A_WORD_FORECAST = 0.05, 0.0005
"""Moves of coverage (in points) and of the forecast below these would be shown as 0."""

# Up to which size something is computed.

CAUSE_RECORDS = 300
"""Where more records differ, causes are looked for by kind and person, not record by record."""

CAUSE_PEOPLE = 200
"""So many people are looked at as causes, those with the most records first."""

FRAGMENTING_PEOPLE = 400
"""Key-player sets by fragmentation are not computed for larger networks."""

KEY_SET_WORK = 250_000_000
"""Sets times pairs of people up to which every set is compared; beyond, sets are searched by exchange."""

BETWEENNESS_STEPS = 500_000
"""People times lines up to which betweenness is counted in full; beyond, from a sample of people."""

SUPPOSED_PEOPLE = 600
"""Single departures and stances are computed together up to this many people."""

DECAY_DAYS = 1 << 14
"""Days looked ahead for decay; by then nothing is left of a connection."""

# How the work is cut. The results are the same.

DIRECT_SOLVE_PEOPLE = 600
"""Up to this size a system of opinions is solved directly; beyond, by iteration, which keeps it sparse."""

VOTING_BATCH = 500
"""Random orders of voters in one array."""

KEY_SET_ENTRIES = 12_000_000
"""Pairs of people in one array, over all key-player sets of a batch."""

KEY_SET_BATCH = 64
"""Key-player sets in a batch at the least, however many people there are."""

DEPARTURE_ENTRIES = 2_000_000
"""Entries of changed influence in one array, over all departures of a batch."""

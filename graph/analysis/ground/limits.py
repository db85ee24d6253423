"""Limits on the length of answers and on the work done at once. No measure depends on these numbers."""

from __future__ import annotations

# Lengths of answers.

PATHS = 3
"""Default number of paths to a person."""

BRIEFS = 12
"""People whose visit brief a map includes; the other briefs are computed on request."""

PLAN_DAYS = 366
"""The longest horizon that may be asked of a plan."""

CAPACITY = 1000
"""The largest number of people for whom a team member may be asked to be accountable."""

UNASKED_PEOPLE = 200
"""Up to this many people a map includes departures, stance shifts and briefs; beyond, only those asked for."""

WEEKLY_POINTS = 13
"""Days a week apart at which the coverage of an opportunity is shown, the present one among them."""

DOSSIER_ACTIONS = 10
"""Actions that slides and workbooks list."""

BRIEF_NEIGHBOURS = 3
"""Other people named in one line of a brief."""

BRIEF_OBJECTIONS = 5
"""Objections listed in a brief."""

CAUSES = 5
"""People, and records, named as causes of a measure's move."""

WORTH_A_WORD_COVERAGE, WORTH_A_WORD_FORECAST = 0.05, 0.0005
"""Changes of coverage (in points) and of the forecast below these would be shown as 0, and are not mentioned."""

# Sizes up to which something is computed.

CAUSE_RECORDS = 300
"""Up to this many differing records, each record is examined as a cause; beyond, only kinds and people are."""

CAUSE_PEOPLE = 200
"""People examined as causes, those with the most differing records first."""

FRAGMENTING_PEOPLE = 400
"""Key-player sets by fragmentation are not computed for larger networks."""

KEY_SET_WORK = 250_000_000
"""Sets times pairs of people up to which every set is compared; beyond, good sets are searched by exchange."""

BETWEENNESS_STEPS = 500_000
"""People times lines up to which betweenness is counted in full; beyond, from a sample of people."""

SINGLE_CHANGE_PEOPLE = 600
"""Up to this many people, all single departures and stance shifts are computed together."""

DECAY_DAYS = 1 << 14
"""Days looked ahead for decay; no connection lasts longer."""

# Batch sizes. The results do not depend on them.

DIRECT_SOLVE_PEOPLE = 600
"""Up to this size an opinion system is solved directly; beyond, by iteration, which keeps it sparse."""

SUBSET_VOTERS = 12
"""Voters who are not needed up to whom a voting game is counted by subsets; beyond, by types of voters."""

VOTING_BATCH = 500
"""Random orders of voters in one array."""

KEY_SET_ENTRIES = 12_000_000
"""Pairs of people in one array, over all key-player sets of a batch."""

KEY_SET_BATCH = 64
"""The smallest number of key-player sets in a batch."""

SHARE_BATCH = 32
"""People whose formal power is passed on together; so few stay in the processor's cache with thousands of others."""

DEPARTURE_ENTRIES = 2_000_000
"""Entries of changed influence in one array, over all departures of a batch."""

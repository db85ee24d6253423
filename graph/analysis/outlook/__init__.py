"""Where it goes: the support forecast, camps, and the race with the rival (measures, sections 8, 12 and 13)."""

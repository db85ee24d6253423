"""Tolerances and digits of the analysis: what counts as equal, and to how many decimals ranks compare.

They absorb rounding of floating-point arithmetic and carry no judgement about selling, so no calibration changes them.
"""

from __future__ import annotations

SLACK = 1e-9
"""`>=` and `<=` hold up to this much; `>` and `<` are their opposites."""

DIGITS = 9
"""Decimals to which values are compared for ranks and ties; shares, strengths and severities."""

PATH_DIGITS = 12
"""Decimals to which the strengths of paths are compared: products of many weights are small."""

PATH_UNIT = 10.0**-PATH_DIGITS
"""The smallest difference between two rounded strengths of paths."""

PATH_BELOW, PATH_ABOVE = 0.6 * PATH_UNIT, 0.4 * PATH_UNIT
"""A strength this far below (above) a rounded one is certain to round to less (may still round to the same)."""

ASSIGNMENT_STEP = 1e-12
"""Breaks ties between assignments of equal worth by id; far below the rounding of any worth."""

RESIDUE = 1e-15
"""Parts of an influence up to this are residues of rounding."""

PART_CONVERGED = 1e-12
"""Parts of an influence have converged where no value moves by more than this, far below the digits compared."""

CONVERGED = 1e-16
"""An iteration has converged where no value moves by more than this; values are at most about 1."""

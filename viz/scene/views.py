"""The views of an account, and the sizes for which a page lays them out."""

from __future__ import annotations

from typing import Literal, get_args

View = Literal["power", "fishbone", "coverage"]
VIEWS: tuple[View, ...] = get_args(View)

WIDE, NARROW, BROAD = (1116.0, 702.0), (1024.0, 560.0), (1500.0, 740.0)
"""Free area in pixels: a window of 1440 x 900 with panel; 1024 x 768 or a sheet of paper without panel; a monitor."""
POWER_SIZES = (WIDE, NARROW, BROAD)
FISHBONE_SIZES = ((1116.0, 702.0), (1024.0, 546.0), (956.0, 546.0))
"""Free area in pixels of windows of 1440 x 900, 1024 x 768 and 1280 x 800; larger windows enlarge the first."""
COVERAGE_ROWS = 24
"""People in the coverage map drawn as a picture; the page's own table has all."""

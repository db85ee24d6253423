"""What holds of all tests: no example of a property fails for its time, which says more of the machine than of us."""

from hypothesis import settings

settings.register_profile("swaymap", deadline=None)
settings.load_profile("swaymap")

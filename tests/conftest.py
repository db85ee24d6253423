"""What holds of all tests: no example of a property is failed for its time, which says more of the machine than of us."""

from hypothesis import settings

settings.register_profile("swaymap", deadline=None)
settings.load_profile("swaymap")

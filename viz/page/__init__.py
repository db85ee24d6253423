"""The power map as one page: self-contained, offline, under a strict Content-Security-Policy."""

"""The interactive page of an account: self-contained, offline, under a strict Content-Security-Policy."""

"""The visit brief: what one of ours should know, want and ask at the next visit, on one page."""

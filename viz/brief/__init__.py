"""The visit brief as a page."""

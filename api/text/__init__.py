"""Answers as tables and pages of text."""

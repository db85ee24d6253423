"""Texts that several renderers share: numbers, names, both languages at once, sentences, header and legend."""

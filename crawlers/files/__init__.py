"""Texts of the files that articles offer: PDF, Word, Excel, OFD; each read in a process of its own."""

from crawlers.files.extract import Extract, extract

__all__ = ["Extract", "extract"]

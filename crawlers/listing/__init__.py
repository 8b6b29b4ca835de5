"""The list of a column found on any page: repeated-row mining over the tree."""

from crawlers.listing.document import Document, absolute, parse
from crawlers.listing.mine import Mined, mine

__all__ = ["Document", "Mined", "absolute", "mine", "parse"]

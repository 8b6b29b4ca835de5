"""The list of a column found on any page: repeated-row mining over the tree."""

from crawlers.listing.document import Document, absolute, parse
from crawlers.listing.mine import Mined, mine
from crawlers.listing.naming import column_title
from crawlers.listing.verdict import verdict

__all__ = ["Document", "Mined", "absolute", "column_title", "mine", "parse", "verdict"]

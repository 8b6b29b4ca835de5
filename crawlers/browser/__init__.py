"""Pages that only a browser fills, for the sources of which the user says so (`Source.browser`)."""

from crawlers.browser.rendering import Browser

__all__ = ["Browser"]

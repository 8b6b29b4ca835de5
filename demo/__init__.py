"""A small world of government and news sites, all invented, and what is shown with it."""

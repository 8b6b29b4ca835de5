"""How the following page of a list is reached: anchors, numbered addresses, pager scripts."""

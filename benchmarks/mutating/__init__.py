"""Damaged pages in great numbers: how they are made, and what reading them takes and raises."""

"""Kill -9 at random moments of a watch: what is left behind, and what comes of it after a restart."""

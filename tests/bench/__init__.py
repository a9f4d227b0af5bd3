"""Speed beside named peers, side by side in one run; figures, never assertions."""

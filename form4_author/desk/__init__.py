"""Use cases without a terminal: files taken in, reports, packets, drafts, scripted interviews."""

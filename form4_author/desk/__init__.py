"""Use cases without a terminal: files taken in, reports, packets, drafts from the register, scripted interviews."""

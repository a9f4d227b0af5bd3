"""EDGAR over the network: reading what was filed, at EDGAR's pace and with a cache, and a local EDGAR to try it."""

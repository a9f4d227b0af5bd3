"""A draft while the interview changes it: answers, events and what follows from them."""

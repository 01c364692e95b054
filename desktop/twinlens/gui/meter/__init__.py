"""How the review goes: decisions left, photos an hour, bytes removed so far."""

"""Slow work as values, and the pool of killable processes that does it."""

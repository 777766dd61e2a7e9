"""The help: what pages are for, what steps do, which keys there are."""

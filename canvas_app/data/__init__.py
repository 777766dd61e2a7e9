"""Tables: where they come from, what is in them, and the one door to the engine."""

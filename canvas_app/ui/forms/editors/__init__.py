"""One editor per word of the vocabulary of fields."""

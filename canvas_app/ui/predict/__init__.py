"""What the Predict page is made of: the form of one row, its answer, and whole files."""

"""How a delimited text file is understood: its grammar, its layout and its values, and how it is read."""

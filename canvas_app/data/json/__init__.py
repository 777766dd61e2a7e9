"""JSON, strictly: values one after the other from files of any size, and the rows among them."""

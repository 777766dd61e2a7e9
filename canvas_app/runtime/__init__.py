"""What ships inside a bundle: it imports nothing of ours, and answers rows."""

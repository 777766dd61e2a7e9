"""What all sources that read from a database server share."""

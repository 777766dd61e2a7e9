"""The commands of the command line, one file each; each imports what it needs when it is run."""

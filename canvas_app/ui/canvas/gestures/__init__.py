"""What a pointer can do on the canvas, one file each."""

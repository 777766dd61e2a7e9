"""The transforms, one file each; a unit never imports a sibling."""

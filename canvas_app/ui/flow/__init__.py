"""What stands around the canvas: the inspector of a node, and the preview of its table."""

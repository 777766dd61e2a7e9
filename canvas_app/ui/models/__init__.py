"""What the Models page is made of: gallery, build view, and the tabs of one model."""

"""The parts of the Home page: cards of projects and samples, thumbnails of flows, the tour."""

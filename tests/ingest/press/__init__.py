"""A press for tests: invented reports, and the same report as a file of each form that a cadre may have."""

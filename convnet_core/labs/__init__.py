"""The labs: one Python module and one JavaScript module each, of the same name."""

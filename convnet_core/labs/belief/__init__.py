"""The lab of chapter 13, and what scripts made for it: features that nobody labelled."""

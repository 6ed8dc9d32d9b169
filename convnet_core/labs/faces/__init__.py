from convnet_core.labs.faces.lab import FacesLab, book_nets

__all__ = ["FacesLab", "book_nets"]

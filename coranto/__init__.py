"""Coranto, a self-hosted news site: outlets in, pages out."""

__version__ = "0.1.0"

"""Invented outlets, honest ones and a content farm, served on loopback and read by the real pipeline like any other."""

from coranto.demo.server import HOST, DemoError, Door, State, doors, ensure, forget, serve, state

__all__ = ["HOST", "DemoError", "Door", "State", "doors", "ensure", "forget", "serve", "state"]

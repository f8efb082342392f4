"""Invented outlets, honest ones and a content farm, served on loopback and read by the real pipeline like any other."""

from coranto.demo.server import DemoError, Door, State, doors, ensure, forget, serve, state

__all__ = ["DemoError", "Door", "State", "doors", "ensure", "forget", "serve", "state"]

"""Signed-in pages that join several rooms."""

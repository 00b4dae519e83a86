"""Oberih protects the families of prisoners of war from coercion."""

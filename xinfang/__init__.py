"""Xinfang: a petition (信访) system for a Chinese county. ARCHITECTURE.md is the map of the rooms."""

"""Divisions, units, posts and the officers who hold them."""

from xinfang.organizations.models.divisions import Division, DivisionKind, OnMap
from xinfang.organizations.models.officers import Officer, Qualification
from xinfang.organizations.models.posts import Duty, Post, Seat, Tenure
from xinfang.organizations.models.units import Unit, UnitKind

__all__ = [
    "Division",
    "DivisionKind",
    "Duty",
    "Officer",
    "OnMap",
    "Post",
    "Qualification",
    "Seat",
    "Tenure",
    "Unit",
    "UnitKind",
]

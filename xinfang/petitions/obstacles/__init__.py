"""What a move needs beside its state and its hand: rules that say what is missing. `table` joins them, move by move.

Of reviews and hearings they stand in `looking_again`, of a disputed unit in `whose_matter`, of a unit's work in `turnings`;
`beside_the_point` tells which blocked moves are not worth telling of.
"""

from xinfang.petitions.obstacles.table import ends_its_own_complaint, obstacle

__all__ = ["ends_its_own_complaint", "obstacle"]

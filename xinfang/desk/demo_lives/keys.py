"""Under which key each act of the demonstration was done, so that an interrupted start goes on and none is done twice."""

from collections.abc import Iterable

from xinfang.petitions.models import Petition
from xinfang.petitions.play.keyed import registered_under


def of_hero(hero: str, petition: str, nth: int) -> str:
    return f"demo:{hero}:{petition}:{nth}"


def of_crowd(n: int) -> str:
    return f"demo:crowd:{n}"


def hero_petition(hero: str, petition: str = "first") -> Petition | None:
    """A hero's petition, once it is registered."""
    keys = [of_hero(hero, petition, nth) for nth in range(2)]
    return next(iter(registered_under(keys).values()), None)


def crowd_petitions(numbers: Iterable[int]) -> dict[int, Petition]:
    wanted = {of_crowd(n): n for n in numbers}
    return {wanted[key]: petition for key, petition in registered_under(wanted).items()}

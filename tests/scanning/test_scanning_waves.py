"""Candidates are verified in waves: the likeliest first, more only for photos of which little is known yet."""

from twinlens.domain.photo import PhotoId
from twinlens.domain.relation import PhotoClass, Relation, Transform
from twinlens.matching.candidates import Candidate, likeliness
from twinlens.scanning.waves import ENOUGH, WAVES, Waves


def candidate(first: int, second: int, bits: int, cosine: float = 0.9) -> Candidate:
    return Candidate(PhotoId(first), PhotoId(second), bits, Transform.NONE, 1.0, cosine)


def proved(pair: Candidate) -> Relation:
    return Relation(pair.first, pair.second, PhotoClass.SAME_SHOT, 0.9)


def test_a_small_family_is_verified_whole_and_at_once():
    pairs = [candidate(a, b, a + b) for a in range(4) for b in range(a + 1, 4)]
    assert [sorted(wave, key=pairs.index) for wave in Waves(pairs, range(4))] == [pairs]


def test_the_nearest_come_first_and_nothing_is_handed_out_twice():
    pairs = [candidate(0, other, other % 41) for other in range(1, 90)]
    waves = list(Waves(pairs, [0]))
    assert len({id(pair) for wave in waves for pair in wave}) == sum(len(wave) for wave in waves) == 89
    assert len(waves[0]) == WAVES[0]
    assert min(map(likeliness, waves[0])) >= max(map(likeliness, waves[1]))


def test_a_photo_with_enough_relations_asks_for_no_more():
    pairs = [candidate(0, other, other) for other in range(1, 60)]
    waves = Waves(pairs, [0])
    handed_out = 0
    for wave in waves:
        handed_out += len(wave)
        waves.found(proved(pair) for pair in wave)
    assert ENOUGH <= handed_out <= ENOUGH + max(WAVES[:2])


def test_a_photo_without_relations_gets_all_its_waves():
    pairs = [candidate(0, other, other) for other in range(1, 60)]
    assert sum(len(wave) for wave in Waves(pairs, [0])) == 59


def test_strangers_are_looked_at_in_the_first_wave_alone():
    strangers = [candidate(0, other, 30, 0.62) for other in range(1, 60)]
    copies = [candidate(0, other, 30, 0.9) for other in range(60, 90)]
    handed_out = [pair for wave in Waves([*strangers, *copies], [0]) for pair in wave]
    assert set(map(id, copies)) <= set(map(id, handed_out))
    assert len(list(Waves(strangers, [0]))) == 1


def test_a_family_of_sixty_costs_less_than_its_square():
    pairs = [candidate(a, b, (a * 7 + b * 3) % 12) for a in range(60) for b in range(a + 1, 60)]
    waves = Waves(pairs, range(60))
    handed_out = 0
    for wave in waves:
        handed_out += len(wave)
        waves.found(proved(pair) for pair in wave)
    assert handed_out < len(pairs) * 0.75


def test_a_crowd_of_which_nothing_is_proved_costs_a_bounded_number_a_photo():
    pairs = [candidate(a, b, (a * 7 + b * 3) % 12) for a in range(400) for b in range(a + 1, 400)]
    handed_out = sum(len(wave) for wave in Waves(pairs, range(400)))
    assert handed_out <= 400 * sum(WAVES) < len(pairs)

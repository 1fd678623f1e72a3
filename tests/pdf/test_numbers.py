"""Certificate numbers: readable, checked, and silent about near misses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.rules import (
    ALPHABET,
    RANDOM_BITS,
    attestation_number,
    new_number,
    normalise_number,
)

random_bits = st.integers(0, (1 << RANDOM_BITS) - 1)
prefixes = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=6)


def test_a_number_has_a_prefix_three_groups_and_no_confusing_character() -> None:
    number = new_number("CMS", 0x5A5A5A5A5A5A5A)
    prefix, *groups = number.split("-")
    assert prefix == "CMS"
    assert [len(group) for group in groups] == [4, 4, 4]
    assert not set("".join(groups)) & set("ILOU")


def test_at_least_fifty_bits_are_random() -> None:
    assert RANDOM_BITS >= 50
    assert new_number("CMS", 0) != new_number("CMS", 1)
    assert new_number("CMS", 0) != new_number("CMS", 1 << (RANDOM_BITS - 1))


@given(prefixes, random_bits)
def test_every_number_reads_back_as_itself(prefix: str, bits: int) -> None:
    number = new_number(prefix, bits)
    assert normalise_number(number) == number


@given(random_bits, random_bits)
def test_different_bits_give_different_numbers(one: int, other: int) -> None:
    assert (new_number("CMS", one) == new_number("CMS", other)) == (one == other)


@given(prefixes, random_bits, st.data())
def test_one_wrong_character_is_caught(
    prefix: str, bits: int, data: st.DataObject
) -> None:
    number = new_number(prefix, bits)
    places = [at for at, character in enumerate(number) if character != "-"]
    at = data.draw(st.sampled_from(places))
    pool = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if at < len(prefix) else ALPHABET
    wrong = data.draw(st.sampled_from([c for c in pool if c != number[at]]))
    assert normalise_number(number[:at] + wrong + number[at + 1 :]) is None


@given(prefixes, random_bits, st.data())
def test_two_swapped_characters_are_caught(
    prefix: str, bits: int, data: st.DataObject
) -> None:
    number = new_number(prefix, bits)
    body = [at for at in range(len(prefix) + 1, len(number)) if number[at] != "-"]
    one, other = data.draw(
        st.lists(st.sampled_from(body), min_size=2, max_size=2, unique=True)
    )
    swapped = list(number)
    swapped[one], swapped[other] = swapped[other], swapped[one]
    if swapped != list(number):
        assert normalise_number("".join(swapped)) is None


@pytest.mark.parametrize(
    "typed",
    [
        "cms-7q4k-29xd-m3v",
        "  CMS 7Q4K 29XD M3V ",
        "cms7q4k29xdm3v",
        "CMS\N{EN DASH}7Q4K\N{NON-BREAKING HYPHEN}29XD\N{MINUS SIGN}M3V",
        "\N{FULLWIDTH LATIN CAPITAL LETTER C}MS.7Q4K.29XD.M3V",
        "CMS\t7Q4K\n29XD\N{ZERO WIDTH SPACE}M3V",
    ],
)
def test_how_a_person_types_it_does_not_matter(typed: str) -> None:
    canonical = _complete("CMS-7Q4K-29XD-M3V")
    assert normalise_number(typed + canonical[-1]) == canonical


def test_o_i_and_l_are_read_as_the_digits_they_look_like() -> None:
    canonical = _complete("CMS-0101-0101-010")
    typed = canonical[4:].replace("0", "o").replace("1", "l")
    assert normalise_number("cms-" + typed) == canonical
    assert normalise_number("cms-" + typed.replace("l", "I")) == canonical


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "CMS",
        "7Q4K-29XD-M3V5",
        "CMS-7Q4K-29XD",
        "CMS-UUUU-UUUU-UUUU",
        "CM5-7Q4K-29XD-M3V5",
        "CMS-7Q4K-29XD-M3V5-" + "0" * 60,
        "CMS-7Q4K-29XD-M3\x00V",
        "\N{ARABIC-INDIC DIGIT ONE}" * 15,
        "<script>",
        "\ud800" * 15,
        "ß" * 64,
    ],
)
def test_anything_else_is_simply_no_number(typed: str) -> None:
    assert normalise_number(typed) is None


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    number = normalise_number(text)
    assert number is None or normalise_number(number) == number


@pytest.mark.parametrize("prefix", ["", "C", "cms", "CMSCMSC", "CM5", "ÇM"])
def test_a_prefix_is_two_to_six_plain_capitals(prefix: str) -> None:
    with pytest.raises(ValueError, match="prefix"):
        new_number(prefix, 0)
    with pytest.raises(ValueError, match="prefix"):
        attestation_number(prefix, 2025, 1)


@pytest.mark.parametrize("bits", [-1, 1 << RANDOM_BITS])
def test_bits_out_of_range_are_refused(bits: int) -> None:
    with pytest.raises(ValueError, match="55 bits"):
        new_number("CMS", bits)


def test_an_attestation_number_counts_within_the_year() -> None:
    assert attestation_number("ATT", 2025, 4417) == "ATT-2025-004417"
    assert attestation_number("ATT", 2025, 1_234_567) == "ATT-2025-1234567"


@pytest.mark.parametrize(("year", "sequence"), [(2025, 0), (2025, -1), (0, 1)])
def test_an_attestation_out_of_range_is_refused(year: int, sequence: int) -> None:
    with pytest.raises(ValueError, match="attestation"):
        attestation_number("ATT", year, sequence)


def _complete(start: str) -> str:
    """The number that starts so: one of the 32 check characters fits, and only one."""
    fits = [start + last for last in ALPHABET if normalise_number(start + last)]
    assert len(fits) == 1
    return fits[0]

"""Which of several dates is that of publication."""

from __future__ import annotations

from indexer.ingest.html.sightings import Sighting
from indexer.ingest.html.weighing import Evidence, weigh
from indexer.ingest.lines.dates import Dating, read_date

DAY = "2025-05-03"


def dating(text: str) -> Dating:
    found = read_date(text, text)
    assert found is not None
    return found


def near(text: str = DAY, **facts: object) -> Sighting:
    return Sighting(dating(text), **{"distance": 1, **facts})  # type: ignore[arg-type]


def weighed(**evidence: object) -> str | None:
    found = weigh(Evidence(**evidence))  # type: ignore[arg-type]
    return found.published if found else None


def test_nothing_is_known_from_nothing() -> None:
    assert weighed() is None


def test_a_printed_time_makes_a_stated_day_precise() -> None:
    printed = near("2025-05-03T09:05")
    assert weighed(stated=[dating(DAY)], sightings=[printed]) == "2025-05-03T09:05"


def test_a_moment_in_utc_is_the_day_that_the_page_prints() -> None:
    stated = [dating("2025-05-04T02:41Z")]
    assert weighed(stated=stated, sightings=[near()]) == DAY
    assert weighed(stated=stated, sightings=[near(distance=-1)]) == DAY
    assert weighed(stated=stated) == "2025-05-04T02:41Z"


def test_a_moment_in_utc_is_the_day_that_the_address_shows() -> None:
    shown = dating(DAY)
    assert weighed(stated=[dating("2025-05-04T02:41Z")], address=shown) == DAY
    assert weighed(stated=[dating("2025-05-02T22:30Z")], address=shown) == DAY


def test_a_moment_with_the_zone_of_its_place_is_not_moved_by_the_address() -> None:
    stated = "2025-05-04T16:42-04:00"
    assert weighed(stated=[dating(stated)], address=dating(DAY)) == stated


def test_a_zone_that_is_stated_elsewhere_is_that_of_the_page() -> None:
    stated, updated = dating("2025-05-04T02:41Z"), dating("2025-05-03T23:10-04:00")
    assert weighed(stated=[stated], updated=[updated]) == "2025-05-03T22:41-04:00"


def test_what_is_named_as_published_goes_before_what_is_stated() -> None:
    stated = [dating("2025-06-12")]
    found = weigh(Evidence(stated=stated, sightings=[near(label="published")]))
    assert found is not None
    assert found.day == DAY
    assert found.evidence == "2025-05-03; not 2025-06-12, which is another day"


def test_an_unnamed_date_goes_before_a_later_stated_one_only() -> None:
    assert weighed(stated=[dating("2025-06-12")], sightings=[near()]) == DAY
    assert weighed(stated=[dating("2025-04-17")], sightings=[near()]) == "2025-04-17"


def test_a_printed_update_is_no_date_of_publication() -> None:
    stated, updated = [dating("2025-05-02T10:00-04:00")], [dating(f"{DAY}T09:30-04:00")]
    found = weighed(stated=stated, updated=updated, sightings=[near()])
    assert found == "2025-05-02T10:00-04:00"
    assert weighed(sightings=[near(label="updated")]) is None


def test_dates_of_lists_and_sidebars_are_none() -> None:
    assert weighed(sightings=[near(aside=True)]) is None
    assert weighed(sightings=[near(listed=True)]) is None
    assert weighed(sightings=[near(label="other")]) is None


def test_below_the_headline_goes_before_above_it() -> None:
    above, below = near("2025-05-04", distance=-1), near(distance=2)
    assert weighed(sightings=[above, below]) == DAY


def test_far_from_the_headline_a_date_needs_a_name_or_a_witness() -> None:
    far, named = near(distance=None), near(distance=None, label="published")
    assert weighed(sightings=[far]) is None
    assert weighed(sightings=[named]) == DAY
    assert weighed(sightings=[far], address=dating("May 2025")) == DAY
    assert weighed(sightings=[far], less_certain=[dating(DAY)]) == DAY
    another = near("2025-05-09", distance=None, label="published")
    assert weighed(sightings=[named, another]) is None


def test_the_address_goes_before_an_unnamed_date_of_another_time() -> None:
    shown = dating("2025-04-17")
    assert weighed(sightings=[near()], address=shown) == "2025-04-17"
    assert weighed(sightings=[near(label="published")], address=shown) == DAY
    assert weighed(sightings=[near()], address=dating("2025-05-02")) == DAY


def test_a_less_certain_date_counts_if_nothing_is_printed() -> None:
    assert weighed(less_certain=[dating("2025-06-12")]) == "2025-06-12"
    assert weighed(less_certain=[dating("2025-06-12")], sightings=[near()]) == DAY


def test_a_month_or_a_year_is_made_precise_by_what_is_printed() -> None:
    year = Dating("2025", "year", "meta date: 2025")
    assert weighed(stated=[year], sightings=[near()]) == DAY
    assert weighed(stated=[year], address=dating(DAY)) == DAY
    assert weighed(sightings=[near("May 2025")]) == "2025-05"

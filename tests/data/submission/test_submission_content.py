"""The content of a submission: recognised whatever the file, compared with what is held, kept in vintages."""

import random
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from submission_samples import read_by, table, values, xlsx, year_table

from zhishu.data import Data, Panel
from zhishu.data.submission import canonical, content_hash, difference, from_canonical, provenance
from zhishu.errors import ZhishuError
from zhishu.pack.profile import Profile

YEAR = "prefecture-year"
Profiles = Mapping[str, Profile]


def test_t11_the_same_content_is_recognised_whatever_the_file(profiles: Profiles, data: Data) -> None:
    """CSV in GBK, a workbook, another order, another unit, short names, another day and name: one content."""
    rows = [["成都市", "15342.77"], ["自贡市", "1363.53"]]
    first = read_by(profiles[YEAR], table(year_table(*rows)), data, "a.csv")
    others = [
        read_by(profiles[YEAR], table(year_table(*rows)).decode().encode("gbk"), data, "b.csv", date(2020, 1, 1)),
        read_by(profiles[YEAR], xlsx(year_table(*reversed(rows))), data),
        read_by(profiles[YEAR], xlsx(year_table(["成都", 153427700], ["510300", 13635300], unit="万元")), data),
    ]
    assert {content_hash(canonical(r)) for r in others} == {content_hash(canonical(first))}
    held = Panel.of(first.observations)
    for again in others:
        assert difference(again.observations, held).nothing
    changed = read_by(profiles[YEAR], table(year_table(["成都市", "15342.78"], rows[1])), data)
    assert content_hash(canonical(changed)) != content_hash(canonical(first))


def test_t12_a_revision_is_a_new_vintage_and_the_old_report_stays(profiles: Profiles, data: Data) -> None:
    """What was known before the revision is, byte for byte, what it was; what a file leaves out is not withdrawn."""
    first = read_by(profiles[YEAR], table(year_table(["成都市", "15342.77"], ["自贡市", "1363.53"])), data)
    held = Panel.of(first.observations)
    before = canonical_of(held, date(2019, 12, 31))
    later = read_by(
        profiles[YEAR],
        table(year_table(["成都市", "15698.94"], ["绵阳市", "2303.82"])),
        data,
        "b.csv",
        date(2020, 2, 1),
    )
    found = difference(later.observations, held)
    assert [(r.old.value, r.new.value, r.vintage) for r in found.revised] == [
        (Fraction("15342.77"), Fraction("15698.94"), date(2020, 2, 1))
    ]
    assert [o.region for o in found.new] == ["510700"]
    joined = Panel.of([*held.observations, *found.new, *(r.new for r in found.revised)])
    assert canonical_of(joined, date(2019, 12, 31)) == before
    assert [o.value for o in joined.latest("gdp", "510100")] == [Fraction("15698.94")]
    assert [o.value for o in joined.latest("gdp", "510300")] == [Fraction("1363.53")]
    back = read_by(profiles[YEAR], table(year_table(["成都市", "15342.77"])), data, "c.csv", date(2020, 3, 1))
    assert len(difference(back.observations, joined).revised) == 1


def canonical_of(panel: Panel, on: date) -> bytes:
    """Return what a panel says on a day, as bytes."""
    return repr(
        [(o.region, o.period, o.series, o.value, o.known_on, o.ref) for o in panel.as_of(on).observations]
    ).encode()


def test_a_sign_for_no_figure_takes_nothing_back(profiles: Profiles, data: Data) -> None:
    """A blank where a figure is held: neither a revision nor a withdrawal."""
    held = Panel.of(read_by(profiles[YEAR], table(year_table(["成都市", "1"], ["自贡市", "2"])), data).observations)
    later = read_by(profiles[YEAR], table(year_table(["成都市", "…"], ["自贡市", "2"])), data)
    found = difference(later.observations, held)
    assert (len(found.new), len(found.same), len(found.revised)) == (0, 1, 0)
    assert [b.region for b in later.blanks] == ["510100"]


def test_figures_of_the_pack_are_compared_by_their_run(profiles: Profiles, data: Data) -> None:
    """Chengdu 2018 as the pack holds it is the same; another value is a revision of that vintage."""
    value = data.panel.latest("gdp", "510100")
    own = next(o for o in value if o.period == "2018")
    content = table(year_table(["成都市", str(float(own.value))]))
    assert len(difference(read_by(profiles[YEAR], content, data).observations, data.panel).same) == 1
    other = read_by(profiles[YEAR], table(year_table(["成都市", "1"])), data)
    assert difference(other.observations, data.panel).revised[0].old == own


figures = st.dictionaries(
    st.tuples(st.sampled_from(["成都市", "自贡市", "绵阳市", "阿坝藏族羌族自治州"]), st.sampled_from(["2017", "2018"])),
    st.decimals(-(10**12), 10**12, places=3, allow_nan=False),
    min_size=1,
)


@settings(max_examples=60, deadline=None)
@given(figures, st.randoms(use_true_random=False))
def test_canonical_bytes_are_stable_and_come_back(
    profiles: Profiles, data: Data, cells: dict[tuple[str, str], object], shuffle: random.Random
) -> None:
    """Any order of rows gives the same bytes; the observations of the bytes give them again."""
    head = ["地区", "时期", "指标", "数值", "单位"]
    rows = [[place, year, "gdp", str(value), "亿元"] for (place, year), value in cells.items()]
    first = read_by(profiles["tidy"], table([head, *rows]), data)
    shuffle.shuffle(rows)
    second = read_by(profiles["tidy"], table([head, *rows]), data, "other.csv")
    assert canonical(first) == canonical(second)
    day = date(2019, 5, 1)
    back = from_canonical(canonical(first), day, "store")
    assert {(o.region, o.period, o.series): str(o.value) for o in back} == values(first)
    assert {o.known_on for o in back} == {day}
    assert [o.ref for o in back] == [f"store:{n}" for n in range(2, len(back) + 2)]


def test_a_fraction_without_a_decimal_survives(profiles: Profiles, data: Data) -> None:
    """Two thirds of a unit, from an exact factor, is stored as 2/3 and read as that."""
    rows = [["地区", "时期", "指标", "数值", "单位"], ["四川省", "2018", "highway_length", "2", "m"]]
    reading = read_by(profiles["tidy"], table(rows), data)
    assert from_canonical(canonical(reading).replace(b"0.002", b"2/3"), date(2019, 1, 1))[0].value == Fraction(2, 3)


def test_provenance_names_cell_words_unit_and_factor(profiles: Profiles, data: Data) -> None:
    """Where each figure stood and how it became what is stored."""
    reading = read_by(profiles[YEAR], xlsx(year_table(["成都市", "１５３４２７７00"], unit="万元")), data)
    assert provenance(reading).decode().splitlines()[1] == (
        "510100,2018,gdp,actual,表.xlsx 表!B4,１５３４２７７00,万元,0.0001"
    )


def test_broken_canonical_bytes_are_refused() -> None:
    """A row of another width, a number that is none, another heading: the line is named."""
    sound = b"region,period,series,value,unit,basis,run,kind,status,published,source,confidence,note\n"
    row = b"510100,2018,gdp,1,x,,r,flow,actual,,s,low,\n"
    assert len(from_canonical(sound + row, date(2019, 1, 1))) == 1
    for bad, line in (
        (b"x\n", 1),
        (sound + row + b"510100,2018\n", 3),
        (sound + row.replace(b",1,", b",one,"), 2),
        (sound + row.replace(b",1,", b",1/0,"), 2),
        (b"\xff", 1),
    ):
        with pytest.raises(ZhishuError) as caught:
            from_canonical(bad, date(2019, 1, 1), "s")
        assert [(p.code, p.where) for p in caught.value.problems] == [("canonical-broken", f"s:{line}")]

"""The regions named in a case: resolved as of the day asked, specimens kept apart from real ones."""

from dataclasses import dataclass, field

from zhishu.data.elsewhere import elsewhere, within
from zhishu.data.region_words import SPECIMEN, Place, RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.system import Column
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Found:
    """A real region in a cell: where it was written, how, and what it means."""

    table: str
    column: str
    where: str
    written: str
    place: Place


@dataclass(slots=True)
class Gazetteer:
    """Reads region cells one after another and remembers them; a name beginning 示例 is a specimen, read as it is."""

    words: RegionWords
    found: list[Found] = field(default_factory=list)
    specimens: list[tuple[str, str]] = field(default_factory=list)

    def read(self, table: str, column: Column, text: str, where: str) -> tuple[Value, Problem | None]:
        """Return the label of the region a cell means, or the problem placed at the cell."""
        if text in column.choices:
            return text, None
        if text.startswith(SPECIMEN):
            self.specimens.append((text, where))
            return text, None
        try:
            place = self.words.read(text, column.levels)
        except ZhishuError as error:
            told = error.problems[0]
            regions = self.words.regions
            outside = elsewhere(text, regions) if told.code == "region-unknown" else None
            if outside is not None and column.outside:
                self.found.append(Found(table, column.id, where, text, Place(outside.name, outside, None)))
                return outside.name.zh, None
            if outside is not None:
                return Unknown("held", "region-outside"), _outside(column, text, outside.name, within(regions), where)
            said, here = told.what, within(regions)
            if told.code == "region-unknown" and here is not None:
                said = Text(f"{here.zh}没有地区“{text}”", f"there is no region {text} in {here.en}")
            what = Text(f"{column.name.zh}：{said.zh}", f"{column.name.en}: {said.en}")
            repair = told.repair
            if column.outside and told.code == "region-unknown":
                # of other provinces no region below is known
                repair = Text(
                    f"{repair.zh}；外省的写到省，如湖北省",
                    f"{repair.en}; for another province write the province, as Hubei",
                )
            return Unknown("held", told.code), Problem(f"case-{told.code}", where, what, repair)
        self.found.append(Found(table, column.id, where, text, place))
        return place.label.zh, None

    def mixed(self) -> list[Problem]:
        """Return the problem of a case that mixes specimens with real regions."""
        if not self.found or not self.specimens:
            return []
        text, where = self.specimens[0]
        what = Text(
            f"“{text}”是示例，与真实地区“{self.found[0].written}”混在一起",
            f"{text} is a specimen and stands beside a real region, {self.found[0].written}",
        )
        repair = Text("删去示例行，或全部用示例", "delete the specimen rows, or use specimens only")
        return [Problem("case-specimen-mixed", where, what, repair)]


def _outside(column: Column, text: str, province: Text, own: Text | None, where: str) -> Problem:
    name = column.name
    here = own or Text("本省", "the province")
    what = Text(
        f"{name.zh}：“{text}”属{province.zh}，在{here.zh}范围之外",
        f"{name.en}: {text} belongs to {province.en} and lies outside {here.en}",
    )
    repair = Text("写错的改正；省外的不由这里判定", "correct a slip; what lies elsewhere is not judged here")
    return Problem("case-region-outside", where, what, repair)

"""A pack of the size a province would run: 183 counties × 100 series × 20 years, and 200 indicators over them."""

import csv
import shutil
from pathlib import Path

from zhishu.study.open import PACKS

SERIES, INDICATORS, YEARS = 100, 200, range(2005, 2025)
SHAPES = ("{a} / {b}", "growth({a}, 1)", "mean_years({a}, 3) / {b}", "{a} / ({a} + {b})")


def series_id(k: int) -> str:
    """Return the id of the k-th generated series."""
    return f"made_{k}"


def indicator_id(k: int) -> str:
    """Return the id of the k-th generated indicator."""
    return f"bench_{k}"


def formula(k: int) -> str:
    """Return the formula of the k-th generated indicator."""
    return SHAPES[k % len(SHAPES)].format(a=series_id(k % SERIES), b=series_id((k * 7 + 1) % SERIES))


def big_pack(folder: Path) -> Path:
    """Write the shipped pack with the generated figures added to a folder, and return it."""
    pack = folder / "pack"
    shutil.copytree(PACKS / "sichuan2018", pack)
    with (pack / "regions.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    with (pack / "lineage.csv").open(encoding="utf-8-sig", newline="") as handle:
        before = {step["to_code"]: step["from_code"] for step in csv.DictReader(handle)}
    counties = sorted((r["code"], r["valid_from"][:4]) for r in rows if r["level"] == "county" and not r["valid_to"])
    head = (pack / "pack.yaml").read_text(encoding="utf-8")
    (pack / "pack.yaml").write_text(head.replace('first: "2010"', f'first: "{YEARS[0]}"'), encoding="utf-8")
    with (pack / "series.csv").open("a", encoding="utf-8", newline="") as handle:
        for k in range(SERIES):
            line = [series_id(k), f"示例数列{k}", f"made {k}", "万元", "county", "sum", "sum", "current", "flow"]
            csv.writer(handle, lineterminator="\n").writerow([*line, "示例", "specimen", "", "", ""])
    with (pack / "data" / "county.csv").open("a", encoding="utf-8", newline="") as handle:
        write = csv.writer(handle, lineterminator="\n")
        for place, (now, since) in enumerate(counties):
            for year in YEARS:
                # a figure stands under the code its county had in its year
                code = before[now] if since and year < int(since) else now
                for k in range(SERIES):
                    if (place + year + k) % 53:
                        value = 1 + (place * 20 + year) * (k + 7) % 997
                        run = "made-2005-2018" if year < 2019 else "made-2019-2024"
                        row = [
                            code,
                            year,
                            series_id(k),
                            value,
                            "万元",
                            "",
                            run,
                            "flow",
                            "actual",
                            "",
                            f"{year + 1}-03-01",
                        ]
                        write.writerow([*row, "s001", "low", "n196"])
    declared = ["indicators:"]
    for k in range(INDICATORS):
        declared += [
            f"  {indicator_id(k)}:",
            f'    name: {{zh: "示例指标{k}", en: "made {k}"}}',
            f'    unit: "{"%" if "growth" in formula(k) else "1"}"',
            f"    formula: '{formula(k)}'",
            "    levels: [county]",
            "    digits: 2",
            "    better: higher",
            '    cite: {at: "1.9", quote: "城乡融合发展"}',
            '    note: {zh: "示例", en: "specimen"}',
        ]
    (pack / "articles" / "26" / "indicators.yaml").write_text("\n".join(declared) + "\n", encoding="utf-8")
    return pack

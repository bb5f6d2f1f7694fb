"""The native charts of a workbook, as openpyxl reads them."""

import datetime
from decimal import Decimal

import openpyxl
from openpyxl.utils import range_boundaries


def column_of(book, reference):
    """The values of 'Sheet'!$C$4:$C$9."""
    sheet, cells = reference.rsplit("!", 1)
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    if left != right:
        raise SystemExit(f"{reference} is not one column")
    name = sheet.strip("'").replace("''", "'")
    return [book[name].cell(row, left).value for row in range(top, bottom + 1)]


def name_of(series):
    return series.tx.v if series.tx.v is not None else series.tx.strRef.f


def read(workbook, sheet):
    """title -> (type, {series: (labels, values, look)}) of the charts on a worksheet."""
    formulas = openpyxl.load_workbook(workbook)
    values = openpyxl.load_workbook(workbook, data_only=True)
    charts = {}
    for chart in formulas[sheet]._charts:
        title = "".join(run.t for run in chart.title.tx.rich.p[0].r)
        series = {}
        for one in chart.series:
            scatter = one.xVal is not None
            labels = one.xVal.numRef.f if scatter else (one.cat.strRef or one.cat.numRef).f
            figures = (one.yVal if scatter else one.val).numRef.f
            properties = one.graphicalProperties
            look = (properties.line.dashStyle, one.marker.symbol if one.marker else None) if scatter \
                else (properties.pattFill.prst if properties.pattFill else properties.solidFill.srgbClr)
            series[name_of(one)] = (column_of(values, labels), column_of(values, figures), look)
        charts[title] = (type(chart).__name__, series)
    return charts


def amounts(cells):
    return [None if cell is None else Decimal(repr(cell)) for cell in cells]


def expected(rows, key):
    return [None if row[key] is None else Decimal(row[key]) for row in rows]


def check(workbook, sheet_json, found):
    """The burn and the bars show the cells whose figures are the JSON's."""
    charts = read(workbook, "Fact sheet")
    financial = sheet_json["financial"]
    bars = charts.get("The envelope by category")
    burn = charts.get("The envelope over time")
    found.expect(bars and bars[0] == "BarChart", f"no bar chart among {sorted(charts)}")
    found.expect(burn and burn[0] == "ScatterChart", f"no chart of lines among {sorted(charts)}")
    if not bars or not burn:
        return
    categories = [row for row in financial["envelope"]["categories"] if row["category"] != "total"]
    months = financial["burn"]["months"]
    for name, (labels, values, _) in bars[1].items():
        found.expect(labels == [row["title"] for row in categories], f"bars of {labels}")
        found.expect(amounts(values) == expected(categories, name.lower()), f"bars, {name}: {values}")
    days = [datetime.datetime.fromisoformat(row["day"]) for row in months]
    for name, (labels, values, _) in burn[1].items():
        found.expect(labels == days, f"burn over {labels}")
        found.expect(amounts(values) == expected(months, name.lower()), f"burn, {name}: {values}")
    found.expect(set(bars[1]) == {"Spent", "Committed", "Remaining"}, f"bars of {sorted(bars[1])}")
    found.expect(set(burn[1]) == {"Spent", "Committed", "Remaining", "Plan"},
                 f"lines of {sorted(burn[1])}")
    for kind, chart in (("bars", bars), ("lines", burn)):
        looks = [look for _, _, look in chart[1].values()]
        found.expect(len(set(looks)) == len(looks), f"{kind} that look the same: {looks}")

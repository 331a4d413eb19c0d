"""Tables as they come: workbooks and delimited text read into one grid of cells, hostile files refused.

>>> from zhishu.data.sheets.grid import address
>>> address(7, 3)
'C7'
"""

from zhishu.data.sheets.delimited import delimited
from zhishu.data.sheets.grid import Cell, Grid, address
from zhishu.data.sheets.xlsx import bare_formulas, workbook

__all__ = ["Cell", "Grid", "address", "bare_formulas", "delimited", "workbook"]

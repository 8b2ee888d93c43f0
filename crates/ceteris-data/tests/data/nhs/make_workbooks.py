"""Writes the two sample workbooks: python make_workbooks.py (xlwt 1.3.0, openpyxl 3.1.5)."""

import openpyxl
import xlwt

EARLY = ["SHA code", "SHA name", "PCT code", "PCT name", "Practice code", "Practice name"]
LATE = [
    "Region code", "Region name", "Area Team code", "Area Team name",
    "CCG code", "CCG name", "Practice code", "Practice name",
]
SHORT = ["Points", "Numerator", "Denominator", "Underlying achievement %"]
LONG = [
    "Points", "Numerator", "Denominator", "Underlying achievement %",
    "Exceptions", "Exception rate", "Denominator plus exceptions", "% patients treated",
]


def of_2009(name):
    book = xlwt.Workbook()
    sheet = book.add_sheet("QOF export")
    sheet.write(0, 0, "Made-up sample in the layout of 2009/10")
    headings = EARLY + [f"{code} {word}" for code in ("CS 1", "CS 5") for word in SHORT]
    rows = [
        ["Q30", "NORTH EAST", "5D7", "NEWCASTLE", "A86003", "A PRACTICE", 11, 700, 800, 87.5, 2, None, None, None],
        ["Q30", "NORTH EAST", "5D7", "NEWCASTLE", "A86004", "B PRACTICE", 9.5, 450, 600, 75.0, 2, None, None, None],
    ]
    for at, line in enumerate([headings, *rows], start=13):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(at, column, value)
    sheet.write(17, 0, "Source: made up")
    book.save(name)


def of_2012(name):
    book = openpyxl.Workbook()
    book.active.title = "Contents"
    book.active["A1"] = "Made-up sample in the layout of 2012/13"
    sheet = book.create_sheet("CS01")
    rows = [
        ["Y54", "NORTH", "Q49", "AN AREA TEAM", "00G", "A GROUP", "A86003", "A PRACTICE",
         11, 700, 800, 87.5, 75, 8.57, 875, 80.0],
        ["Y54", "NORTH", "Q49", "AN AREA TEAM", "00G", "A GROUP", "A86004", "B PRACTICE",
         9.5, 450, 600, 75.0, 0, 0.0, 600, 75.0],
    ]
    for at, line in enumerate([LATE + LONG, *rows], start=14):
        for column, value in enumerate(line, start=1):
            sheet.cell(at, column, value)
    book.save(name)


of_2009("qof_2009.xls")
of_2012("qof_2012.xlsx")

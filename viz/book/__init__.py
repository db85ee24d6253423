"""The report as a workbook: a sheet for each part, numbers as numbers, dates as dates, text as text."""

"""Reads an iCalendar file with python3-icalendar and prints its entries as JSON.

Usage: /usr/bin/python3 read_ics.py FILE
"""

import datetime
import json
import sys

import icalendar


def utc(value):
    return value.dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


with open(sys.argv[1], "rb") as source:
    calendar = icalendar.Calendar.from_ical(source.read())
print(json.dumps([{
    "uid": str(event["UID"]),
    "sequence": int(event["SEQUENCE"]),
    "status": str(event["STATUS"]),
    "start": utc(event["DTSTART"]),
    "end": utc(event["DTEND"]),
    "summary": str(event["SUMMARY"]),
    "description": str(event["DESCRIPTION"]),
} for event in calendar.walk("VEVENT")]))

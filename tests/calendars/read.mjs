// What ical.js makes of calendar files: for each that is named, every time as [start, end] in UTC.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

function utc(time) {
  return time.toJSDate().toISOString().replace(".000Z", "Z");
}

function times(file) {
  const calendar = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  ICAL.TimezoneService.reset();
  for (const zone of calendar.getAllSubcomponents("vtimezone")) {
    ICAL.TimezoneService.register(zone);
  }
  const parts = calendar.getAllSubcomponents("vevent").map((part) => new ICAL.Event(part));
  const series = parts.find((part) => !part.isRecurrenceException());
  const found = [];
  if (!series.isRecurring()) {
    found.push([utc(series.startDate), utc(series.endDate)]);
  } else {
    parts.filter((part) => part !== series).forEach((part) => series.relateException(part));
    const each = series.iterator();
    for (let next = each.next(); next; next = each.next()) {
      const { startDate, endDate } = series.getOccurrenceDetails(next);
      found.push([utc(startDate), utc(endDate)]);
    }
  }
  return found.sort();
}

console.log(JSON.stringify(process.argv.slice(2).map(times)));

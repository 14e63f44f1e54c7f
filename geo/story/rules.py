"""What a story must keep to: every rule with its remedy, as translatable templates."""

from typing import Final

from geo.story.faults import N_, Rule

# Dates (geo.story.when)

DATE_FORM: Final = Rule(
    N_("A date is YYYY, YYYY-MM or YYYY-MM-DD, a time has its offset, an interval is two of these with “/”."),
    N_("Write for example 2002, 2023-07, 2023-09-13, 2023-09-13~ or 2023-09-12T06:00+10:00."),
)
DATE_EXISTS: Final = Rule(
    N_("The calendar must have the date."),
    N_("Correct the year, month, day, hour or offset of “{part}”."),
)
DATE_IN_ZONE: Final = Rule(
    N_("The date must have existed in its time zone ({zone})."),
    N_("Correct the date, or the time zone of the place."),
)
DATE_RANGE: Final = Rule(
    N_("A date lies between the years 0002 and 9998."),
    N_("Correct the year of “{part}”."),
)
TIME_OFFSET: Final = Rule(
    N_("A time of day carries the offset of its place."),
    N_("Add the offset to “{part}”, for example +10:00 (Vladivostok), +09:00 (Pyongyang) or Z."),
)
TIME_MARK: Final = Rule(
    N_("Only a date may be marked with “?”, “~” or “%”, not a time."),
    N_("Write an uncertain time as a window: 2023-09-12T06:00+10:00/2023-09-12T12:00+10:00."),
)
WINDOW_ENDS: Final = Rule(
    N_("An interval has two ends, “start/end”; the end alone may be open, “start/..”."),
    N_("Give the interval a start; leave its end open with “..” where no source gives one."),
)
WINDOW_ORDER: Final = Rule(
    N_("An interval ends after it starts."),
    N_("Exchange the two ends, or correct the wrong one."),
)

# Files (geo.story.files, geo.story.tables)

STORY_FOLDER: Final = Rule(
    N_("A story is a folder."),
    N_("Give the path of a folder that holds datapackage.json and the tables."),
)
FILE_EXISTS: Final = Rule(
    N_("The story must have this file."),
    N_("Add the file {file} to the folder of the story."),
)
FILE_NAME: Final = Rule(
    N_("The path of a table is the plain name of a CSV file in the folder of the story."),
    N_("Put the file into the folder of the story and write its name alone, for example {file}."),
)
FILE_OPENS: Final = Rule(
    N_("The file can be opened."),
    N_("Check that you may read it ({cause})."),
)
FILE_SIZE: Final = Rule(
    N_("A file is no larger than {limit} megabytes."),
    N_("Split the story, or leave out what it does not need; this file has {size} megabytes."),
)
FILE_ROWS: Final = Rule(
    N_("A table has no more than {limit} rows."),
    N_("Split the story, or leave out what it does not need."),
)
FILE_EMPTY: Final = Rule(
    N_("A table is not empty; it starts with a row of column names."),
    N_("Write the column names into the first row: {columns}."),
)
FILE_UTF8: Final = Rule(
    N_("A file is encoded in UTF-8."),
    N_(
        "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”; or with iconv); byte {position} cannot be read: "
        "{byte}, in line {line}."
    ),
)
FILE_MARK: Final = Rule(
    N_("A file is encoded in UTF-8; this one begins with the byte order mark of {encoding}."),
    N_("Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”; or: iconv -f {encoding} -t UTF-8)."),
)
FILE_NUL: Final = Rule(
    N_("A file is text; it holds no NUL bytes."),
    N_("Save the file as UTF-8 text; byte {position}, in line {line}, is NUL."),
)
FILE_LINE: Final = Rule(
    N_("A line has no more than {limit} bytes."),
    N_("Check that the file has a line for each row; line {line} is longer."),
)
FILE_CSV: Final = Rule(
    N_("Quotation marks come in pairs, and a cell has no more than {limit} characters."),
    N_(
        "Close the quotation mark, or double it where it belongs to the text; the row that begins here breaks the "
        "rule in line {line} ({cause})."
    ),
)
FILE_JSON: Final = Rule(
    N_("The description of a story is JSON and holds one object."),
    N_("Correct datapackage.json near line {line}."),
)

# The description of the package (geo.story.tables)

TABLE_DECLARED: Final = Rule(
    N_("The story must have the table “{table}”."),
    N_("Describe {table}.csv in “resources” of datapackage.json."),
)
TABLE_ONCE: Final = Rule(
    N_("A table is described once."),
    N_("Remove all but one resource named “{table}”."),
)
TABLE_KNOWN: Final = Rule(
    N_("The story format has no table of this name."),
    N_("Remove the resource, or correct its name to one of: {allowed}."),
)
TABLE_SCHEMA: Final = Rule(
    N_("The schema of a table is the one of the story format."),
    N_("Copy the schema of “{table}” from data/kim-putin/datapackage.json."),
)
TEXT_GIVEN: Final = Rule(
    N_("“dateline” in datapackage.json gives this property as a text."),
    N_("Write “{property}” as in data/kim-putin/datapackage.json."),
)
TRIPS_GIVEN: Final = Rule(
    N_("“dateline” in datapackage.json lists the trips of the story as objects."),
    N_("Write “trips” as in data/kim-putin/datapackage.json."),
)
TRIPS_APART: Final = Rule(
    N_("A trip begins after the one before it has ended."),
    N_("Correct the days of the trips; “{first}” ends on {end}."),
)
NAMES_GIVEN: Final = Rule(
    N_("“names_fr” gives for each English name of an actor or an origin its French name, both as texts."),
    N_("Write “names_fr” as in data/kim-putin/datapackage.json, or leave it out."),
)
EVENTS_GIVEN: Final = Rule(
    N_("A story has at least one event."),
    N_("Add an event to “events”, with a claim in “claims”."),
)
TRIP_ONCE: Final = Rule(
    N_("A trip has an id of its own, and none is called “background”."),
    N_("Rename the trip."),
)
TRIP_DAYS: Final = Rule(
    N_("A trip has a first and a last calendar day, YYYY-MM-DD, in that order."),
    N_("Correct “start” or “end” of the trip {trip}."),
)

# Columns and cells (geo.story.tables, geo.story.schema)

COLUMN_KNOWN: Final = Rule(
    N_("The table has no column of this name."),
    N_("Remove the column, or correct its name to one of: {columns}."),
)
COLUMN_MISSING: Final = Rule(
    N_("The table must have this column."),
    N_("Add the column; its cells may be empty where it is not required."),
)
COLUMN_ONCE: Final = Rule(
    N_("A column occurs once."),
    N_("Remove all but one column of this name."),
)
ROW_WIDTH: Final = Rule(
    N_("A row has as many cells as the table has columns."),
    N_("This row has {found} cells, not {expected}: correct the commas, or quote a text that holds one."),
)
ROW_BLANK: Final = Rule(
    N_("A row is not blank."),
    N_("Remove the row."),
)
CELL_REQUIRED: Final = Rule(
    N_("The cell must not be empty."),
    N_("Fill in “{column}”."),
)
CELL_ALLOWED: Final = Rule(
    N_("The value is one of a fixed list."),
    N_("Write one of: {allowed}."),
)
CELL_ID: Final = Rule(
    N_("An id is made of small letters a–z and digits, its words joined by hyphens."),
    N_("Write it like “arrival-khasan”."),
)
CELL_FORM: Final = Rule(
    N_("The value must have the form that the codebook gives for the column."),
    N_("Correct it to the form {pattern} (a regular expression)."),
)
CELL_LENGTH: Final = Rule(
    N_("The text is no longer than {limit} characters."),
    N_("Shorten it; it has {length}."),
)
CELL_WHOLE: Final = Rule(
    N_("The value is a whole number."),
    N_("Write digits only."),
)
CELL_NUMBER: Final = Rule(
    N_("The value is a decimal number."),
    N_("Write digits with a point before the decimals, for example 42.4281."),
)
CELL_DAY: Final = Rule(
    N_("The value is a calendar day."),
    N_("Write it as YYYY-MM-DD."),
)
CELL_RANGE: Final = Rule(
    N_("The number lies between {low} and {high}."),
    N_("Correct it; check that latitude and longitude are not exchanged."),
)
ID_ONCE: Final = Rule(
    N_("The same id does not occur in two rows."),
    N_("Give this row another id, or remove it; row {first} has the same."),
)
ID_EXISTS: Final = Rule(
    N_("The id must exist in “{target}”."),
    N_("Correct the id, or add its row to “{target}”."),
)

# Meaning (geo.story.checks)

ZONE_KNOWN: Final = Rule(
    N_("A time zone is a name of the IANA database."),
    N_("Write for example Asia/Vladivostok, Asia/Pyongyang or UTC."),
)
TRIP_KNOWN: Final = Rule(
    N_("The trip is one of the story."),
    N_("Write one of: {allowed}."),
)
NO_CIRCLE: Final = Rule(
    N_("Following “{column}” from row to row never comes back to its start."),
    N_("Break the circle: {circle}."),
)
EVENT_CLAIMED: Final = Rule(
    N_("An event rests on at least one claim."),
    N_("Add a claim for the event to “claims”, or remove the event."),
)
PLACE_BASIS: Final = Rule(
    N_("An event with a place says what the place is known from."),
    N_("Write “stated” or “inferred”."),
)
BASIS_PLACE: Final = Rule(
    N_("Only an event with a place has a basis of the place."),
    N_("Give the event its place, or empty the cell."),
)
RULE_WORDS: Final = Rule(
    N_("A date that follows from words by a rule has the words it follows from."),
    N_("Fill in “when_as_written”, or correct the basis of the date."),
)
STANCES_AGREE: Final = Rule(
    N_("One paragraph does not report and deny the same event."),
    N_("Correct the stance, or make two events of it; row {first} says “{stance}”."),
)
ATTRIBUTED_ORIGIN: Final = Rule(
    N_("A claim attributed to someone names the origin."),
    N_("Write the id of the origin of “{attributed_to}”, or empty the attribution."),
)
ORIGIN_ATTRIBUTED: Final = Rule(
    N_("Only a claim attributed to someone names an origin."),
    N_("Write to whom the article attributes the claim, or empty the origin “{origin}”."),
)
VERSIONS_DIFFER: Final = Rule(
    N_("A disagreement has at least two versions."),
    N_("Add the other version to “versions”, or remove the disagreement “{disagreement}”."),
)
REPORTED_BEFORE: Final = Rule(
    N_("What a claim reports does not begin after its source was published."),
    N_("Correct the date, the stance, or the day of publication of “{source}” ({published})."),
)
SUPERSEDED_BY: Final = Rule(
    N_("A superseded event points to the event that replaces it."),
    N_("Write the id of the event that replaces it, or correct the status."),
)
TOPONYM_ONE_PLACE: Final = Rule(
    N_("A toponym means one place, however it is accented or hyphenated."),
    N_("Correct one of the rows; row {first} gives it to “{place}”."),
)
PLACE_GEOCODED: Final = Rule(
    N_("A place has exactly one chosen row in geocodes; it has {count}."),
    N_("Run python -m geo.geocoding --story on the story’s folder, or add a row by hand."),
)
PLACE_WHERE_CHOSEN: Final = Rule(
    N_("A place stands where its chosen row in geocodes does: {lat}, {lon}."),
    N_("Correct the row in geocodes and run python -m geo.geocoding --story on the story’s folder."),
)
BY_HAND_WHY: Final = Rule(
    N_("A decision by hand says why, in both languages."),
    N_("Fill in note_en and note_fr."),
)
LEG_ORDER: Final = Rule(
    N_("A leg arrives no earlier than it departs, at the earliest and at the latest."),
    N_("Correct the departure or the arrival; the leg departs {depart}."),
)
LEG_CHAIN: Final = Rule(
    N_("A train leaves from where its leg before arrived."),
    N_("Correct the leg, or add the leg between; “{previous}” arrives at “{place}”."),
)
LEG_AFTER: Final = Rule(
    N_("A train leaves after its leg before arrived."),
    N_("Correct the departure, or the arrival of “{previous}” ({arrive})."),
)
LEG_TRACK_END: Final = Rule(
    N_("A track starts and ends within {limit} km of the places of its leg."),
    N_("Correct the track or the leg; “{place}” lies {distance} km away from it."),
)
TRACK_ORDER: Final = Rule(
    N_("The waypoints of a track follow each other with rising numbers."),
    N_("Number the waypoints in the order of the rows; the row before has {previous}."),
)
TRACK_POINTS: Final = Rule(
    N_("A track has at least two waypoints."),
    N_("Add the other end of the track."),
)

"""The rules of a story, each with its remedy, as translatable templates."""

from typing import Final

from geo.story.faults import N_, Rule

# Dates (geo.story.when)

DATE_FORM: Final = Rule(
    N_(
        "A date must be YYYY, YYYY-MM or YYYY-MM-DD; a time must have an offset; an interval is two of these "
        "joined by “/”."
    ),
    N_("Write, for example, 2002, 2023-07, 2023-09-13, 2023-09-13~ or 2023-09-12T06:00+10:00."),
)
DATE_EXISTS: Final = Rule(
    N_("The date must exist in the calendar."),
    N_("Correct the year, month, day, hour or offset of “{part}”."),
)
DATE_IN_ZONE: Final = Rule(
    N_("The date must have existed in its time zone ({zone})."),
    N_("Correct the date, or the time zone of the place."),
)
DATE_RANGE: Final = Rule(
    N_("A date must be between the years 0002 and 9998."),
    N_("Correct the year of “{part}”."),
)
TIME_OFFSET: Final = Rule(
    N_("A time of day must have the UTC offset of its place."),
    N_("Add the offset to “{part}”, for example +10:00 (Vladivostok), +09:00 (Pyongyang) or Z."),
)
TIME_OFFSET_OF_PLACE: Final = Rule(
    N_("A time of day must have the offset that its place keeps at that moment ({zone})."),
    N_("Write “{part}” with {offset}, or as UTC with Z; if the clocks change on that day, check the hour, too."),
)
TIME_MARK: Final = Rule(
    N_("Only a date may be marked “?”, “~” or “%”, not a time."),
    N_("Write an uncertain time as an interval: 2023-09-12T06:00+10:00/2023-09-12T12:00+10:00."),
)
WINDOW_ENDS: Final = Rule(
    N_("An interval must have a start and an end, “start/end”; only the end may be open, “start/..”."),
    N_("Give the interval a start; if no source gives its end, leave it open with “..”."),
)
WINDOW_ORDER: Final = Rule(
    N_("An interval must end after it starts."),
    N_("Swap the start and the end, or correct the wrong one."),
)

# Files (geo.story.files, geo.story.tables)

STORY_FOLDER: Final = Rule(
    N_("A story must be a folder."),
    N_("Give the path of a folder that contains datapackage.json and the tables."),
)
FILE_EXISTS: Final = Rule(
    N_("The story must have this file."),
    N_("Add the file {file} to the story’s folder."),
)
FILE_NAME: Final = Rule(
    N_("The path of a table must be the bare name of a CSV file in the story’s folder."),
    N_("Put the file into the story’s folder and write only its name, for example {file}."),
)
FILE_OPENS: Final = Rule(
    N_("The file must be readable."),
    N_("Check that you have permission to read it ({cause})."),
)
FILE_SIZE: Final = Rule(
    N_("A file must not be larger than {limit} MB."),
    N_("Split the story, or remove what it does not need; this file is {size} MB."),
)
FILE_ROWS: Final = Rule(
    N_("A table must not have more than {limit} rows."),
    N_("Split the story, or remove what it does not need."),
)
FILE_EMPTY: Final = Rule(
    N_("A table must not be empty; it must start with a row of column names."),
    N_("Write the column names in the first row: {columns}."),
)
FILE_UTF8: Final = Rule(
    N_("A file must be encoded in UTF-8."),
    N_(
        "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”; or with iconv); byte {position} cannot be read: "
        "{byte}, on line {line}."
    ),
)
FILE_MARK: Final = Rule(
    N_("A file must be encoded in UTF-8; this one begins with the byte order mark of {encoding}."),
    N_("Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”; or: iconv -f {encoding} -t UTF-8)."),
)
FILE_NUL: Final = Rule(
    N_("A file must be text, without NUL bytes."),
    N_("Save the file as UTF-8 text; byte {position}, on line {line}, is NUL."),
)
FILE_LINE: Final = Rule(
    N_("A line must not have more than {limit} bytes."),
    N_("Check that each row is on a line of its own; line {line} is longer."),
)
FILE_CSV: Final = Rule(
    N_("Quotation marks must come in pairs, and a cell must not have more than {limit} characters."),
    N_(
        "Close the quotation mark, or double it if it belongs to the text; the row that begins here breaks the "
        "rule on line {line} ({cause})."
    ),
)
FILE_JSON: Final = Rule(
    N_("The description of a story must be JSON with one object."),
    N_("Correct datapackage.json near line {line}."),
)

# The description of the package (geo.story.tables)

TABLE_DECLARED: Final = Rule(
    N_("The story must have the table “{table}”."),
    N_("Add {table}.csv to “resources” in datapackage.json."),
)
TABLE_ONCE: Final = Rule(
    N_("A table must be listed only once."),
    N_("Keep only one resource named “{table}”."),
)
TABLE_KNOWN: Final = Rule(
    N_("The story format has no table with this name."),
    N_("Remove the resource, or change its name to one of: {allowed}."),
)
TABLE_SCHEMA: Final = Rule(
    N_("The schema of a table must be the story format’s."),
    N_("Run python -m geo.story.describe on the story’s folder, or leave out the schema of “{table}”."),
)
TEXT_GIVEN: Final = Rule(
    N_("“dateline” in datapackage.json must have this property, as text."),
    N_("Write “{property}” as in data/kim-putin/datapackage.json."),
)
INTRO_LENGTH: Final = Rule(
    N_("The introduction of a story must have at most {most} characters."),
    N_("Say in two sentences what happened and why it matters."),
)
TRIPS_GIVEN: Final = Rule(
    N_("“dateline” in datapackage.json must list the story’s trips, as objects."),
    N_("Write “trips” as in data/kim-putin/datapackage.json."),
)
TRIPS_APART: Final = Rule(
    N_("A trip must begin after the previous one has ended."),
    N_("Correct the days of the trips; “{first}” ends on {end}."),
)
NAMES_GIVEN: Final = Rule(
    N_("“names_fr” must map English names of actors and origins to French ones, as text."),
    N_("Write “names_fr” as in data/kim-putin/datapackage.json, or leave it out."),
)
EVENTS_GIVEN: Final = Rule(
    N_("A story must have at least one event."),
    N_("Add an event to “events”, and a claim for it to “claims”."),
)
TRIP_ONCE: Final = Rule(
    N_("Each trip must have its own id, other than “background”."),
    N_("Rename the trip."),
)
TRIP_DAYS: Final = Rule(
    N_("A trip must have a first and a last calendar day, YYYY-MM-DD, in that order."),
    N_("Correct “start” or “end” of trip {trip}."),
)

# Columns and cells (geo.story.tables, geo.story.cells)

COLUMN_KNOWN: Final = Rule(
    N_("The table has no column with this name."),
    N_("Remove the column, or change its name to one of: {columns}."),
)
COLUMN_MISSING: Final = Rule(
    N_("The table must have this column."),
    N_("Add the column, and fill its cells."),
)
COLUMN_ONCE: Final = Rule(
    N_("A column must appear only once."),
    N_("Keep only one column with this name."),
)
ROW_WIDTH: Final = Rule(
    N_("A row must have as many cells as the table has columns."),
    N_(
        "This row has {found} cells instead of {expected}: correct the commas, or put text that contains one in "
        "quotation marks."
    ),
)
ROW_BLANK: Final = Rule(
    N_("A row must not be blank."),
    N_("Remove the row."),
)
CELL_REQUIRED: Final = Rule(
    N_("The cell must not be empty."),
    N_("Fill in “{column}”."),
)
CELL_ALLOWED: Final = Rule(
    N_("The value must be one of a fixed list."),
    N_("Write one of: {allowed}."),
)
CELL_ID: Final = Rule(
    N_("An id must consist of lower-case letters a–z and digits, with hyphens between words."),
    N_("Write it like “arrival-khasan”."),
)
CELL_FORM: Final = Rule(
    N_("The value must have the form that the codebook specifies for the column."),
    N_("Correct it to match {pattern} (a regular expression)."),
)
CELL_LENGTH: Final = Rule(
    N_("The text must not be longer than {limit} characters."),
    N_("Shorten it; it has {length}."),
)
CELL_WHOLE: Final = Rule(
    N_("The value must be a whole number."),
    N_("Write digits only."),
)
CELL_NUMBER: Final = Rule(
    N_("The value must be a decimal number."),
    N_("Write digits with a decimal point, for example 42.4281."),
)
CELL_DAY: Final = Rule(
    N_("The value must be a calendar day."),
    N_("Write it as YYYY-MM-DD."),
)
CELL_RANGE: Final = Rule(
    N_("The number must be between {low} and {high}."),
    N_("Correct it; check that latitude and longitude are not swapped."),
)
ID_ONCE: Final = Rule(
    N_("An id must not appear in two rows."),
    N_("Give this row another id, or remove it; row {first} has the same id."),
)
ID_EXISTS: Final = Rule(
    N_("The id must exist in “{target}”."),
    N_("Correct the id, or add a row for it to “{target}”."),
)

# Meaning (geo.story.checks)

ZONE_KNOWN: Final = Rule(
    N_("A time zone must be a name from the IANA database."),
    N_("Write, for example, Asia/Vladivostok, Asia/Pyongyang or UTC."),
)
TRIP_KNOWN: Final = Rule(
    N_("The trip must be one of the story’s."),
    N_("Write one of: {allowed}."),
)
NO_CIRCLE: Final = Rule(
    N_("“{column}” must not contain a cycle."),
    N_("Break the cycle: {circle}."),
)
EVENT_CLAIMED: Final = Rule(
    N_("An event must have at least one claim."),
    N_("Add a claim for this event to “claims”, or remove the event."),
)
PLACE_BASIS: Final = Rule(
    N_("An event with a place must say how the place is known."),
    N_("Write “stated” or “inferred”."),
)
BASIS_PLACE: Final = Rule(
    N_("An event without a place must not say how the place is known."),
    N_("Give the event a place, or clear the cell."),
)
RULE_WORDS: Final = Rule(
    N_("A date that was read by a rule must have the words it was read from."),
    N_("Fill in “when_as_written”, or correct “when_basis”."),
)
STANCES_AGREE: Final = Rule(
    N_("A paragraph must not both report and deny the same event."),
    N_("Correct the stance, or split the event in two; row {first} says “{stance}”."),
)
ATTRIBUTED_ORIGIN: Final = Rule(
    N_("A claim that is attributed to someone must name its origin."),
    N_("Write the id of the origin of “{attributed_to}”, or clear “attributed_to”."),
)
ORIGIN_ATTRIBUTED: Final = Rule(
    N_("A claim that is attributed to nobody must not name an origin."),
    N_("Write to whom the article attributes the claim, or clear the origin “{origin}”."),
)
VERSIONS_DIFFER: Final = Rule(
    N_("A disagreement must have at least two versions."),
    N_("Add the other version to “versions”, or remove disagreement “{disagreement}”."),
)
REPORTED_BEFORE: Final = Rule(
    N_("What a claim reports must not begin after its source was published."),
    N_("Correct the date, the stance, or the publication date of “{source}” ({published})."),
)
TITLES_THEN: Final = Rule(
    N_("A headline of before must be given in both languages."),
    N_("Fill in title_then_en and title_then_fr, or leave both empty."),
)
LABELS: Final = Rule(
    N_("A short label must be given in both languages."),
    N_("Fill in label_en and label_fr, or leave both empty."),
)
KEY_ONCE: Final = Rule(
    N_("Each key moment must have a number of its own."),
    N_("Number the key moments 1, 2, 3 … in the order of time."),
)
KEY_ORDER: Final = Rule(
    N_("The numbers of key moments must rise with time; “{other}”, which is later, has a lower one."),
    N_("Number the key moments 1, 2, 3 … in the order of time."),
)
CAPTION_LENGTH: Final = Rule(
    N_("The summary of a key moment is its caption and must have at most {most} words."),
    N_("Shorten it; what is left out can go into the events that are part of this one."),
)
SUPERSEDED_BY: Final = Rule(
    N_("A superseded event must point to the event that replaces it."),
    N_("Write the id of the event that replaces it, or correct the status."),
)
PERSON_ONCE: Final = Rule(
    N_("Two people must not have the same name, regardless of accents and hyphens."),
    N_("Join the rows, or tell the names apart; row {first} has the same name."),
)
TOPONYM_ONE_PLACE: Final = Rule(
    N_("A toponym must mean one place, regardless of accents and hyphens."),
    N_("Correct one of the rows; row {first} assigns it to “{place}”."),
)
PLACE_GEOCODED: Final = Rule(
    N_("A place must have exactly one chosen row in geocodes; this one has {count}."),
    N_("Run python -m geo.geocoding --story with the story’s folder, or add a row by hand."),
)
PLACE_WHERE_CHOSEN: Final = Rule(
    N_("A place must have the coordinates of its chosen row in geocodes: {lat}, {lon}."),
    N_("Correct the row in geocodes and run python -m geo.geocoding --story with the story’s folder."),
)
BY_HAND_WHY: Final = Rule(
    N_("A decision by a curator must be explained, in both languages."),
    N_("Fill in note_en and note_fr."),
)
LEG_ORDER: Final = Rule(
    N_("A leg must not arrive before it departs."),
    N_("Correct the departure or the arrival; the leg departs {depart}."),
)
LEG_CHAIN: Final = Rule(
    N_("A train must depart from the place where its previous leg arrived."),
    N_("Correct the leg, or add the missing one; “{previous}” arrives at “{place}”."),
)
LEG_AFTER: Final = Rule(
    N_("A train must depart after its previous leg arrived."),
    N_("Correct the departure, or the arrival of “{previous}” ({arrive})."),
)
LEG_SPEED: Final = Rule(
    N_("A train must be able to arrive in time at its greatest speed."),
    N_("Correct the speed, or the times: at {speed} km/h the {length} km of the line take {hours} hours."),
)
LEG_TRACK_END: Final = Rule(
    N_("A track must start and end within {limit} km of its leg’s places."),
    N_("Correct the track or the leg; “{place}” is {distance} km away."),
)
TRACK_ORDER: Final = Rule(
    N_("The waypoints of a track must be numbered in ascending order."),
    N_("Number the waypoints in the order of the rows; the previous row has {previous}."),
)
TRACK_POINTS: Final = Rule(
    N_("A track must have at least two waypoints."),
    N_("Add the other end of the track."),
)

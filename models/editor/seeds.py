"""Topics, names and words from which the prompts for clean text, the drills and the variants are drawn."""

from tables import record

_SEEDS = record("seeds")
SUBJECTS = _SEEDS["subjects"]
# A third of the prompts name no place.
PLACES = [*_SEEDS["places"], *[""] * 12]
FIRST_NAMES = _SEEDS["first_names"]
LAST_NAMES = _SEEDS["last_names"]
PLACE_NAMES = _SEEDS["place_names"]
COMPANIES = _SEEDS["companies"]
# Words whose right use is worth seeing: confusables, irregular forms, patterns.
PATTERNS = _SEEDS["patterns"]
# What a text may be asked to mention, each with its own numbers.
DETAILS = _SEEDS["details"]
MONTHS = "January February March April May June July August September October November December".split()

"""Loads the tables of words, phrases and sentences in tables/."""

import json
import os

_FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables")


def _read(name):
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


def lines(name):
    """The lines of NAME.txt; "\\n" stands for a line break."""
    return [line.replace("\\n", "\n") for line in _read(f"{name}.txt").splitlines()]


def replacements(name):
    """NAME.txt, with lines "key: value, value", as {key: [value, value]}, in the file's order."""
    rows = (line.split(": ") for line in lines(name))
    return {key: values.split(", ") for key, values in rows}


def record(name):
    """The object in NAME.json."""
    return json.loads(_read(f"{name}.json"))

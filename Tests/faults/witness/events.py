"""What events and alerts say, as far as the judge asks."""

from dataclasses import dataclass
import json
import re

SOURCE = re.compile(rb'"source":\{"topic":"[^"]+","partition":(\d+),"offset":(\d+)')
# A quote within a text has a backslash, so none of these can be found in one.
NAME = re.compile(rb'\A\{"id":"([^"]*)","revision":(\d+),')
COMPLETE = re.compile(rb'"complete":(true|false)')
SECTIONS = re.compile(rb'"sections":\{"expected":(\d+),"received":\[([\d,]*)\],"missing":\[([\d,]*)\]')


@dataclass
class Release:
    """One event of a telegram, as a read_committed reader sees it."""

    name: str  # its id
    identity: str  # ce_id
    revision: int
    complete: bool
    expected: int
    received: list
    missing: list
    sources: list  # (partition, offset), in section order
    place: tuple = ()  # topic and partition where it stands
    time: int = 0  # the broker's, in milliseconds


@dataclass
class Alert:
    code: str
    subject: str
    identity: str  # ce_id
    sources: list  # (partition, offset)
    details: dict
    time: int = 0  # the broker's, in milliseconds


def identity(message):
    return dict(message.headers() or [])["ce_id"].decode()


def release(message):
    value = message.value()
    name, revision = NAME.match(value).groups()
    expected, *lists = SECTIONS.search(value).groups()
    received, missing = ([int(number) for number in text.split(b",") if number] for text in lists)
    return Release(
        name.decode(),
        identity(message),
        int(revision),
        COMPLETE.search(value)[1] == b"true",
        int(expected),
        received,
        missing,
        [(int(partition), int(offset)) for partition, offset in SOURCE.findall(value)],
        (message.topic(), message.partition()),
        message.timestamp()[1],
    )


def alert(message):
    told = json.loads(message.value())
    return Alert(
        told["code"],
        told["subject"],
        identity(message),
        [(source["partition"], source["offset"]) for source in told["sources"]],
        told.get("details", {}),
        message.timestamp()[1],
    )

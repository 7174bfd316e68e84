"""A telegram in sections, as the State network sends a long one (format 3.1, 3.2); decided here a second time, independent of
the program under test."""

import re

LEVEL = re.compile(rb"\A(UNCLAS |C O N F I D E N T I A L |S E C R E T )")
SERIAL = re.compile(rb"\A(DE \S+ #\d+)")
# Behind a sentence that ends its line, nobody could tell whether a paragraph ended there.
ENDS = {b".", b":", b"?", b"!", b")", b"-"}


def cut(octets, count, chance):
    """The sections in their order, each with heading, class line, captions, E.O., TAGS and SUBJECT; fewer than `count` where
    the text has not enough places to be cut at."""
    lines = octets.split(b"\n")[:-1]
    separation = lines.index(b"BT")
    end = len(lines) - 1 - lines[::-1].index(b"BT")
    body = find(lines, b"1.  ", separation)
    subject = find(lines, b"SUBJECT", separation)
    repeated = lines.index(b"", subject) + 1
    places = [at for at in range(body + 1, end) if lines[at][:1] not in {b"", b"-"} and lines[at - 1][-1:] not in ENDS]
    cuts = sorted(chance.sample(places, min(count - 1, len(places))))
    if not cuts:
        return [octets]
    bounds = [body, *cuts, end]
    # Attention lines stand in section 1 only, and so do REF and the classifier.
    again = [line for line in lines[separation + 2 : subject] if not line.startswith((b"DEPT", b"USDOC"))]
    again += lines[subject:repeated]
    found = []
    for number in range(1, len(bounds)):
        heading = [SERIAL.sub(rb"\1/%02d" % number, line) for line in lines[: separation + 1]]
        place = rb"\1SECTION %02d OF %02d " % (number, len(bounds) - 1)
        head = lines[separation + 2 : body] if number == 1 else again
        section = [*heading, LEVEL.sub(place, lines[separation + 1]), *head, *lines[bounds[number - 1] : bounds[number]]]
        found.append(b"\n".join([*section, *lines[end:], b""]))
    return found


def find(lines, start, at):
    return next(place for place in range(at, len(lines)) if lines[place].startswith(start))

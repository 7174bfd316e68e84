#!/usr/bin/env bash
# Telegrams in sections: put together from any partitions and by any workers, released incomplete at their deadline, mended by
# what comes late, and known again after a kill; each once where that was asked for.
. "$(dirname "$0")/cases.sh"
COUNT=${COUNT:-300}
begin() { # NAME [LINE...]: a case; a telegram in one piece makes its topic
  fresh "$@"
  echo 999 1 1 | compose | tr -d '\001' | publish -
}
# "SERIAL NUMBER COUNT [PRECEDENCE]" a line on standard input: that section, each ended by an octet 1. With a COUNT of 1 it is a
# telegram in one piece. The date-time group goes by the serial: different telegrams wait in different partitions.
compose() {
  awk '{
    serial = sprintf("%04d", $1); number = sprintf("%02d", $2); word = $4 == "" ? "PRIORITY" : $4
    letter = word == "IMMEDIATE" ? "O" : word == "FLASH" ? "Z" : substr(word, 1, 1)
    time = sprintf("%02d%02d", int($1 / 60) % 24, $1 % 60)
    printf "VZCZCEKI%04d\n%s%s RUEHC\nDE RUEHEK #%s%s 076%s\nZNY CCCCC ZZH\n", ($1 * 10 + $2) % 10000, letter, letter, serial, ($3 > 1 ? "/" number : ""), time
    printf "%s 17%sZ MAR 09\nFM AMEMBASSY BISHKEK\nTO RUEHC/SECSTATE WASHDC %s\nBT\n", letter, time, word
    printf "C O N F I D E N T I A L %sBISHKEK 00%s\n\nSIPDIS\n\n", ($3 > 1 ? sprintf("SECTION %s OF %02d ", number, $3) : ""), serial
    printf "E.O. 12958: DECL: 03/17/2019\nTAGS: ENRG KG\nSUBJECT: GATES OF THE UPPER SLUICE, READING %s\n\n", serial
    printf "%d.  (C) THE KEEPER OF GATE %d READ HIS GAUGE TWICE BEFORE NOON.\n", $2, $2
    printf "%sBT\n#%s\nNNNN\n\001", ($2 == $3 ? "HALVORSEN\n" : ""), serial
  }'
}
send() { echo "${@:2}" | compose | put "$1"; } # PARTITION SERIAL NUMBER COUNT [PRECEDENCE]
waiting() { [ "$(ends "$SECTIONS" 2>/dev/null | awk '{s += $2} END {print s + 0}')" -ge "$1" ]; }
# Of each event of a telegram in sections: id, revision, complete or not, sections that came.
verdicts() {
  read_all "$OUT" '%s\n' | sed 's/^{"id":"\([^"]*\)","revision":\([0-9]*\),.*"complete":\([a-z]*\),.*"sections":{"expected":[0-9]*,"received":\[\([0-9,]*\)\].*/\1 \2 \3 \4/' | grep -v BISHKEK999 | sort
}
codes() { read_all "$ALERTS" '%s\n' | sed -n 's/^{"code":"\([a-z-]*\)".*"subject":"\([^"]*\)".*/\1 \2/p' | grep -E '^(section-|duplicate)' | sort; }

# Three sections on three partitions in the order 1, 3, 2, with other telegrams between.
begin order
send 1 301 1 3; send 1 311 1 1; send 4 301 3 3; send 4 312 1 1; send 7 301 2 3
until_idle
same "order: events" "$(verdicts)" "$(printf '%s\n' '09BISHKEK301 1 true 1,2,3' '09BISHKEK311 1 true 1' '09BISHKEK312 1 true 1')"
event=$(read_all "$OUT" '%s\n' | grep '^{"id":"09BISHKEK301"')
same "order: sources in section order" "$(grep -o '"partition":[0-9]*' <<<"$event" | tr -dc '0-9\n' | tr '\n' ' ')" '1 7 4 '
for number in 1 2 3; do grep -q "THE KEEPER OF GATE $number" <<<"$event" || fail "order: the event lacks the text of section $number"; done
same "order: alerts" "$(codes)" ""
at_the_ends "$IN" "$SECTIONS"
# The same section once more, elsewhere, while others are missing: one event and an alert that names both.
begin twice
send 2 302 1 2; send 3 302 1 2
until_idle
same "twice: alerts" "$(codes)" "duplicate 09BISHKEK302"
same "twice: what it names" "$(read_all "$ALERTS" '%s\n' | grep '"code":"duplicate"' | grep -o '"partition":[0-9]*' | sort | tr -dc '0-9\n' | tr '\n' ' ')" "2 3 "
# What waits is no work: it ended with 0, and says so.
same "twice: events of what waits" "$(verdicts)" ""
grep -qE 'balances=true.*held=1|held=1 .*balances=true' "$WORK/twice-idle.log" || fail "twice: not one section is held: $(tail -2 "$WORK/twice-idle.log")"
at_the_ends "$IN"
send 5 302 2 2
until_idle
same "twice: events" "$(verdicts)" "09BISHKEK302 1 true 1,2"
same "twice: alerts in the end" "$(codes)" "duplicate 09BISHKEK302"
at_the_ends "$IN" "$SECTIONS"

# One is missing, and nothing else comes: the deadline of its precedence releases the rest, what is late mends it.
begin late "sections: { flash: 1s, priority: 3s }"
start a
send 1 303 1 3; send 2 303 3 3; send 3 304 1 2 FLASH
await "two incomplete telegrams" holds "$OUT" 3
same "late: events" "$(verdicts)" "$(printf '%s\n' '09BISHKEK303 1 false 1,3' '09BISHKEK304 1 false 1')"
await "two alerts" holds "$ALERTS" 2
same "late: alerts" "$(codes)" "$(printf '%s\n' 'section-missing 09BISHKEK303' 'section-missing 09BISHKEK304')"
read_all "$ALERTS" '%s\n' | grep 303 | grep -q '"missing":\[2\]' || fail "late: the alert does not say that section 2 is missing"
when() { kcat -b "$BROKERS" -C -t "$OUT" -o beginning -e -q -f '%k %T\n' | sed -n "s/^09BISHKEK$1 //p"; }
[ "$(when 304)" -lt "$(when 303)" ] || fail "late: FLASH did not come before PRIORITY"
send 8 303 2 3
await "the second revision" holds "$OUT" 4
same "late: revisions" "$(verdicts | grep 303)" "$(printf '%s\n' '09BISHKEK303 1 false 1,3' '09BISHKEK303 2 true 1,2,3')"
await "the alert on it" holds "$ALERTS" 3
same "late: alert" "$(codes | grep late)" "section-late 09BISHKEK303"
finish a "$last"
at_the_ends "$IN" "$SECTIONS"

# Killed while a set waits, with what is finished behind it in the same partition of the sections topic: another worker knows
# what the commit says, and completes the set.
begin killed
start a; first=$last
send 1 305 1 3
await "the first section" waiting 1
send 2 1745 1 2; send 3 1745 2 2; send 4 305 2 3
await "the complete telegram" holds "$OUT" 2
await "all sections" waiting 4
text() { kcat -b "$BROKERS" -C -t __consumer_offsets -o beginning -e -q -f '%k %s\n' | grep -a "$GROUP" | grep -a "$SECTIONS" | grep -ao 'tr1;o=[0-9]*;n=[0-9,]*;[ -~]*' | tail -1; }
known() { text | grep -q '^tr1;o=0;n=2,0,0,0,1;.'; }
await "a commit that tells of the two behind the one that waits" known
kill -KILL "$first"; wait "$first" 2>/dev/null || true
start b
send 6 305 3 3
await "the set" holds "$OUT" 3
finish b "$last"
same "killed: events" "$(verdicts)" "$(printf '%s\n' '09BISHKEK1745 1 true 1,2' '09BISHKEK305 1 true 1,2,3')"
same "killed: alerts" "$(codes)" ""
at_the_ends "$IN" "$SECTIONS"

# Two workers, sections on partitions of both.
begin two
until_idle
start_two
for serial in $(seq 400 429); do
  printf '%s\n' "$serial 1 3" >>"$WORK/low"; printf '%s\n' "$serial 2 3" >>"$WORK/middle"; printf '%s\n' "$serial 3 3" >>"$WORK/high"
done
compose <"$WORK/high" | put 11
compose <"$WORK/low" | put 0
compose <"$WORK/middle" | put 5
await "thirty telegrams" holds "$OUT" 31
finish a "$first"; finish b "$last"
same "two: events" "$(verdicts)" "$(seq -f '09BISHKEK%g 1 true 1,2,3' 400 429)"
at_the_ends "$IN" "$SECTIONS"

# Killed again and again while hundreds of sets wait.
expected() { seq -f '09BISHKEK%g 1 true 1,2,3' 1000 $((999 + COUNT)); }
battered() { # DELIVERY
  begin "$1" "delivery: $1"
  seq 1000 $((999 + COUNT)) | awk '{for (i = 1; i <= 3; i++) print $1, i, 3}' | shuf --random-source="$TAPERELAY" \
    | compose | scatter
  lives section-forwarded:$COUNT sections-released:$((COUNT / 5)) journal-written:$((COUNT / 5)) sections-released:$((COUNT / 4))
  until_idle -X kafka.group.instance.id=only
  at_the_ends "$IN"
}
battered exactly-once
same "exactly once: events that are not each telegram, once and complete" "$(diff <(expected) <(verdicts))" ""
same "exactly once: alerts" "$(codes)" ""
at_the_ends "$SECTIONS"
battered at-least-once
same "at least once: telegrams without a complete event" "$(comm -23 <(expected) <(verdicts | sort -u) | wc -l)" 0

# What the topic must not be like.
refused() { # NAME SETTING PATTERN
  begin "$1"
  "$CLUSTER" tool topics --create --topic "$SECTIONS" --partitions 12 --config "$2" >/dev/null
  local status=0
  timeout 60 "$TAPERELAY" run --config "$CONFIG" 2>"$WORK/$1.err" || status=$?
  same "$1: status" "$status" 78
  grep -qE -- "$3" "$WORK/$1.err" || fail "$1: it does not say $3: $(cat "$WORK/$1.err")"
}
if [ -n "${CLUSTER:-}" ]; then
  refused retention retention.ms=3600000 '86400000 \+ 3600000 = 90000000'
  refused compact cleanup.policy=compact 'cleanup.policy'
fi
# Another life knows what was released: a copy is one, and what is late is joined with what is read again from the input.
remembered() { # DELIVERY
  begin "remembered-$1" "delivery: $1" "sections: { priority: 2s }"
  start a; first=$last
  send 1 306 1 3; send 2 306 3 3; send 3 307 1 2; send 4 307 2 2
  await "a complete and an incomplete telegram" holds "$OUT" 3
  await "what is to be remembered of them" holds "$JOURNAL" 2
  kill -KILL "$first"; wait "$first" 2>/dev/null || true
  start b
  send 5 307 2 2; send 6 306 2 3
  await "the second revision" holds "$OUT" 4
  await "the alerts" holds "$ALERTS" 3
  finish b "$last"
  same "$case: events" "$(verdicts)" "$(printf '%s\n' '09BISHKEK306 1 false 1,3' '09BISHKEK306 2 true 1,2,3' '09BISHKEK307 1 true 1,2')"
  same "$case: alerts" "$(codes)" "$(printf '%s\n' 'duplicate 09BISHKEK307' 'section-late 09BISHKEK306' 'section-missing 09BISHKEK306')"
  same "$case: sources of the second revision" \
    "$(read_all "$OUT" '%s\n' | grep '^{"id":"09BISHKEK306","revision":2' | grep -o '"partition":[0-9]*' | tr -dc '0-9\n' | tr '\n' ' ')" '1 6 2 '
  same "$case: what the copy's alert names" \
    "$(read_all "$ALERTS" '%s\n' | grep '"code":"duplicate"' | grep -o '"partition":[0-9]*' | sort | tr -dc '0-9\n' | tr '\n' ' ')" "4 5 "
  at_the_ends "$IN" "$SECTIONS"
}
remembered at-least-once
remembered exactly-once

if [ -n "${CLUSTER:-}" ]; then
  forgetful() { # NAME SETTING PATTERN: a journal that would forget
    begin "$1"
    "$CLUSTER" tool topics --create --topic "$JOURNAL" $2 >/dev/null
    local status=0
    timeout 60 "$TAPERELAY" run --config "$CONFIG" 2>"$WORK/$1.err" || status=$?
    same "$1: status" "$status" 78
    grep -qE -- "$3" "$WORK/$1.err" || fail "$1: it does not say $3: $(cat "$WORK/$1.err")"
  }
  forgetful deleting "--partitions 12 --config cleanup.policy=delete" 'cleanup.policy is delete'
  forgetful few "--partitions 4 --config cleanup.policy=compact" '4 partitions.*--partitions 12'
fi
echo "$COUNT telegrams in three sections each, four kills: each once under exactly-once"

#!/usr/bin/env bash
# One telegram with a warning and a critical finding, one with neither: alerts as another consumer reads them, from the
# configured severity up; read again, replayed and compared they are the same alerts, and the audit knows them.
. "$(dirname "$0")/common.sh"
configure
cat >"$WORK/conflict.txt" <<'T'
VZCZCEKI0418
RR RUEHC
DE RUEHEK #0232 0760915
ZNR UUUUU ZZH
R 170915Z MAR 09
FM AMEMBASSY BISHKEK
TO RUEHC/SECSTATE WASHDC 1845
BT
UNCLAS BISHKEK 000232

SIPDIS

E.O. 12958: N/A
TAGS: ENRG KG
SUBJECT: FLOW DATA FOR THE NARYN SITES

1.  (SBU) THE MINISTRY SENT NEW FLOW DATA.

2.  (C) THE OLD DATA WERE WRONG.
HALVORSEN
BT
#0232

NNNN
T
# Without the SBU and the portion above it there is nothing to say.
sed -e 's/(SBU)/(U)/;s/(C)/(U)/;s/0232/0233/;s/0418/0419/;s/000232/000233/' "$WORK/conflict.txt" >"$WORK/plain.txt"
run() { "$TAPERELAY" run --config "$CONFIG" --until-idle "$@" 2>>"$WORK/run.log" || { tail -5 "$WORK/run.log" >&2; fail "run ended with $?"; }; }
codes() { read_all "$1" '%s\n' | sed -n 's/^{"code":"\([a-z-]*\)".*/\1/p' | sort; }
identifiers() { read_all "$1" '%h\n' | grep -o 'ce_id=[^,]*' | sort; }
"$TAPERELAY" publish --config "$CONFIG" "$WORK/conflict.txt" "$WORK/plain.txt" --quiet
run
same "events" "$(read_all "$OUT" '%k\n' | sort)" $'09BISHKEK232\n09BISHKEK233'
same "alerts" "$(codes "$ALERTS")" $'portion-above-classification\nsbu-caption-missing'
same "keys" "$(read_all "$ALERTS" '%k\n' | sort -u)" "09BISHKEK232"
same "types" "$(read_all "$ALERTS" '%h\n' | grep -o 'ce_type=[^,]*' | sort -u)" "ce_type=taperelay.alert.v1"
same "subjects" "$(read_all "$ALERTS" '%h\n' | grep -o 'ce_subject=[^,]*' | sort -u)" "ce_subject=09BISHKEK232"
same "ce_ids" "$(identifiers "$ALERTS" | uniq | wc -l)" 2
source=$(sources "$OUT" | head -1)
event=$(kcat -b "$BROKERS" -C -t "$OUT" -o beginning -e -q -f '%k %h\n' | sed -n 's/^09BISHKEK232 .*ce_id=\([^,]*\).*/\1/p')
critical=$(read_all "$ALERTS" '%s\n' | grep '"severity":"critical"')
for part in '"code":"portion-above-classification"' '"subject":"09BISHKEK232"' '"count":1,"findings":[{' '"paragraph":2' \
  "\"event\":\"$event\"" "\"sources\":[{\"topic\":\"$IN\",\"partition\":"; do
  case $critical in *"$part"*) ;; *) fail "the alert lacks $part: $critical" ;; esac
done
[ -n "$source" ] || fail "the events name no source"
# Two records, three outputs too many: the ledger counts records, and the audit does not take an alert for an event.
grep -q 'balances=true' "$WORK/run.log" || fail "the ledger is not closed: $(tail -3 "$WORK/run.log")"
"$TAPERELAY" audit --config "$CONFIG" --quiet >"$WORK/audit" || fail "the audit: $(cat "$WORK/audit")"
same "the audit's head" "$(awk 'NR == 1 {print $7, $8, $9, $10}' FS='  +' "$WORK/audit")" "dead letters alerted several unrouted"
grep -qE '^all +2 +2 +0 +0 +1 +0 +0 +0 +0 +0 +0$' "$WORK/audit" || fail "the audit: $(cat "$WORK/audit")"
# Alerts alone account for nothing: on an empty topic of events both records are missing.
printf 'x' | kcat -b "$BROKERS" -P -t "empty-$OUT"
status=0
"$TAPERELAY" audit --config "$CONFIG" --quiet -X "outputs.0.topic=empty-$OUT" >"$WORK/audit" 2>/dev/null || status=$?
same "status of an audit without the events" "$status" 65
grep -qE '^all +2 +0 +0 +0 +1 +0 +0 +0 +0 +0 +2$' "$WORK/audit" || fail "the audit without the events: $(cat "$WORK/audit")"

# Made again they are the same, octet by octet.
before=$(identifiers "$ALERTS")
"$TAPERELAY" replay --config "$CONFIG" --from beginning --compare --quiet >"$WORK/compared" 2>&1 || fail "compared: $(cat "$WORK/compared")"
grep -q '^4 made of the range: 4 the same, 0 differ' "$WORK/compared" || fail "compared: $(cat "$WORK/compared")"
run -X kafka.group.id="$GROUP-again"
same "ce_ids after a second reading" "$(identifiers "$ALERTS" | uniq)" "$before"
# Each output of a replay says which of how many it is; with all there nothing is left to do.
"$TAPERELAY" replay --config "$CONFIG" --from beginning --into r- --quiet 2>"$WORK/replay.log" || fail "replay: $(cat "$WORK/replay.log")"
same "replayed" "$(identifiers "r-$ALERTS")" "$before"
same "parts" "$(read_all "r-$ALERTS" '%h\n' | grep -o 'taperelay-replay-part=[0-9/]*' | sort)" \
  $'taperelay-replay-part=2/3\ntaperelay-replay-part=3/3'
"$TAPERELAY" replay --config "$CONFIG" --from beginning --into r- --quiet 2>"$WORK/replay.log" || fail "replay again: $(cat "$WORK/replay.log")"
same "alerts after it" "$(identifiers "r-$ALERTS" | wc -l)" 2

# The severity and the outputs are the configuration's.
run -X kafka.group.id="$GROUP-critical" -X alerts.severity=critical -X "outputs.2.topic=critical-$ALERTS" -X mode=structured
same "critical alerts, structured" "$(read_all "critical-$ALERTS" '%s\n' | grep -o '"type":"[^"]*"\|"data":{"code":"[^"]*"' | paste -sd' ')" \
  '"type":"taperelay.alert.v1" "data":{"code":"portion-above-classification"'
# Where an output refuses the event, each record is a dead letter and has an alert that says so, once.
if [ -n "${CLUSTER:-}" ]; then
  for delivery in at-least-once exactly-once; do
    "$CLUSTER" tool topics --create --topic "small-$delivery-$OUT" --partitions 1 --config max.message.bytes=600 >/dev/null
    run -X kafka.group.id="$GROUP-$delivery-small" -X delivery="$delivery" -X "outputs.0.topic=small-$delivery-$OUT" \
      -X "outputs.2.topic=small-$delivery-$ALERTS" -X "topics.deadLetters=small-$delivery-$DEAD"
    same "events that are refused, $delivery" "$(read_all "small-$delivery-$OUT" '%s\n' | wc -l)" 0
    same "dead letters, $delivery" "$(read_all "small-$delivery-$DEAD" '%h\n' | grep -c 'taperelay-error-code=output-refused')" 2
    same "alerts of them, $delivery" "$(read_all "small-$delivery-$ALERTS" '%s\n' | grep '"code":"output-refused","severity":"critical"' \
      | grep -o '"partition":[0-9]*,"offset":[0-9]*' | sort -u | wc -l) $(read_all "small-$delivery-$ALERTS" '%s\n' | grep -c output-refused)" "2 2"
  done
fi

count=$(identifiers "$ALERTS" | wc -l)
sed -i "/event: alert/d" "$CONFIG"
run -X kafka.group.id="$GROUP-none"
same "alerts without an output" "$(identifiers "$ALERTS" | wc -l)" "$count"

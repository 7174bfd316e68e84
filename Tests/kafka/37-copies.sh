#!/usr/bin/env bash
# Copies of whole telegrams, as another consumer reads what became of them: an exact one, one that somebody on its way suspected
# (worked case 8.8), a correction, a cancellation; known over restarts and kills, each told once where that was asked for.
. "$(dirname "$0")/cases.sh"
COUNT=${COUNT:-300}

# "SERIAL CHANNEL [FIGURE [CORRECTED]]" a line on standard input: that telegram, each ended by an octet 1. Its figure stands in
# the text; FIGURE 1 unless given.
compose() {
  awk '{
    serial = sprintf("%04d", $1); time = sprintf("%02d%02d", int($1 / 60) % 24, $1 % 60); figure = $3 == "" ? 1 : $3
    printf "VZCZC%s\nRR RUEHC\nDE RUEHEK #%s 076%s\nZNY CCCCC ZZH\n", $2, serial, time
    printf "R 17%sZ MAR 09\nFM AMEMBASSY BISHKEK\nTO RUEHC/SECSTATE WASHDC\nBT\n", time
    printf "C O N F I D E N T I A L BISHKEK 00%s\n\n", serial
    if ($4 != "") printf "C O R R E C T E D  C O P Y (PARA 1 FIGURE)\n"
    printf "SIPDIS\n\nE.O. 12958: DECL: 03/17/2019\nTAGS: ENRG KG\nSUBJECT: GATES OF THE UPPER SLUICE, READING %s\n\n", serial
    printf "CLASSIFIED BY: A. HALVORSEN, REASON 1.4(B).\n\n1.  (C) THE KEEPER READ %d AT NOON.\nHALVORSEN\nBT\n#%s\nNNNN\n\001", figure, serial
  }'
}
send() { compose <<<"$*" | tr -d '\001' | publish -; }
# Of each event: id, revision, whose copy it is or takes the place of.
events() {
  read_all "$OUT" '%s\n' | sed 's/^{"id":"\([^"]*\)","revision":\([0-9]*\),.*"missing":\[\]},\("duplicateOf":"[0-9a-f]*",\)\{0,1\}\("supersedes":"[0-9a-f]*",\)\{0,1\}"findings".*/\1 \2 \3\4/'
}
id_of() { read_all "$OUT" '%k %h\n' | sed -n "s/^$1 .*ce_id=\([^,]*\).*/\1/p" | sed -n "${2:-1}p"; }
# Of each alert that the judgement of copies made: code, telegram, verdict, "event" where one is beside it, offsets of its sources.
verdicts() {
  read_all "$ALERTS" '%s\n' | grep '"verdict":' \
    | sed 's/^{"code":"\([a-z-]*\)".*"subject":"\([^"]*\)".*"details":{\("event":"[0-9a-f]*",\)\{0,1\}"verdict":"\([a-z-]*\)".*"sources":\[\(.*\)\]}$/\1 \2 \4 \3 \5/' \
    | sed 's/"event":"[0-9a-f]*",/event/; s/{"topic":"[^"]*","partition":[0-9]*,"offset":\([0-9]*\)[^}]*},*/\1 /g; s/  */ /g; s/ $//'
}
# What the alert with this verdict shows of both texts: that which is not to be read, and that which is.
differences() { read_all "$ALERTS" '%s\n' | grep "\"verdict\":\"$1\"" | grep -o '"was":"[^"]*","now":"[^"]*"'; }

# Worked cases 8.1 and 8.8, a restart between them; then again, without the pilot.
fresh worked
cat >"$WORK/worked.txt" <<'T'
VZCZCEKI0417
RR RUEHC RUCNCIS RUCPDOC
DE RUEHEK #0231 0760842
ZNR UUUUU ZZH
R 170842Z MAR 09
FM AMEMBASSY BISHKEK
TO RUEHC/SECSTATE WASHDC 1844
INFO RUCNCIS/CIS COLLECTIVE 0912
RUCPDOC/DEPT OF COMMERCE WASHDC
BT
UNCLAS BISHKEK 000231

SENSITIVE
SIPDIS

E.O. 12958: N/A
TAGS: ENRG ECON EINV PGOV KG
SUBJECT: SMALL HYDRO TENDER SLIPS TO SUMMER

1.  (SBU) SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR
SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY.
HALVORSEN
BT
#0231

NNNN
T
{ printf 'VZCZCCSA0093\nRR RUCPDOC\nZNR UUUUU ZFD RUEHC\n'; cat "$WORK/worked.txt"; } >"$WORK/pilot.txt"
# Alone, before anything else came of it, a suspected duplicate is news.
publish "$WORK/pilot.txt"
until_idle
same "worked: the first event" "$(events)" "09BISHKEK231 1 "
same "worked: the first alert" "$(verdicts)" "suspected-duplicate-new 09BISHKEK231 suspected-new event 0"
publish "$WORK/worked.txt"
until_idle
publish "$WORK/pilot.txt"
until_idle
same "worked: events" "$(events)" "09BISHKEK231 1 "
same "worked: alerts" "$(verdicts)" "$(printf '%s\n' 'suspected-duplicate-new 09BISHKEK231 suspected-new event 0' \
  'duplicate 09BISHKEK231 duplicate 1 0' 'duplicate 09BISHKEK231 suspected-duplicate 2 0')"
same "worked: severities" "$(read_all "$ALERTS" '%s\n' | sed -n 's/.*"severity":"\([a-z]*\)".*"verdict".*/\1/p' | paste -sd' ')" "warning note note"
read_all "$ALERTS" '%s\n' | grep -q "\"other\":\"$(id_of 09BISHKEK231)\"" || fail "worked: no alert names the event"
same "worked: types" "$(read_all "$ALERTS" '%h\n' | grep -o 'ce_type=[^,]*' | sort -u)" "ce_type=taperelay.alert.v1"
# Three records, one event: the others have their alerts, and only those count.
audit 0
grep -qE '^all +3 +1 ' "$WORK/worked.audit" || fail "worked: the audit: $(cat "$WORK/worked.audit")"
printf 'x' | kcat -b "$BROKERS" -P -t "empty-$ALERTS"
audit 65 -X "outputs.2.topic=empty-$ALERTS"
grep -qE '^missing: [0-9]+: 1-2$' "$WORK/worked.audit" || fail "worked: the audit without alerts: $(cat "$WORK/worked.audit")"
printf 'x' | kcat -b "$BROKERS" -P -t "empty-$OUT"
audit 65 -X "outputs.0.topic=empty-$OUT"
grep -qE '^missing: [0-9]+: 0$' "$WORK/worked.audit" || fail "worked: the audit without events: $(cat "$WORK/worked.audit")"
# Entries are small, without texts, in the partition of the telegram.
partition=$(kcat -b "$BROKERS" -C -t "$IN" -o beginning -c 1 -e -q -f '%p')
kcat -b "$BROKERS" -C -t "$JOURNAL" -o beginning -e -q -f '%k %p %S\n' >"$WORK/entries"
same "worked: keys of entries" "$(grep -v '^copies|' "$WORK/entries" | cut -d' ' -f1,2 | sort -u)" "version|09BISHKEK231 $partition"
awk '$3 > 600 {exit 1}' "$WORK/entries" || fail "worked: an entry is large: $(cat "$WORK/entries")"
# Whoever reads it again, as another group with the same memory, says the same again.
before=$(read_all "$ALERTS" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u)
until_idle -X kafka.group.id="$GROUP-again"
same "worked: alerts after a second reading" "$(read_all "$ALERTS" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u)" "$before"
same "worked: events after a second reading" "$(events | sort -u)" "09BISHKEK231 1 "
# A replay remembers nothing: each transmission is an event.
"$TAPERELAY" replay --config "$CONFIG" --from beginning --into r- --quiet 2>"$WORK/replay.log" || fail "replay: $(cat "$WORK/replay.log")"
same "worked: events of a replay" "$(read_all "r-$OUT" '%k\n' | grep -c 09BISHKEK231)" 3

# A correction, what it corrects once more, and a garbled copy; in three lives.
fresh corrected
send 402 EKI0501 7
until_idle
send 402 EKI0502 9 CORRECTED
until_idle
send 402 CSA0017 7
send 402 CSA0018 8
until_idle
same "corrected: events" "$(events)" "$(printf '%s\n' '09BISHKEK402 1 ' "09BISHKEK402 2 \"supersedes\":\"$(id_of 09BISHKEK402)\",")"
same "corrected: alerts" "$(verdicts)" "$(printf '%s\n' 'superseded 09BISHKEK402 supersedes event 1 0' \
  'duplicate 09BISHKEK402 duplicate 2 0' 'superseded 09BISHKEK402 superseded 3 1')"
# Each is read again, in another life than the one that published it.
corrected='"was":"","now":"C O R R E C T E D C O P Y (PARA 1 FIGURE)"'
same "corrected: what differs" "$(differences supersedes)" "$(printf '%s\n' "$corrected" '"was":"7","now":"9"')"
same "corrected: what differs from before" "$(differences superseded)" "$(printf '%s\n' "$corrected" '"was":"8","now":"9"')"
read_all "$OUT" '%s\n' | grep '"revision":2' | grep -q '"code":"copies-differ".*"was":"7","now":"9","rule":"4.1"' \
  || fail "corrected: the event does not show what it changes"
read_all "$ALERTS" '%s\n' | grep '"verdict":"duplicate"' | grep -q '"channel":"CSA0017"' || fail "corrected: the channel of the copy is not told"
read_all "$ALERTS" '%s\n' | grep '"verdict":"supersedes"' | grep -q "\"event\":\"$(id_of 09BISHKEK402 2)\"" || fail "corrected: the alert does not name its event"
audit 0

# A telegram, what withdraws it, and a copy after a restart. The service message goes where the telegram is.
fresh cancelled
send 403 EKI0601
partition=$(ends "$IN" | awk '$2 > 0 {print $1}')
printf 'VZCZCEKI0602\nRR RUEHC\nDE RUEHEK #0440 0760930\nZNR UUUUU\nBT\nUNCLAS SVC ZFR RUEHEK 0403 0760643\nBT\n#0440\nNNNN\n' \
  | put "$partition"
until_idle
send 403 CSA0019
until_idle
same "cancelled: events" "$(events)" "09BISHKEK403 1 "
same "cancelled: service messages" "$(read_all "$SERVICE" '%k\n')" "RUEHEK"
same "cancelled: alerts" "$(verdicts)" "$(printf '%s\n' 'cancelled 09BISHKEK403 cancelled event 1 0' 'cancelled 09BISHKEK403 cancelled 2 1 0')"
audit 0
grep -qE '^all +3 +1 +1 ' "$WORK/cancelled.audit" || fail "cancelled: the audit: $(cat "$WORK/cancelled.audit")"

# A copy, and then a correction, on other partitions of the input than the telegram: each has an event, and is told of over
# restarts.
fresh apart
one() { compose <<<"$*" | tr -d '\001'; }
one 404 EKI0701 7 | publish -
partition=$(ends "$IN" | awk '$2 > 0 {print $1}')
until_idle
one 404 CSA0020 7 | put $(((partition + 1) % 12))
until_idle
one 404 CSA0021 9 CORRECTED | put $(((partition + 2) % 12))
until_idle
# What withdraws it comes on yet another one.
printf 'VZCZCEKI0702\nRR RUEHC\nDE RUEHEK #0441 0760931\nZNR UUUUU\nBT\nUNCLAS SVC ZFR RUEHEK 0404 0760644\nBT\n#0441\nNNNN\n' \
  | put $(((partition + 3) % 12))
until_idle
same "apart: events" "$(events)" "$(printf '09BISHKEK404 1 \n09BISHKEK404 1 \n09BISHKEK404 1 ')"
same "apart: ce_ids" "$(id_of 09BISHKEK404 2)" "$(id_of 09BISHKEK404 1)"
same "apart: alerts" "$(verdicts | sort)" "$(printf '%s\n' 'cancelled 09BISHKEK404 cancelled event 0 0' \
  'cancelled RUEHEK 0404 0760644 cancelled event 0' 'duplicate 09BISHKEK404 duplicate event 0 0' \
  'superseded 09BISHKEK404 supersedes event 0 0')"
places() { read_all "$ALERTS" '%s\n' | grep "\"verdict\":\"$1\"" | grep '"subject":"09' | grep -o '"sources":.*' | grep -o '"partition":[0-9]*' | cut -d: -f2 | paste -sd' '; }
same "apart: partitions of the copy" "$(places duplicate)" "$(((partition + 1) % 12)) $partition"
[[ $(places supersedes) = "$(((partition + 2) % 12)) "* ]] || fail "apart: the correction's alert names $(places supersedes)"
same "apart: what differs" "$(differences supersedes)" "$(printf '%s\n' "$corrected" '"was":"7","now":"9"')"
same "apart: partitions of what withdraws" "$(places cancelled)" "$(((partition + 3) % 12)) $(((partition + 2) % 12))"
read_all "$ALERTS" '%s\n' | grep '"verdict":"duplicate"' | grep -q '"channel":"CSA0020"' || fail "apart: the channel of the copy is not told"
read_all "$ALERTS" '%s\n' | grep '"verdict":"supersedes"' | grep -q "\"event\":\"$(id_of 09BISHKEK404 3)\"" || fail "apart: the alert does not name its event"
audit 0
grep -qE '^all +4 +3 +1 ' "$WORK/apart.audit" || fail "apart: the audit: $(cat "$WORK/apart.audit")"
before=$(read_all "$ALERTS" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u)
until_idle -X kafka.group.id="$GROUP-again"
same "apart: alerts after a second reading" "$(read_all "$ALERTS" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u)" "$before"

# Telegrams, each with a copy somewhere behind it, while the worker is killed again and again.
battered() { # DELIVERY
  fresh "$1" "delivery: $1" "limits: { inFlightRecords: 40 }"
  {
    seq 1000 $((999 + COUNT)) | awk '{print $1, "EKI" $1}'
    seq 1000 $((999 + COUNT)) | shuf --random-source="$TAPERELAY" | awk '{print $1, "CSA" $1, $1 % 3 ? 1 : 2}'
  } | compose | tr -d '\001' | publish -
  lives "before-produce:$((COUNT / 2))" "${@:2}"
  until_idle -X kafka.group.instance.id=only
  audit 0
}
telegrams() { seq -f '09BISHKEK%g' 1000 $((999 + COUNT)); }
# What is to be told: each third copy has another text, which is to be read or not.
expected_alerts() {
  telegrams | awk '{print (substr($1, 10) % 3 ? "duplicate " $1 " duplicate" : "superseded " $1 " text")}'
}
alerts() { verdicts | cut -d' ' -f1-3 | sed -E 's/ (better|worse)$/ text/' | sort; }
better() { verdicts | awk '$3 == "better" {print $2}' | sort -u; }
expected_events() { { telegrams | sed 's/$/ 1 /'; better | sed 's/$/ 2 supersedes/'; } | sort; }
published() { events | sed 's/"supersedes".*/supersedes/' | sort; }
# The other text was read again, in whatever life: as many differences as alerts, and these as there are two ways.
differing() {
  local better worse
  better=$(better | wc -l) worse=$((COUNT / 3 - $(better | wc -l)))
  [ "$better" -gt 0 ] && [ "$worse" -gt 0 ] || fail "$case: $better copies are better, $worse worse"
  same "$case: what the better ones change" "$(differences better | sort -u)" '"was":"1","now":"2"'
  same "$case: what the worse ones have otherwise" "$(differences worse | sort -u)" '"was":"2","now":"1"'
}
# Each life comes to its place however fast it is: what the one before it did is not committed.
battered exactly-once transaction-cut:1 journal-written:6 before-send-offsets:1 transaction-committed:1
same "exactly once: events that are not each telegram's, once" "$(diff <(expected_events) <(published))" ""
same "exactly once: alerts that are not each copy's, once" "$(diff <(expected_alerts | sort) <(alerts))" ""
differing
same "exactly once: differences" "$({ differences better; differences worse; } | wc -l)" $((COUNT / 3))
grep -qE "^all +$((2 * COUNT)) +$((COUNT + $(better | wc -l))) +0 +0 +$((2 * COUNT)) " "$WORK/$case.audit" \
  || fail "exactly once: the audit: $(cat "$WORK/$case.audit")"
battered at-least-once journal-written:4 deliveries-counted:2 before-commit:1 commit-answered:1
same "at least once: telegrams without exactly their events" "$(diff <(expected_events) <(published | uniq))" ""
same "at least once: copies without exactly their alert" "$(diff <(expected_alerts | sort) <(alerts | uniq))" ""
differing
same "at least once: different alerts" \
  "$(read_all "$ALERTS" '%s\t%h\n' | grep '"verdict":' | grep -o 'ce_id=[^,]*' | sort -u | wc -l)" "$COUNT"
echo "$COUNT telegrams and a copy of each, a third of them with another text, five kills: each published and told once under exactly-once"

#!/usr/bin/env bash
# One telegram goes in, one event comes out: id, headers, key, a closed ledger, committed offsets.
. "$(dirname "$0")/common.sh"
configure
cat >"$WORK/one.txt" <<'T'
VZCZCEKI0417
RR RUEHC RUCNCIS RUCPDOC
DE RUEHEK #0231 0760842
ZNR UUUUU ZZH
R 170842Z MAR 09
FM AMEMBASSY BISHKEK
TO RUEHC/SECSTATE WASHDC 1844
INFO RUCNCIS/CIS COLLECTIVE 0912
BT
UNCLAS BISHKEK 000231

SENSITIVE
SIPDIS

E.O. 12958: N/A
TAGS: ENRG ECON KG
SUBJECT: SMALL HYDRO TENDER SLIPS TO SUMMER

1.  (SBU) SUMMARY: THE ENERGY MINISTRY WILL REOPEN BIDS FOR FOUR
SMALL HYDROPOWER SITES IN JUNE, NOT APRIL.  END SUMMARY.
HALVORSEN
BT
#0231

NNNN
T
"$TAPERELAY" publish --config "$CONFIG" "$WORK/one.txt" --quiet
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>"$WORK/run.log" || { cat "$WORK/run.log" >&2; fail "run ended with $?"; }
same "events" "$(read_all "$OUT" '%k\n')" "09BISHKEK231"
read_all "$OUT" '%h\n' | grep -q 'ce_type=taperelay.telegram.v1' || fail "no CloudEvents headers"
id=$(read_all "$OUT" '%h\n' | grep -o 'ce_id=[^,]*')
value=$(read_all "$OUT" '%s')
for part in '"id":"09BISHKEK231"' '"complete":true' '"instant":"2009-03-17T08:42:00Z"' '"signature":"HALVORSEN"' \
  '"name":"SECSTATE WASHDC"' '"continuityNumber":"1844"'; do
  case $value in *"$part"*) ;; *) fail "the event lacks $part: $value" ;; esac
done
grep -q 'balances=true' "$WORK/run.log" || fail "the ledger is not closed: $(tail -3 "$WORK/run.log")"
# Read again by another group: the same id.
"$TAPERELAY" run --config "$CONFIG" -X kafka.group.id="$GROUP-again" --until-idle 2>/dev/null
same "ce_ids" "$(read_all "$OUT" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u)" "$id"
# Nothing new for a group that has committed the end.
"$TAPERELAY" run --config "$CONFIG" --until-idle 2>/dev/null
same "events after a second run" "$(read_all "$OUT" '%k\n' | wc -l)" 2

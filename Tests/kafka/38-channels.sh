#!/usr/bin/env bash
# Numbers of channels over partitions and workers: a gap is named and withdrawn, when its numbers come or are answered for; a
# repeat and a reset against the rule are told, a change of day is not; nothing is told that is none, whatever is killed, and under exactly-once nothing twice.
. "$(dirname "$0")/cases.sh"
COUNT=${COUNT:-60}
CONTINUITY="continuity: { settling: 500ms }"
begin() { # NAME [LINE...]: a case; a telegram over a channel that nobody names makes its topic
  fresh "$@"
  echo XYZ 0000 9999 | compose | tr -d '\001' | publish -
}
# "CHANNEL NUMBER SERIAL" a line on standard input: a telegram, each ended by an octet 1.
compose() {
  awk '{
    serial = sprintf("%04d", $3); time = sprintf("%02d%02d", int($3 / 60) % 24, $3 % 60)
    printf "VZCZC%s%s\nPP RUEHC\nDE RUEHEK #%s 076%s\nZNY CCCCC ZZH\n", $1, $2, serial, time
    printf "P 17%sZ MAR 09\nFM AMEMBASSY BISHKEK\nTO RUEHC/SECSTATE WASHDC PRIORITY\nBT\nC O N F I D E N T I A L BISHKEK 00%s\n\nSIPDIS\n\n", time, serial
    printf "E.O. 12958: DECL: 03/17/2019\nTAGS: ENRG KG\nSUBJECT: GATES OF THE UPPER SLUICE, READING %s\nCLASSIFIED BY: A. HALVORSEN, REASON 1.4(B).\n\n", serial
    printf "1.  (C) THE KEEPER READ HIS GAUGE TWICE BEFORE NOON.\nHALVORSEN\nBT\n#%s\nNNNN\n\001", serial
  }'
}
send() { echo "${@:2}" | compose | put "$1"; } # PARTITION CHANNEL NUMBER SERIAL
channels() { read_all "$ALERTS" '%s\n' | grep -E '^\{"code":"c(hannel|ontinuity)-' || true; }
# Code, subject, state or number, and what is missing, of each alert on numbers.
alerts() {
  channels | sed -E 's/^\{"code":"([a-z-]*)".*"subject":"([^"]*)".*"details":\{"series":"[a-z]*",("state":"([a-z]*)","missing":\[([^]]*)\])?(.*"number":"([0-9]*)")?.*/\1 \2 \4\7 \5/' | tr -d '"' | sed 's/ *$//'
}
told() { [ "$(channels | wc -l)" -ge "$1" ]; }
events() { [ "$(read_all "$OUT" 'x\n' | wc -l)" -ge "$1" ]; }

# Four telegrams of one channel on partitions of two workers, one number missing; then it comes, elsewhere.
begin gap
start_two
send 0 EKI 0101 101; send 5 EKI 0102 102; send 9 EKI 0105 105; send 11 EKI 0106 106; send 3 QKA 017 17; send 4 QKA 018 18
await "the gap" told 1
same "gap: alerts" "$(alerts)" "channel-gap EKI open 0103-0104"
for part in '"after":"0102","before":"0105"' '"draft":"UNCLAS SVC INT ZDK EKI0103 EKI0104"' '"count":2'; do
  channels | grep -qF "$part" || fail "gap: the alert lacks $part: $(channels)"
done
same "gap: its sources" "$(channels | grep -o '"partition":[0-9]*' | tr -dc '0-9\n' | xargs)" "5 9"
same "gap: its key" "$(read_all "$ALERTS" '%k %s\n' | grep channel-gap | cut -d' ' -f1)" EKI
send 2 EKI 0104 104
await "the narrower gap" told 2
send 7 EKI 0103 103
await "its withdrawal" told 3
same "gap: how it went on" "$(alerts | tail -2)" $'channel-gap EKI narrowed 0103\nchannel-gap EKI withdrawn'
same "gap: sources of the withdrawal" "$(channels | tail -1 | grep -o '"partition":[0-9]*' | tr -dc '0-9\n' | xargs)" "5 9 7"
# Two messages under one number, and three that go on from elsewhere on the same day.
send 1 EKI 0105 1105
await "the repeat" told 4
same "gap: the repeat" "$(alerts | tail -1)" "channel-repeat EKI 0105"
for number in 1 2 3; do send $number EKI 000$number 200$number; done
await "the reset" told 5
same "gap: the reset" "$(alerts | tail -1)" "channel-reset EKI 0001"
same "gap: events" "$(read_all "$OUT" 'x\n' | wc -l)" 13
finish a "$first"; finish b "$last"
at_the_ends "$IN" "$SECTIONS"
same "gap: observations" "$(kcat -b "$BROKERS" -C -t "$SECTIONS" -o beginning -e -q -f '%h|\n' 2>/dev/null | grep -vc '^|$' || true)" 0
"$TAPERELAY" audit --config "$CONFIG" --quiet >"$WORK/audit" || fail "gap: the audit: $(cat "$WORK/audit")"
# Read once more from the beginning by the same group, all of it is known.
before=$(channels | wc -l)
"$TAPERELAY" run --config "$CONFIG" --until-idle --from beginning 2>"$WORK/gap-again.log" || fail "gap: again: $(tail -3 "$WORK/gap-again.log")"
start c
events 26 || fail "gap: not all was read again"
send 6 EKI 0004 2004; send 8 EKI 0006 2006
await "the next gap" told $((before + 1))
same "gap: alerts after a second reading" "$(alerts | tail -n +$((before + 1)))" "channel-gap EKI open 0005"
finish c "$last"

# The transmitter says that nothing was sent under one number, and what had the other one is sent again over another channel.
begin answer
start a
# Of a channel each partition has its own stretch: they may be read far apart.
send 2 EKI 0101 101; send 2 EKI 0104 104; send 9 QKA 017 17
await "the gap" told 1
service() { # PARTITION CHANNEL+NUMBER TEXT
  printf 'VZCZC%s\nRR RUEHC\nDE RUEHEK 17/1611Z\n%s\nNNNN\001' "$2" "$3" | kcat -b "$BROKERS" -P -t "$IN" -p "$1" -D $'\001'
}
# A receiver's report and a question close nothing, nor does what a channel that nobody knows says.
service 9 QKA018 "ZFX EKI0102"; service 8 EKI0105 "INT ZFX EKI0103"; service 7 QKB0001 "ZDK QKC0007"
service 8 EKI0106 "ZFX EKI0102"
await "the narrower gap" told 2
echo QKA 019 103 | compose | sed 's/CCCCC ZZH/CCCCC ZZH ZDK EKI0103/' | kcat -b "$BROKERS" -P -t "$IN" -p 9 -D $'\001'
await "its withdrawal" told 3
same "answer: alerts" "$(alerts)" \
  $'channel-gap EKI open 0102-0103\nchannel-gap EKI narrowed 0103\nchannel-gap EKI withdrawn'
same "answer: who answered" "$(channels | grep -F '"by":"answer"' | sed 's/.*"sources"//' | grep -o '"partition":[0-9]*' | tr -dc '0-9\n' | xargs)" \
  "2 2 8 2 2 9"
# The one comes after all, and nothing is to be told of it; the next gap comes behind.
send 10 EKI 0102 102; send 8 EKI 0108 108
await "the next gap" told 4
same "answer: what came after all" "$(alerts | tail -1)" "channel-gap EKI open 0107"
finish a "$last"
at_the_ends "$IN" "$SECTIONS"

# A change of day, in times that lie behind us.
# kcat cannot say when a record was made.
. "$(dirname "$0")/packages.sh"
install python3 python3-confluent-kafka
put_at() { # EXPRESSION: the telegrams of standard input, each ended by an octet 1, one a partition, at a time in seconds
  /usr/bin/python3 -c '
import sys, time
from confluent_kafka import Producer
midnight = int(time.time()) // 86400 * 86400 - 86400
producer = Producer({"bootstrap.servers": sys.argv[1], "log_level": 2})
for place, text in enumerate(sys.stdin.buffer.read().split(b"\1")[:-1]):
  producer.produce(sys.argv[2], text, partition=place % 12, timestamp=1000 * eval(sys.argv[3]))
producer.flush(30)' "$BROKERS" "$IN" "$1"
}
begin day
start a
for line in "QMA 0456 456" "QMA 0457 457" "QMA 0001 1001" "QMA 0002 1002" "QMB 0456 2456" "QMB 0458 2458" "QMB 0002 3002"; do echo "$line"; done \
  | compose | put_at 'midnight + (1800 if b"A000" in text or b"B000" in text else -1800) + place'
await "the gaps of the other channel" told 2
same "day: alerts" "$(alerts | sort)" $'channel-gap QMB open 0001\nchannel-gap QMB open 0457'
finish a "$last"

# Killed again and again: six channels over all partitions, some numbers lost.
lost='^QKA (0017|0040|0041|0042) |^QKC 0002 |^QKF 0059 '
expected() { printf '%s\n' "channel-gap QKA open 0017" "channel-gap QKA open 0040-0042" "channel-gap QKC open 0002" "channel-gap QKF open 0059"; }
battered() { # DELIVERY
  begin "$1" "delivery: $1"
  awk -v count="$COUNT" 'BEGIN {for (i = 1; i <= count; i++) for (c = 0; c < 6; c++) printf "QK%c %04d %d\n", 65 + c, i, 6 * i + c}' \
    | grep -vE "$lost" >"$WORK/telegrams"
  compose <"$WORK/telegrams" | scatter
  lives observations-sent:2 journal-written:4 observations-sent:9 journal-written:20 numbers-judged:1
  start last -X kafka.group.instance.id=only
  await "the gaps" all_told
  # Of what is old a gap is told as late as one may be: so would be by then whatever else is settling by now.
  printf 'QKZ %s\n' "0001 901" "0003 903" | compose | put_at 'midnight + place'
  await "the last gap" told_of_the_last
  finish last "$last"
  at_the_ends "$IN" "$SECTIONS"
}
told_of_the_last() { alerts | grep -q '^channel-gap QKZ open 0002$'; }
all_told() { same_set "$(expected)" "$(alerts | sort -u)"; }
same_set() { [ -z "$(comm -23 <(echo "$1") <(echo "$2"))" ]; }
battered exactly-once
same "exactly once: alerts" "$(alerts | grep -v QKZ | sort)" "$(expected)"
same "exactly once: events" "$(read_all "$OUT" 'x\n' | wc -l)" $((COUNT * 6 - 6 + 3))
battered at-least-once
same "at least once: alerts" "$(alerts | grep -v QKZ | sort -u)" "$(expected)"
identifiers() { read_all "$ALERTS" '%h\n' | grep -o 'ce_id=[^,]*' | sort -u | wc -l; }
same "at least once: different alerts" "$(identifiers)" 5
echo "gaps over partitions, workers and five kills: each told, none invented, each once under exactly-once"

#!/usr/bin/env bash
# Telegrams of the layouts that the format works out in full, from end to end over two workers, and what another consumer reads
# of them: three sections with an open number (8.2), service messages on it (8.7), a suspected duplicate behind a pilot (8.8),
# a section of an allied message that is released without its second one and then with it (8.11), a readdressal (8.12).
. "$(dirname "$0")/cases.sh"
CONTINUITY="continuity: { settling: 1s }"
WAIT=3 # seconds, for the sections of what is ROUTINE

# NAME: a telegram from standard input, which `from` sends.
text() { cat >"$WORK/$1.txt"; }
from() { for name in "${@:2}"; do put "$1" <"$WORK/$name.txt"; done; } # PARTITION NAME...

heading() { # CHANNEL SECTION: what the sections of 8.2 have in common
  cat <<T
VZCZC$1
PP RUEHNO RUEHCP
DE RUEHRK #0733/$2 1381020
ZNY CCCCC ZZH
P 181020Z MAY 07
FM AMEMBASSY REYKJAVIK
TO RUEHC/SECSTATE WASHDC PRIORITY 4415
INFO RUEHNO/USMISSION USNATO PRIORITY 0288
RUEHCP/AMEMBASSY COPENHAGEN
BT
C O N F I D E N T I A L SECTION $2 OF 03 REYKJAVIK 000733

SIPDIS
NOFORN
T
}
later() { # CHANNEL SECTION: with what each of them repeats of the first
  heading "$@"
  cat <<'T'
E.O. 12958: DECL: 05/18/2017
TAGS: PREL ETRD EFIS NATO IC
SUBJECT: THE HERRING COUNT: TWO LEDGERS, ONE HARBOR

T
}
{
  heading QRL0611 01
  cat <<'T'

DEPT FOR EUR/NB

E.O. 12958: DECL: 05/18/2017
TAGS: PREL ETRD EFIS NATO IC
SUBJECT: THE HERRING COUNT: TWO LEDGERS, ONE HARBOR

REF: A. REYKJAVIK 702
     B. COPENHAGEN 511 (NOTAL)

Classified By: DCM Tobias Winterholm for reasons 1.4 (b) and (d).

1.  (C) SUMMARY.  THE FLEET KEEPS TWO LEDGERS OF ITS HERRING.  WHICH ONE
COUNTS NOBODY SAYS.  END SUMMARY.

THE FIRST LEDGER
----------------

2.  (C/NF) IT LIES IN THE HARBOR OFFICE FOR ALL TO SEE.

REYKJAVIK 00000733  001.2 OF 003


3.  (C) THE CLERK READ HIS TOTALS ALOUD AND ASKED THAT THE LAST ONE BE
ENTERED ON
BT
#0733
NNNN
T
} | text first
{
  later QRL0614 02
  cat <<'T'
THE COVER, WHERE IT IS NOT ADDED.

THE SECOND LEDGER
-----------------

4.  (C) IT LIES IN A DRAWER.
BT
#0733
NNNN
T
} | text second
{
  later QRL0613 03
  cat <<'T'
5.  (C) COMMENT: A DRAWER IS NOT AN ARCHIVE.  END COMMENT.
ASHGROVE
BT
#0733
NNNN
T
} | text third

text request <<'T'
VZCZCQSV0208
RR RUEHRK
DE RUEHVL #0540 1381215
ZNR UUUUU
BT
UNCLAS SVC INT ZDK RUEHRK 0733/02 1381020 WA COVER - IT LIES TO
DRAWER
BT
#0540
NNNN
T
text answer <<'T'
VZCZCQRM0077
RR RUEHVL
DE RUEHRK #0738 1381301
ZNR UUUUU
BT
UNCLAS SVC ZUI RUEHVL 0540 1381215 ZDK RUEHRK 0733/02 WA COVER
WHERE - IT LIES IN A DRAWER
BT
#0738
NNNN
T
text open <<'T'
VV   QSA031     UU
OO RUEHC
DE RUEHVL 18/1309Z
ZFX QSB0444
NNNN
T

text bulletin <<'T'
VZCZCQNA0052
RR RUEHC RUEHOT
DE RUEHBH #0164 2041405
ZNR UUUUU ZZH
R 231405Z JUL 09
FM AMEMBASSY NASSAU
TO RUEHC/SECSTATE WASHDC 2210
INFO RUEHOT/AMEMBASSY OTTAWA 0035
BT
UNCLAS NASSAU 000164

SENSITIVE
SIPDIS

E.O. 12958: N/A
TAGS: EWWT SENV BF
SUBJECT: LIGHTHOUSE KEEPERS COUNT THEIR LAMPS

1.  (SBU) ELEVEN OF TWELVE LAMPS BURN.  THE TWELFTH HAS NO KEEPER.
CALLOWAY
BT
#0164
NNNN
T
{ printf 'VZCZCQPB0019\nRR RUEHOT\nZNR UUUUU ZFD RUEHC\n'; cat "$WORK/bulletin.txt"; } | text pilot

text allied <<'T'
VV   QNX071     HH
RR RNQQXA
DE RBQXQT 017B 14/1122Z
R 141105Z JUN 1993
FM RAF LOWFIELD
TO NLAF WATERDAM
BT
R E S T R I C T E D SECTION 1 OF 2
SHED SURVEY. GATE EAST OPEN. GATE WEST SHUT.
C LINE 2 WA EAST BARRED


PAGE 2 RBQXQT 017B R E S T R I C T E D
WINCH LIFTS 9 TONS
E E E E E E E E LIFTS 8 TONS.
BT
NNNN
T
text final <<'T'
VV   QNX072     HH
RR RNQQXA
DE RBQXQT 018B 14/1122Z
R 141105Z JUN 1993
FM RAF LOWFIELD
TO NLAF WATERDAM
BT
R E S T R I C T E D FINAL SECTION OF 2
THE DRAIN BY SHED FOUR IS BLOCKED.
BT
C LINE 2 WA SHED FIVE
NNNN
T

text readdressal <<'T'
VZCZCQOS0310
PP RUEHHE
DE RUEHNY #0852 1031140
ZNR UUUUU
P 121125Z APR 88
FM AMEMBASSY OSLO
TO RUEHHE/AMEMBASSY HELSINKI
R 111450Z APR 88
FM USMISSION GENEVA
TO RUEHNY/AMEMBASSY OSLO
INFO ZEN/AMEMBASSY STOCKHOLM
BT
UNCLAS GENEVA 02954
E.O. 12356: N/A
TAGS: EAGR, SENV
SUBJECT: SNAIL BULLETIN 7
1. SNAILS REPORTED SOUTH OF THE WALL.
MARCHBANK
BT
#0852
NNNN
T

# What the topics hold by now; what follows looks there, as each reading of a topic takes half a second.
read_back() {
  read_all "$OUT" '%s\n' >"$WORK/events"
  read_all "$ALERTS" '%s\n' >"$WORK/alerts"
  read_all "$SERVICE" '%k %s\n' >"$WORK/services"
}
# Of each telegram event: id, revision, complete or not, sections that came.
events() { sed 's/^{"id":"\([^"]*\)","revision":\([0-9]*\),.*"complete":\([a-z]*\),.*"sections":{"expected":[0-9]*,"received":\[\([0-9,]*\)\].*/\1 \2 \3 \4/' "$WORK/events" | sort; }
alerts() { sed 's/^{"code":"\([a-z-]*\)".*"subject":"\([^"]*\)".*/\1 \2/' "$WORK/alerts" | sort; }
services() { sed 's/^\([^ ]*\) {"kind":"\([^"]*\)".*/\2 \1/' "$WORK/services" | sort; }
event() { grep -F "{\"id\":\"$1\",\"revision\":$2," "$WORK/events"; } # ID REVISION
alert() { grep "^{\"code\":\"$1\"" "$WORK/alerts"; } # CODE
service() { grep "{\"kind\":\"$1\"" "$WORK/services"; } # KIND
# Partitions of the sources of an event, or of an alert, in their order.
places() { grep -o '"source":{"topic":"[^"]*","partition":[0-9]*' | sed 's/.*://' | xargs; }
named() { grep -o '"sources":.*' | grep -o '"partition":[0-9]*' | sed 's/.*://' | xargs; }
when() { kcat -b "$BROKERS" -C -t "$1" -o beginning -e -q -f '%T %s\n' | sed -n "s/^\([0-9]*\) .*$2.*/\1/p" | head -n 1; } # TOPIC PATTERN: in ms
lists() { # WHAT JSON: each line of standard input stands in it
  local part
  while IFS= read -r part; do grep -qF -- "$part" <<<"$2" || fail "$case: $1 lacks $part: $2"; done
}

worked() { # DELIVERY
  fresh "$1" "delivery: $1" "sections: { routine: ${WAIT}s }"
  publish "$WORK/bulletin.txt"
  local -a a b
  local home first last
  home=$(ends "$IN" | awk '$2 > 0 {print $1}')
  start_two
  mapfile -t a < <(owned a)
  mapfile -t b < <(owned b)

  # One number after the other, or the gap would be another one for a while: the second section is overtaken by the third.
  from "${a[0]}" first
  await "the numbers, the notice and the first section to be passed on" holds "$SECTIONS" 4
  from "${b[1]}" third
  await "the gap" holds "$ALERTS" 1
  from "${a[2]}" second
  # Where a telegram is, its copies come; the others come to both workers by turns.
  from "${b[3]}" request
  from "${a[4]}" answer
  from "${b[5]}" open
  from "$home" pilot
  from "${a[1]}" allied
  from "${b[2]}" readdressal
  await "the telegrams, one of them incomplete" holds "$OUT" 4
  await "the service messages" holds "$SERVICE" 3
  await "the alerts on the gap, the copy and what is missing" holds "$ALERTS" 3
  read_back
  same "$case: events" "$(events)" "$(printf '%s\n' '07REYKJAVIK733 1 true 1,2,3' '09NASSAU164 1 true 1' '88GENEVA2954 1 true 1' 'RAF LOWFIELD|141105Z JUN 93 1 false 1')"
  same "$case: alerts" "$(alerts)" "$(printf '%s\n' 'channel-gap QRL' 'duplicate 09NASSAU164' 'section-missing RAF LOWFIELD|141105Z JUN 93')"
  # No clock of this machine can make it come too early.
  local waited=$(($(when "$OUT" 'RAF LOWFIELD') - $(when "$IN" 'QNX071')))
  [ "$waited" -ge $((WAIT * 1000)) ] || fail "$case: the first section waited for $waited ms only"
  from "${b[4]}" final
  await "the second revision" holds "$OUT" 5
  await "the alert on it" holds "$ALERTS" 4
  finish a "$first"; finish b "$last"
  at_the_ends "$IN" "$SECTIONS"
  audit 0
  read_back
  values
  same "$case: where the sections of 8.2 came from, in their order" "$(event 07REYKJAVIK733 1 | places)" "${a[0]} ${a[2]} ${b[1]}"
  same "$case: where those of 8.11 came from" "$(event 'RAF LOWFIELD|141105Z JUN 93' 2 | places)" "${a[1]} ${b[4]}"
  same "$case: between which the gap is" "$(alert channel-gap | named)" "${a[0]} ${b[1]}"
  same "$case: the copy and the first of 8.8" "$(alert duplicate | named)" "$home $home"
}

# Every value that the worked cases list.
values() {
  same "$case: events in the end" "$(events)" "$(printf '%s\n' '07REYKJAVIK733 1 true 1,2,3' '09NASSAU164 1 true 1' '88GENEVA2954 1 true 1' \
    'RAF LOWFIELD|141105Z JUN 93 1 false 1' 'RAF LOWFIELD|141105Z JUN 93 2 true 1,2')"
  same "$case: alerts in the end" "$(alerts)" "$(printf '%s\n' 'channel-gap QRL' 'duplicate 09NASSAU164' \
    'section-late RAF LOWFIELD|141105Z JUN 93' 'section-missing RAF LOWFIELD|141105Z JUN 93')"
  same "$case: service messages" "$(services)" "$(printf '%s\n' 'openNumber RUEHVL' 'repeat RUEHRK' 'repeatRequest RUEHVL')"
  same "$case: dead letters" "$(count "$DEAD")" 0

  lists "8.2" "$(event 07REYKJAVIK733 1)" <<'T'
"layout":"acp127","heading":"full","complete":true,"transmissions":[{"identifiers":[{"channel":"QRL","number":611}],"precedence":"PRIORITY","stations":["RUEHNO","RUEHCP"],"originatingStation":"RUEHRK","stationSerial":"0733","section":1,"filed":{"dayOfYear":138,"time":"1020","instant":"2007-05-18T10:20:00Z"},"security":{"warning":"ZNY","group":"CCCCC","level":"CONFIDENTIAL"},"operatingSignals":[{"signal":"ZZH"
{"identifiers":[{"channel":"QRL","number":614}],"precedence":"PRIORITY","stations":["RUEHNO","RUEHCP"],"originatingStation":"RUEHRK","stationSerial":"0733","section":2,
{"identifiers":[{"channel":"QRL","number":613}],"precedence":"PRIORITY","stations":["RUEHNO","RUEHCP"],"originatingStation":"RUEHRK","stationSerial":"0733","section":3,
"endOfMessage":{"validation":"0733","seen":true}
"precedence":{"action":"PRIORITY","information":"PRIORITY"},"dateTimeGroup":{"text":"181020Z MAY 07","instant":"2007-05-18T10:20:00Z"},"from":{"name":"AMEMBASSY REYKJAVIK","routingIndicator":"RUEHRK"
"to":[{"name":"SECSTATE WASHDC","routingIndicator":"RUEHC","precedence":"PRIORITY","continuityNumber":"4415","collective":false
"info":[{"name":"USMISSION USNATO","routingIndicator":"RUEHNO","precedence":"PRIORITY","continuityNumber":"0288","collective":false
{"name":"AMEMBASSY COPENHAGEN","routingIndicator":"RUEHCP","precedence":"PRIORITY","collective":false
"messageReference":{"year":2007,"post":"REYKJAVIK","serial":733,"key":"07REYKJAVIK733"}
"classification":{"level":"CONFIDENTIAL","controls":["NOFORN"],"line":"C O N F I D E N T I A L SECTION 01 OF 03 REYKJAVIK 000733","portionsHighest":"CONFIDENTIAL"},"captions":["SIPDIS","NOFORN"],"attention":[{"agency":"DEPT","offices":["EUR/NB"]}]
"executiveOrder":{"order":"12958","value":"DECL: 05/18/2017","declassifyOn":"2017-05-18"}
{"code":"PREL","kind":"subject"
{"code":"ETRD","kind":"subject"
{"code":"EFIS","kind":"subject"
{"code":"NATO","kind":"organization"
{"code":"IC","kind":"geographic"
"subject":{"text":"THE HERRING COUNT: TWO LEDGERS, ONE HARBOR"},"references":[{"label":"A","kind":"telegram","telegram":"07REYKJAVIK702","text":"REYKJAVIK 702","previous":false},{"label":"B","kind":"telegram","telegram":"07COPENHAGEN511","text":"COPENHAGEN 511","note":"NOTAL","previous":false}]
"classifiedBy":[{"name":"Tobias Winterholm","title":"DCM","reasons":["1.4(b)","1.4(d)"]}],"summary":"THE FLEET KEEPS TWO LEDGERS OF ITS HERRING.  WHICH ONE COUNTS NOBODY SAYS."
"paragraphs":[{"number":1,"mark":"C",
{"number":2,"mark":"C/NF","level":"CONFIDENTIAL","controls":["NOFORN"],"heading":"THE FIRST LEDGER","text":"IT LIES IN THE HARBOR OFFICE FOR ALL TO SEE.","synthetic":false}
{"number":3,"mark":"C","level":"CONFIDENTIAL","text":"THE CLERK READ HIS TOTALS ALOUD AND ASKED THAT THE LAST ONE BE ENTERED ON THE COVER, WHERE IT IS NOT ADDED.","synthetic":false}
{"number":4,"mark":"C","level":"CONFIDENTIAL","heading":"THE SECOND LEDGER","text":"IT LIES IN A DRAWER.","synthetic":false}
{"number":5,"mark":"C","level":"CONFIDENTIAL","text":"COMMENT: A DRAWER IS NOT AN ARCHIVE.  END COMMENT.","synthetic":false}]
"blocks":{"summary":[1],"comment":[5]},"signature":"ASHGROVE"
"sections":{"expected":3,"received":[1,2,3],"missing":[]},"findings":[{"code":"page-line-removed"
T
  same "$case: findings of 8.2" "$(event 07REYKJAVIK733 1 | grep -o '"findings":.*' | grep -o '"code":' | wc -l)" 1
  lists "the open number of 8.2" "$(alert channel-gap)" <<'T'
"state":"open","missing":["0612"]
"after":"0611","before":"0613"
"draft":"UNCLAS SVC INT ZDK QRL0612"
T

  lists "8.7, the request," "$(service repeatRequest)" <<'T'
"kind":"repeatRequest","identifiers":[{"channel":"QSV","number":208}],"precedence":"ROUTINE","stations":["RUEHRK"],"originatingStation":"RUEHVL","stationSerial":"0540","filed":{"dayOfYear":138,"time":"1215"
"signal":"ZDK"
"interrogative":true,"reference":{"routingIndicator":"RUEHRK","stationSerial":"0733","section":2,"filed":"1381020"},"portions":["WA COVER","IT LIES TO DRAWER"]
T
  lists "8.7, the answer," "$(service repeat)" <<'T'
"kind":"repeat","identifiers":[{"channel":"QRM","number":77}],"precedence":"ROUTINE","stations":["RUEHVL"],"originatingStation":"RUEHRK","stationSerial":"0738","filed":{"dayOfYear":138,"time":"1301"
"reference":{"routingIndicator":"RUEHVL","stationSerial":"0540","filed":"1381215"}
"reference":{"routingIndicator":"RUEHRK","stationSerial":"0733","section":2},"portions":["WA COVER WHERE","IT LIES IN A DRAWER"]
T
  lists "8.7, the open number," "$(service openNumber)" <<'T'
"kind":"openNumber","identifiers":[{"channel":"QSA","number":31,"prosign":"UU"}],"precedence":"IMMEDIATE","stations":["RUEHC"],"originatingStation":"RUEHVL","filed":{"dayOfMonth":18,"time":"1309"
"channel":"QSB","number":444
T

  lists "8.8" "$(alert duplicate)" <<'T'
"severity":"note"
"verdict":"suspected-duplicate"
"channel":"QPB0019"
T
  local other
  other=$(read_all "$OUT" '%k %h\n' | sed -n 's/^09NASSAU164 .*ce_id=\([^,]*\).*/\1/p')
  lists "8.8" "$(alert duplicate)" <<<"\"other\":\"$other\""

  lists "8.11 without its second section" "$(event 'RAF LOWFIELD|141105Z JUN 93' 1)" <<'T'
"layout":"acp127","heading":"full","complete":false,"transmissions":[{"identifiers":[{"channel":"QNX","number":71,"prosign":"HH"}],"precedence":"ROUTINE","stations":["RNQQXA"],"originatingStation":"RBQXQT","stationSerial":"017B","section":1,"filed":{"dayOfMonth":14,"time":"1122","instant":"1993-06-14T11:22:00Z"}
"precedence":{"action":"ROUTINE","information":"ROUTINE"},"dateTimeGroup":{"text":"141105Z JUN 1993","instant":"1993-06-14T11:05:00Z"},"from":{"name":"RAF LOWFIELD"},"to":[{"name":"NLAF WATERDAM","precedence":"ROUTINE","collective":false}],"classification":{"level":"RESTRICTED","line":"R E S T R I C T E D SECTION 1 OF 2"}
"corrections":[{"kind":"wordAfter","line":2,"anchor":"EAST","now":"BARRED","applied":true},{"kind":"errorProsign","anchor":"LIFTS","applied":true}],"correctedText":"SHED SURVEY. GATE EAST BARRED. GATE WEST SHUT. WINCH LIFTS 8 TONS."
"sections":{"expected":2,"received":[1],"missing":[2]}
{"code":"page-line-removed"
T
  lists "the alert on 8.11" "$(alert section-missing)" <<<'"missing":[2]'
  lists "8.11 with both" "$(event 'RAF LOWFIELD|141105Z JUN 93' 2)" <<'T'
"complete":true,"transmissions":[{"identifiers":[{"channel":"QNX","number":71,"prosign":"HH"}]
{"identifiers":[{"channel":"QNX","number":72,"prosign":"HH"}],"precedence":"ROUTINE","stations":["RNQQXA"],"originatingStation":"RBQXQT","stationSerial":"018B","section":2,
{"kind":"wordAfter","line":2,"anchor":"SHED","now":"FIVE","applied":true}],"correctedText":"SHED SURVEY. GATE EAST BARRED. GATE WEST SHUT. WINCH LIFTS 8 TONS. THE DRAIN BY SHED FIVE IS BLOCKED."
"sections":{"expected":2,"received":[1,2],"missing":[]}
T

  lists "8.12" "$(event 88GENEVA2954 1)" <<'T'
"complete":true,"transmissions":[{"identifiers":[{"channel":"QOS","number":310}],"precedence":"PRIORITY","stations":["RUEHHE"],"originatingStation":"RUEHNY","stationSerial":"0852","filed":{"dayOfYear":103,"time":"1140","instant":"1988-04-12T11:40:00Z"}
"precedence":{"action":"ROUTINE","information":"ROUTINE"},"dateTimeGroup":{"text":"111450Z APR 88","instant":"1988-04-11T14:50:00Z"},"from":{"name":"USMISSION GENEVA"
"to":[{"name":"AMEMBASSY OSLO","routingIndicator":"RUEHNY","precedence":"ROUTINE","collective":false
"info":[{"name":"AMEMBASSY STOCKHOLM","precedence":"ROUTINE","collective":false,"alreadyServed":true
"readdressedBy":{"name":"AMEMBASSY OSLO","routingIndicator":"RUEHNY"
"precedence":"PRIORITY","dateTimeGroup":{"text":"121125Z APR 88","instant":"1988-04-12T11:25:00Z"}
"supplementaryTo":[{"name":"AMEMBASSY HELSINKI","routingIndicator":"RUEHHE","precedence":"PRIORITY","collective":false
"messageReference":{"year":1988,"post":"GENEVA","serial":2954,"key":"88GENEVA2954"},"classification":{"level":"UNCLASSIFIED","line":"UNCLAS GENEVA 02954"},"executiveOrder":{"order":"12356","value":"N/A"}
{"code":"EAGR","kind":"subject"
{"code":"SENV","kind":"subject"
"paragraphs":[{"number":1,"text":"SNAILS REPORTED SOUTH OF THE WALL.","synthetic":false}],"signature":"MARCHBANK"
"findings":[{"code":"readdressed"
T
  same "$case: findings of 8.12" "$(event 88GENEVA2954 1 | grep -o '"findings":.*' | grep -o '"code":' | wc -l)" 1
}

worked at-least-once
worked exactly-once
echo "worked cases 8.2, 8.7, 8.8, 8.11 and 8.12 over two workers, in both ways of delivery: every value read back"

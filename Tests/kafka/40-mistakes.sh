#!/usr/bin/env bash
# User mistakes: one sentence, the right exit status, within seconds.
. "$(dirname "$0")/common.sh"
configure
expect() { # STATUS PATTERN COMMAND...
  local status=0 want=$1 pattern=$2; shift 2
  timeout 60 "$@" >"$WORK/out" 2>"$WORK/err" || status=$?
  same "status of: $*" "$status" "$want"
  grep -qiE -- "$pattern" "$WORK/err" || fail "$*: no '$pattern' in: $(cat "$WORK/err")"
  [ ! -s "$WORK/out" ] || fail "$*: wrote to standard output: $(head -c 200 "$WORK/out")"
}
expect 64 'no command' "$TAPERELAY" runn
expect 64 -- "$TAPERELAY" run --confg "$CONFIG"
expect 78 'inptu' "$TAPERELAY" run --config "$CONFIG" -X inptu.topic=x
expect 78 'commit.interval' "$TAPERELAY" run --config "$CONFIG" -X commit.interval=soon
expect 66 'absent.yaml' "$TAPERELAY" run --config "$WORK/absent.yaml"
expect 66 'absent.txt' "$TAPERELAY" parse "$WORK/absent.txt"
expect 69 '127.0.0.1:1' "$TAPERELAY" run --config "$CONFIG" -X kafka.bootstrap.servers=127.0.0.1:1
expect 78 "$IN" "$TAPERELAY" run --config "$CONFIG" -X createTopics=false
expect 78 'kafka.no.such' "$TAPERELAY" run --config "$CONFIG" -X kafka.no.such=1
expect 78 'kafka.linger.m .*did you mean kafka.linger.ms' "$TAPERELAY" run --config "$CONFIG" -X kafka.linger.m=1
printf 'abc\nNNNN\n' >"$WORK/small.txt"
"$TAPERELAY" publish --quiet --config "$CONFIG" "$WORK/small.txt" || fail "publish"
"$TAPERELAY" run --until-idle --config "$CONFIG" 2>/dev/null || fail "run"
partition=$(ends "$IN" | awk '$2 > 0 { print $1; exit }')
for command in audit 'replay --into x.'; do
  expect 78 'ends at .*--from is 999999' "$TAPERELAY" $command --config "$CONFIG" --from 0:999999
  expect 78 '--from is 1 and --to 0' "$TAPERELAY" $command --config "$CONFIG" --from "$partition:1" --to "$partition:0"
done

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

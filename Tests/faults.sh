#!/usr/bin/env bash
# The fault matrix: workers, brokers and topics are killed, stopped and taken away on a real three-broker Kafka, and an
# independent client reads back what came of it.
#
#   Tests/faults.sh                     all scenarios; writes Tests/FAULTS.md
#   Tests/faults.sh --quick             those that are worth the most in five minutes
#   Tests/faults.sh --scenario NAME     one of them (a glob; may be repeated)
#   Tests/faults.sh --list              their names
#   --seed N                            the same decisions again; --keep leaves the logs of what passed as well
#
# Kafka is found as Tests/kafka/broker.sh does. The last line counts what passed and failed; the exit status is 1 if
# anything failed. TAPERELAY_TEST_PORT fixes the brokers' first port, TAPERELAY the program to test.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

usage() { sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64; }

quick="" list="" keep="" seed=$((10#$(date +%N) % 1000000)) wanted=()
while [ $# -gt 0 ]; do
  case $1 in
  --quick) quick=yes ;;
  --list) list=yes ;;
  --keep) keep=yes ;;
  --seed) [[ ${2:-} =~ ^[0-9]{1,9}$ ]] || usage; seed=$((10#$2)); shift ;;
  --scenario) [ -n "${2:-}" ] || usage; wanted+=("$2"); shift ;;
  *) usage ;;
  esac
  shift
done

for part in cluster workers scenario strikes brokers topics pieces catalogue report; do
  # shellcheck source=/dev/null
  . "Tests/faults/$part.sh"
done

select_scenarios
if [ -n "$list" ]; then list_scenarios; exit 0; fi
[ ${#selected[@]} -gt 0 ] || { echo "faults.sh: no scenario of that name; see --list" >&2; exit 64; }

work=$(mktemp -d "${TMPDIR:-/tmp}/taperelay-faults.XXXXXX")
leave() {
  status=$?
  if [ $status -gt 1 ] && [ -s "$work/shell.err" ]; then cat "$work/shell.err"; fi
  end_all_workers
  stop_cluster
  rm -rf "$work/kafka"
  if [ -n "$keep" ] || [ -n "$(ls -A "$work/failed" 2>/dev/null)" ]; then echo "Kept: $work"; else rm -rf "$work"; fi
}
trap leave EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

prepare
# The shell reports each kill of a child.
exec 2>"$work/shell.err"
echo "seed $seed: Tests/faults.sh --seed $seed"
start_cluster
fill_inputs
for index in "${selected[@]}"; do run_scenario "$index"; done
report

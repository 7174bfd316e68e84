#!/usr/bin/env bash
# Installs what is missing, builds, lints, runs the unit tests and the suites on a real Kafka. Runs again without harm.
#
#   Tests/run.sh             everything
#   Tests/run.sh --quick     lint and unit tests only
#   Tests/run.sh --sanitize  unit tests of the client and the engine under the address and the thread sanitizer
#   Tests/run.sh --library   the same tests, and one suite, with a current librdkafka loaded in place of the system's
#   Tests/run.sh --model     in release mode: ten million random steps of the offset tracker against sets; a million each of
#                            sections, versions and channel numbers against what was sent
#
# Kafka is TAPERELAY_TEST_BROKERS (brokers that run already), else see Tests/kafka/broker.sh. The last line counts what
# passed, failed and was skipped; the exit status is 1 if anything failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

usage() { sed -n '2,12s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2; exit 64; }
mode=all
case ${1:-} in
'') ;;
--quick) mode=quick ;;
--sanitize) mode=sanitize ;;
--library) mode=library ;;
--model) mode=model ;;
*) usage ;;
esac

passed=0 failed=0 skipped=0
timed='^(KafkaClientTests|RelayTests)\.'
work=$(mktemp -d "${TMPDIR:-/tmp}/taperelay-tests.XXXXXX")
broker_pid=""

stop_broker() {
  [ -n "$broker_pid" ] || return 0
  kill "$broker_pid" 2>/dev/null || true
  wait "$broker_pid" 2>/dev/null || true
  broker_pid=""
}
finish() { stop_broker; rm -rf "$work"; }
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

say() { printf '\n== %s\n' "$*"; }

# shellcheck source=/dev/null
. Tests/kafka/packages.sh

# Runs `swift test` with the given arguments and counts what Swift Testing reports.
unit_tests() {
  local log=$work/unit.log status=0 total broken left_out
  set +e
  swift test --disable-xctest "$@" 2>&1 | tee "$log" | grep -Ev '^(\[[0-9]+/[0-9]+\]|◇|✔ (Test|Suite) [^r]|↳|.*Cannot export local symbol)'
  status=${PIPESTATUS[0]}
  set -e
  total=$(sed -n 's/.*Test run with \([0-9]*\) tests\{0,1\} .*/\1/p' "$log" | tail -n 1)
  broken=$(grep -cE '^✘ Test .* failed after ' "$log" || true)
  if grep -qE '^✘ Test run with ' "$log"; then broken=$((broken - 1)); fi
  left_out=$(grep -cE '^➜ Test .* skipped' "$log" || true)
  # No summary, or a failure that no test owns (a crash, a build that breaks): that is one failure of its own.
  if [ -z "$total" ] || { [ "$status" != 0 ] && [ "$broken" = 0 ]; }; then broken=$((broken + 1)); fi
  total=${total:-0}
  failed=$((failed + broken))
  skipped=$((skipped + left_out))
  if [ "$total" -gt $((broken + left_out)) ]; then passed=$((passed + total - broken - left_out)); fi
}

lint() {
  say "Lint"
  if swift format lint --strict --recursive Sources Tests Package.swift; then
    passed=$((passed + 1)); echo "clean"
  else
    failed=$((failed + 1))
  fi
}

skip_suites() {  # REASON SUITE...
  local reason=$1 suite
  shift
  echo "******** SKIPPED: $reason"
  for suite in "$@"; do echo "******** SKIPPED $(basename "$suite" .sh)"; skipped=$((skipped + 1)); done
}

# Sets BROKERS and CLUSTER, or returns 1.
find_kafka() {
  local output=$work/broker.out deadline
  CLUSTER=""
  BROKERS=${TAPERELAY_TEST_BROKERS:-}
  if [ -n "$BROKERS" ]; then return 0; fi
  Tests/kafka/broker.sh serve "$work/broker" >"$output" &
  broker_pid=$!
  deadline=$((SECONDS + 120))
  until grep -q '^CLUSTER=' "$output"; do
    kill -0 "$broker_pid" 2>/dev/null || { broker_pid=""; return 1; }
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.2
  done
  BROKERS=$(sed -n 's/^BROKERS=//p' "$output")
  CLUSTER=$(sed -n 's/^CLUSTER=//p' "$output")
}

# Finds Kafka, for the unit tests that want a real broker and for the suites; `no_kafka` says why there is none.
no_kafka=""
prepare_kafka() {
  say "Kafka"
  install kcat openssl || true
  if [ -z "${TAPERELAY_TEST_BROKERS:-}" ] && ! command -v java >/dev/null; then
    install openjdk-17-jre-headless || install default-jre-headless || true
  fi
  if ! command -v kcat >/dev/null; then
    no_kafka="kcat could not be installed"
  elif find_kafka; then
    export BROKERS CLUSTER TAPERELAY_TEST_BOOTSTRAP=$BROKERS
    echo "$BROKERS"
    return 0
  else
    no_kafka="no Kafka found (set TAPERELAY_TEST_BROKERS or KAFKA_HOME)"
  fi
  echo "******** $no_kafka: what needs one is SKIPPED"
}

kafka_suites() {
  local suites=() suite name status
  shopt -s nullglob
  suites=(Tests/kafka/[0-9]*.sh)
  shopt -u nullglob
  [ ${#suites[@]} -gt 0 ] || return 0
  say "Suites on a real Kafka"
  if [ -n "$no_kafka" ]; then skip_suites "$no_kafka" "${suites[@]}"; return 0; fi
  swift build -c release --product taperelay || { failed=$((failed + 1)); return 0; }
  TAPERELAY=$(swift build -c release --show-bin-path)/taperelay
  export TAPERELAY
  for suite in "${suites[@]}"; do
    name=$(basename "$suite" .sh) status=0
    mkdir -p "$work/$name"
    WORK=$work/$name timeout --kill-after=10 "${TAPERELAY_TEST_SUITE_LIMIT:-300}" bash "$suite" >"$work/$name.log" 2>&1 || status=$?
    case $status in
    0) passed=$((passed + 1)); echo "passed   $name" ;;
    77) skipped=$((skipped + 1)); echo "******** SKIPPED $name: $(tail -n 1 "$work/$name.log")" ;;
    *) failed=$((failed + 1)); echo "FAILED   $name (exit $status):"; tail -n 40 "$work/$name.log" | sed 's/^/    /' ;;
    esac
  done
}

# The quick part of the fault matrix, on three brokers of its own.
fault_matrix() {
  local log=$work/faults.log status=0
  say "Fault matrix, its quick part"
  stop_broker
  set +e
  timeout --kill-after=10 900 Tests/faults.sh --quick 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  if [ "$status" = 69 ]; then
    skip_suites "three brokers of its own cannot be had" faults
  elif [[ $(grep -E '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1) =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed$ ]]; then
    passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
  else
    failed=$((failed + 1))
  fi
}

sanitize() {
  say "Address sanitizer"
  # What is leaked on purpose is named in a list; any other leak fails.
  LSAN_OPTIONS=suppressions=$root/Tests/asan/leaks.txt:print_suppressions=0 \
    unit_tests --sanitize=address --scratch-path .build/asan --filter "$timed"
  say "Thread sanitizer"
  mkdir -p .build/tsan
  "${CC:-clang}" -std=gnu11 -O1 -c Tests/tsan/c11threads.c -o .build/tsan/c11threads.o
  unit_tests --sanitize=thread --scratch-path .build/tsan --filter "$timed" \
    -Xlinker "$root/.build/tsan/c11threads.o" -Xlinker --export-dynamic
}

# Sets `library` to a directory that holds a current librdkafka.so.1: TAPERELAY_TEST_LIBRARY, else the one inside PyPI's
# confluent-kafka, which needs nothing but libc.
fetch_library() {
  local wheel found
  library=${TAPERELAY_TEST_LIBRARY:-}
  [ -z "$library" ] || return 0
  library=$root/.build/librdkafka
  [ -e "$library/librdkafka.so.1" ] && return 0
  mkdir -p "$work/wheel" "$library"
  python3 -m pip --version >/dev/null 2>&1 || install python3-pip
  timeout 60 python3 -m pip download -q --no-deps --only-binary :all: --python-version 3.11 \
    --platform "manylinux_2_28_$(uname -m)" -d "$work/wheel" confluent-kafka >/dev/null 2>&1 || return 1
  wheel=$(ls "$work"/wheel/*.whl)
  python3 -m zipfile -e "$wheel" "$work/wheel"
  found=$(ls "$work"/wheel/confluent_kafka.libs/librdkafka-*.so.1)
  cp "$found" "$library/librdkafka.so.1"
}

# The engine's tests on a current library: what 2.0.2 lacks is there, what it does wrong is mended.
second_library() {
  say "A current librdkafka"
  if ! fetch_library; then
    echo "******** SKIPPED second-library: no current librdkafka could be fetched (set TAPERELAY_TEST_LIBRARY)"
    skipped=$((skipped + 1))
    return 0
  fi
  swift build --build-tests >/dev/null || { failed=$((failed + 1)); return 0; }
  LD_LIBRARY_PATH=$library unit_tests --skip-build --filter "$timed"
}

model() {
  say "Offsets against sets, ten million steps in release mode"
  TAPERELAY_MODEL_STEPS=${TAPERELAY_MODEL_STEPS:-10000000} unit_tests -c release -Xswiftc -enable-testing --filter OffsetModel
  say "Sections, versions and numbers against what was sent, a million steps of each test in release mode"
  TAPERELAY_ASSEMBLY_STEPS=${TAPERELAY_ASSEMBLY_STEPS:-1000000} unit_tests -c release -Xswiftc -enable-testing \
    --filter '^AssemblyTests\.(InterleavingTests|ContinuityShuffleTests|SectionSetsJournaledTests/aCutRun|TelegramVersionsTests/orderAndRestarts)'
}

command -v swift >/dev/null || { echo "Swift 6.3 or newer must be installed: https://www.swift.org/install" >&2; exit 69; }
install librdkafka-dev libyaml-dev libxxhash-dev

if [ "$mode" = sanitize ]; then
  sanitize
elif [ "$mode" = model ]; then
  model
elif [ "$mode" = library ]; then
  prepare_kafka
  second_library
else
  say "Build"
  if swift build --build-tests; then
    lint
    if [ "$mode" = all ]; then prepare_kafka; fi
    # Apart: tests that only compute would take the few threads that the ones with time limits wait for.
    say "Unit tests"
    unit_tests --skip "$timed"
    say "Unit tests of client and engine"
    unit_tests --filter "$timed"
    if [ "$mode" = all ]; then
      kafka_suites
      second_library
      fault_matrix
    fi
  else
    failed=$((failed + 1))
  fi
fi

stop_broker
printf '\n%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" = 0 ]

#!/usr/bin/env bash
# The main job on the shipped sample: the window's check, then the auditors' reconciliation.
# Exit status 1 of either means "something is wrong with the papers": here that is the point, not a failure.
set -uo pipefail
shencai=${1:?usage: demo.sh SHENCAI SUBMISSION OUT} sample=$2 out=$3
run() { "$@"; status=$?; [ "$status" -le 1 ] || exit "$status"; }
mkdir -p "$out"
echo "== 初审 shencai check"
run "$shencai" check "$sample/申报材料" --out "$out/初审"
echo
echo "== 审计核对 shencai reconcile"
run "$shencai" reconcile "$sample"/审计凭证/*.xlsx "$sample/审计凭证" --out "$out/审计核对"
echo
echo "报告在 / the papers are in: $PWD/$out"

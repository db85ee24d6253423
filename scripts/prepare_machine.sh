#!/usr/bin/env bash
# Sets up what the tests need beside Python: Chromium with fonts for both scripts, Java and Maven.
# On Debian as root from the distribution's packages; elsewhere says what is missing, and the tests that need it skip.
set -euo pipefail

wanted=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
  || wanted+=(chromium)
[ -n "$(command -v fc-list >/dev/null && fc-list :lang=zh | head -n 1)" ] || wanted+=(fontconfig fonts-noto-cjk)
# The page asks for Arial or a font of its widths; without one the browser takes a wider font, and texts are cut.
command -v fc-match >/dev/null && fc-match Arial family | grep -qiE 'arial|liberation|arimo' || wanted+=(fonts-liberation)
command -v java >/dev/null || wanted+=(openjdk-17-jre-headless)
command -v mvn >/dev/null || wanted+=(maven)
[ ${#wanted[@]} -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing ${wanted[*]} from the distribution (some minutes the first time) …"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
else
  echo "Not found here: ${wanted[*]}. The tests that need them will skip and say so." >&2
fi

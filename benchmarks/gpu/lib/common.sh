# What pack, unpack and check share. Sourced, never run.
# shellcheck shell=bash

# die SENTENCE [CODE]: what is wrong, where, what to do.
die() {
  echo "hilum gpu: $1" >&2
  exit "${2:-2}"
}

say() {
  echo "$*" >&2
}

sha256() {
  sha256sum -- "$1" | cut -d' ' -f1
}

bytes() {
  stat -c %s -- "$1"
}

# needs TOOL...: stops where one is missing, before any work was done.
needs() {
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || die "$tool is not installed on this machine; install it and run this again."
  done
}

# progress WHAT DONE TOTAL STARTED: one line with rate and time left; sizes in bytes, STARTED as $SECONDS was.
progress() {
  local seconds=$((SECONDS - $4))
  awk -v what="$1" -v done="$2" -v total="$3" -v s="$seconds" 'BEGIN {
    rate = s > 0 ? done / s : 0
    left = rate > 0 ? sprintf("%d s left", (total - done) / rate) : "time left unknown"
    printf "%s: %.1f of %.1f MiB, %.1f MiB/s, %s\n", what, done / 1048576, total / 1048576, rate / 1048576, left
  }' >&2
}

# decompress FILE: to standard output. Images for CUDA often lack xz and have Python, which brings its own.
decompress() {
  if command -v xz >/dev/null; then
    xz -dc -- "$1"
  else
    python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.argv[1]), sys.stdout.buffer, 1 << 20)' "$1"
  fi
}

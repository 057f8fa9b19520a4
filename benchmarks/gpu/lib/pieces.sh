# How a folder becomes pieces. Sourced by pack.
#
# A group is a folder that is unpacked as one. Its tar is cut in slices, and each slice is compressed on its own and not
# the whole before cutting: so a piece can be unpacked at its place as soon as it arrives, in any order, several at once.
#
# MANIFEST, words separated by single spaces:
#   hilum-gpu-pieces 1
#   group NAME BYTES SHA256                                  of the tar
#   piece FILE BYTES SHA256 GROUP OFFSET                     of the compressed slice; where it begins in the tar
# shellcheck shell=bash

manifest=MANIFEST

# cut GROUP FOLDER PIECES LIMIT LEVEL: writes PIECES/GROUP.NNN.xz, each of LIMIT bytes at most, and prints the group's
# lines of the manifest. A group that lies there unchanged is kept: compressing is what takes long.
cut_group() {
  local group=$1 folder=$2 pieces=$3 limit=$4 level=$5
  local tar=$pieces/$group.tar.part
  tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C "$folder" -cf "$tar" .
  local total whole
  total=$(bytes "$tar")
  whole=$(sha256 "$tar")
  if kept_group "$group" "$whole" "$pieces" "$limit"; then
    say "$group: unchanged, its pieces are kept"
    rm -f "$tar"
    return
  fi
  rm -f "$pieces/$group".[0-9]*.xz
  echo "group $group $total $whole"

  local offset=0 number=0 started=$SECONDS raw=$limit
  while [ "$offset" -lt "$total" ]; do
    local take=$raw name size
    [ $((offset + take)) -le "$total" ] || take=$((total - offset))
    name=$(printf '%s.%03d.xz' "$group" "$number")
    dd if="$tar" iflag=skip_bytes,count_bytes skip="$offset" count="$take" bs=1M status=none \
      | xz -T0 "-$level" -c >"$pieces/$name.part"
    size=$(bytes "$pieces/$name.part")
    if [ "$size" -gt "$limit" ]; then
      # What xz cannot shrink grows by less than a thousandth, so this ends.
      raw=$((take * limit / size * 9 / 10))
      continue
    fi
    mv "$pieces/$name.part" "$pieces/$name"
    echo "piece $name $size $(sha256 "$pieces/$name") $group $offset"
    offset=$((offset + take))
    number=$((number + 1))
    progress "$group: $number pieces" "$offset" "$total" "$started"
    # The next slice probably shrinks as this one did. A tenth is left over, since a slice too large is compressed twice,
    # and none is more than twice as long as the last one: a file often begins with what shrinks best.
    raw=$((take * limit / size * 9 / 10))
    [ "$raw" -le $((2 * take)) ] || raw=$((2 * take))
    [ "$raw" -gt 0 ] || raw=1
  done
  rm -f "$tar"
}

# kept_group GROUP WHOLE PIECES LIMIT: prints the lines of the manifest that is there, if group and pieces are as it says.
kept_group() {
  local group=$1 whole=$2 pieces=$3 limit=$4 lines file size sum
  [ -f "$pieces/$manifest" ] || return 1
  grep -q "^group $group [0-9]* $whole\$" "$pieces/$manifest" || return 1
  lines=$(grep "^piece [^ ]* [0-9]* [0-9a-f]* $group " "$pieces/$manifest") || return 1
  while read -r _ file size sum _; do
    [ "$size" -le "$limit" ] && [ -f "$pieces/$file" ] && [ "$(sha256 "$pieces/$file")" = "$sum" ] || return 1
  done <<<"$lines"
  grep "^group $group " "$pieces/$manifest"
  echo "$lines"
}

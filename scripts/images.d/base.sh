# Sourced by scripts/build-images: what is under every image. The files come from this machine, so that the
# Java runtime, which comes from here too, finds the C library that it works with.

# copy_libraries ROOT FILE...: the C library's loader and the libraries that these files need from this machine.
copy_libraries() {
  local root=$1 each
  shift
  for each in $(ldd "$@" 2>/dev/null | awk '$3 ~ /^\// { print $3 } $1 ~ /^\// && $1 !~ /:$/ { print $1 }' | sort -u); do
    case $each in
      "$cache"/* | "$work"/*) ;;
      *)
        mkdir -p "$root${each%/*}"
        cp -L "$each" "$root$each"
        ;;
    esac
  done
}

# base ROOT FILE...: a root folder in which these files find what they need, for any user but root.
base() {
  local root=$1
  shift
  mkdir -p "$root"/{etc,tmp,proc,dev,sys,usr/lib/locale}
  copy_libraries "$root" "$@"
  [ ! -d /usr/lib/locale/C.utf8 ] || cp -r /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
  cp -L /etc/os-release "$root/etc/os-release"
  printf 'root:x:0:0:root:/:/nologin\nbothy:x:65532:0:bothy:/tmp:/nologin\n' >"$root/etc/passwd"
  printf 'root:x:0:\nbothy:x:65532:\n' >"$root/etc/group"
  printf 'passwd: files\ngroup: files\nhosts: files dns\n' >"$root/etc/nsswitch.conf"
  note_packages "$root"
  readable "$root"
  chmod 1777 "$root/tmp"
}

readable() { chmod -R u=rwX,go=rX "$@"; }

# Where scanners look for what is installed in an image without a package manager.
note_packages() {
  local root=$1 file package
  command -v dpkg-query >/dev/null || return 0
  mkdir -p "$root/var/lib/dpkg/status.d"
  (cd "$root" && find . -type f \( -name '*.so*' -o -path '*/locale/*' \) -printf '%P\n') | while read -r file; do
    dpkg-query -S "/$file" 2>/dev/null || dpkg-query -S "$(readlink -f "/$file")" 2>/dev/null || true
  done | sed 's/:.*//' | sort -u | while read -r package; do
    dpkg-query -s "$package" | sed -n '/^\(Package\|Status\|Maintainer\|Architecture\|Source\|Version\):/p' \
      >"$root/var/lib/dpkg/status.d/$package"
  done
}

# Sets busybox to a static one, for the images that must have a shell.
find_busybox() {
  for busybox in "$(command -v busybox || true)" "$cache"/busybox; do
    [ ! -x "$busybox" ] || ! ldd "$busybox" >/dev/null 2>&1 || continue
    [ ! -x "$busybox" ] || return 0
  done
  command -v apt-get >/dev/null || fail "The trial images need a static busybox on PATH (package busybox-static)."
  local folder=$work/busybox
  mkdir -p "$folder"
  (cd "$folder" && apt-get download -qq busybox-static >/dev/null 2>&1 && dpkg-deb -x busybox-static_*.deb .) ||
    fail "busybox-static could not be fetched: apt-get update, or install it."
  cp "$folder/bin/busybox" "$cache/busybox"
}

# shell ROOT: busybox as sh and as the small tools.
shell() {
  local root=$1 each
  mkdir -p "$root/bin"
  cp "$busybox" "$root/bin/busybox"
  for each in $("$busybox" --list); do
    [ -e "$root/bin/$each" ] || ln -s busybox "$root/bin/$each"
  done
}

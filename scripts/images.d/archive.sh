# Sourced by scripts/build-images: writes an image as the archive that `docker save` would write, with tar
# alone. The same files make the same bytes, whatever tool pushes them afterwards.

# json_array ARGUMENT...
json_array() {
  local each all=""
  for each in "$@"; do
    each=${each//\\/\\\\}
    all="$all,\"${each//\"/\\\"}\""
  done
  printf '[%s]' "${all#,}"
}

# image NAME TITLE: begins one. What follows until finish_image belongs to it.
image() {
  image_name=$1
  image_title=$2
  image_layers=()
  image_says=()
  image_environment=()
  image_entrypoint=()
  image_ports="{}"
  image_folder=/
}

# layer FOLDER WHAT: everything in the folder, as root's, at the image's root.
layer() {
  local folder=$1 file digest
  file=$(mktemp "$layers/XXXXXX")
  (cd "$folder" && find . -mindepth 1 -maxdepth 1 -printf '%f\n' | sort) |
    tar -C "$folder" --sort=name --format=gnu --owner=0 --group=0 --numeric-owner "--mtime=@$epoch" \
      --hard-dereference --files-from=- -cf "$file"
  digest=$(sha256sum "$file" | cut -d' ' -f1)
  mv "$file" "$layers/$digest.tar"
  image_layers+=("$digest")
  image_says+=("$2")
}

image_config() {
  local created digest each=0 digests="" history=""
  created=$(date -u -d "@$epoch" +%Y-%m-%dT%H:%M:%SZ)
  for digest in "${image_layers[@]}"; do
    digests="$digests,\"sha256:$digest\""
    history="$history,{\"created\":\"$created\",\"created_by\":\"${image_says[each]}\"}"
    each=$((each + 1))
  done
  cat <<J
{"architecture":"$architecture","os":"linux","created":"$created","config":{"User":"65532","WorkingDir":"$image_folder",
"Env":$(json_array "${image_environment[@]}"),"Entrypoint":$(json_array "${image_entrypoint[@]}"),"ExposedPorts":$image_ports,
"Labels":{"org.opencontainers.image.title":"$image_title","org.opencontainers.image.version":"$image_tag"}},
"rootfs":{"type":"layers","diff_ids":[${digests#,}]},"history":[${history#,}]}
J
}

# finish_image [TAG]: writes the archive.
finish_image() {
  image_tag=${1:-$tag}
  local config digest files=()
  image_config >"$layers/config"
  config=$(sha256sum "$layers/config" | cut -d' ' -f1).json
  mv "$layers/config" "$layers/$config"
  for digest in "${image_layers[@]}"; do files+=("$digest.tar"); done
  printf '[{"Config":"%s","RepoTags":["%s"],"Layers":%s}]\n' \
    "$config" "$registry/$image_name:$image_tag" "$(json_array "${files[@]}")" >"$layers/manifest.json"
  mkdir -p "$output"
  tar -C "$layers" --format=gnu --owner=0 --group=0 --numeric-owner "--mtime=@$epoch" \
    -cf "$output/$image_name.tar.part" manifest.json "$config" "${files[@]}"
  mv "$output/$image_name.tar.part" "$output/$image_name.tar"
  finished+=("$registry/$image_name:$image_tag" "$output/$image_name.tar")
  say "$registry/$image_name:$image_tag  $output/$image_name.tar  $(($(stat -c %s "$output/$image_name.tar") >> 20)) MB"
  [ -z "$sizes" ] || measure_image
}

# How large each layer is in a registry, and whether the whole is within the aim.
measure_image() {
  local each=0 digest size whole=0 aim=""
  case $image_name in
    bothy-server) aim=250 ;;
    bothy-operator) aim=150 ;;
  esac
  for digest in "${image_layers[@]}"; do
    size=$(gzip -6 -n <"$layers/$digest.tar" | wc -c)
    whole=$((whole + size))
    printf '  %6.1f MB, %5.1f compressed  %s\n' "$(stat -c %s "$layers/$digest.tar" | megabytes)" \
      "$(echo "$size" | megabytes)" "${image_says[each]}"
    each=$((each + 1))
  done
  printf '  %6s     %5.1f compressed in all%s\n' "" "$(echo "$whole" | megabytes)" "${aim:+, at most $aim are allowed}"
  [ -z "$aim" ] || [ "$whole" -le $((aim * 1000000)) ] || fail "$image_name is larger than it may be."
}

megabytes() { awk '{ printf "%.1f", $1 / 1000000 }'; }

# Sets image_tool to what works here: a docker client without a daemon does not.
find_image_tool() {
  for image_tool in docker podman buildah; do
    case $image_tool in
      buildah) "$image_tool" images >/dev/null 2>&1 ;;
      *) "$image_tool" info >/dev/null 2>&1 && { [ "$image_tool" != docker ] || docker version >/dev/null 2>&1; } ;;
    esac && return
  done
  fail "No image tool works here. Install one of them, e.g. apt-get install buildah (or podman), or start" \
    "Docker's daemon. Archives are built without one: leave out --push and --load."
}

# load_image NAME ARCHIVE: into the tool's own store.
load_image() {
  case $image_tool in
    buildah) buildah pull --quiet "docker-archive:$2" >/dev/null ;;
    *) "$image_tool" load --quiet --input "$2" >/dev/null ;;
  esac
  say "$image_tool has $1"
}

# push_image NAME ARCHIVE
push_image() {
  load_image "$1" "$2"
  "$image_tool" push "$1"
  say "Pushed $1"
}

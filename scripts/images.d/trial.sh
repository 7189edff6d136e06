# Sourced by scripts/build-images: PostgreSQL, Keycloak and OpenBao for a trial in a cluster that reaches no
# registry. They behave as the official images do as far as the chart uses them, and are for tests alone.

# from_build NAME: a file of the server's class path, which Maven has fetched.
from_build() {
  local found
  found=$(tr ':' '\n' <"$root/server/target/drivers.classpath" | grep "/$1" | head -n 1)
  [ -f "$found" ] || fail "Maven has not fetched $1."
  echo "$found"
}

trial_version() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml" | head -n 1; }

build_postgresql() {
  local version binaries folder=$work/postgresql-image/opt/postgresql shared
  version=$(trial_version postgresql-binaries.version)
  version=${version%.0}
  binaries=$(from_build 'embedded-postgres-binaries-linux-[^/]*\.jar')
  mkdir -p "$folder" "$work/binaries"
  (cd "$work/binaries" && "$JAVA_HOME/bin/jar" xf "$binaries")
  tar -C "$folder" -xJf "$work"/binaries/*.txz
  # Languages whose interpreters are not here, and what only a compiler needs.
  rm -rf "$folder"/lib/postgresql/*pl{perl,python3,tcl}*.so "$folder"/lib/*.a "$folder"/lib/pkgconfig \
    "$folder"/lib/postgresql/pgxs "$folder"/include
  readable "$work/postgresql-image"
  mapfile -t shared < <(find "$folder" -name '*.so*' -type f)
  base "$work/postgresql-base" "$folder"/bin/* "${shared[@]}"
  shell "$work/postgresql-base"

  image bothy-trial-postgresql "PostgreSQL for a trial of Bothy"
  layer "$work/postgresql-base" "C library and busybox"
  layer "$work/postgresql-image" "PostgreSQL $version"
  image_environment=(PATH=/opt/postgresql/bin:/bin LANG=C.UTF-8 PGDATA=/var/lib/postgresql/18/docker)
  image_entrypoint=()
  image_ports='{"5432/tcp":{}}'
  finish_image "$version"
}

# Built, as `kc.sh build` does it, for what the chart asks for: a start that asks for the same does not build
# again, and one that asks for anything else does.
unpack_keycloak() {
  local version=$1 folder=$2
  say "Unpacking and building Keycloak."
  rm -rf "$folder.part"
  mkdir -p "$folder.part/opt"
  (cd "$folder.part/opt" && "$JAVA_HOME/bin/jar" xf "$(from_build 'keycloak-quarkus-dist-[^/]*\.zip')" &&
    mv keycloak-* keycloak && rm -f keycloak/bin/*.bat && chmod +x keycloak/bin/*.sh &&
    keycloak/bin/kc.sh build --db=postgres --cache=local --health-enabled=true >&2)
  mkdir -p "$folder.part/opt/keycloak/data"
  rm -rf "$folder.part/opt/keycloak/data/tmp"
  # As in the official image: whoever is in group 0 may write.
  chmod -R ug=rwX,o=rX "$folder.part"
  mv "$folder.part" "$folder"
}

build_keycloak() {
  local version folder
  version=$(trial_version keycloak.version)
  folder=$cache/keycloak-$version
  [ -d "$folder" ] || unpack_keycloak "$version" "$folder"
  java_runtime
  # shellcheck disable=SC2046
  base "$work/keycloak-base" $(java_files "$runtime")
  shell "$work/keycloak-base"

  image bothy-trial-keycloak "Keycloak for a trial of Bothy"
  layer "$work/keycloak-base" "C library and busybox"
  layer "$runtime" "Java runtime"
  layer "$folder" "Keycloak $version"
  image_environment=(PATH=/opt/java/bin:/bin JAVA_HOME=/opt/java HOME=/tmp LANG=C.UTF-8 KC_RUN_IN_CONTAINER=true)
  image_entrypoint=(/opt/keycloak/bin/kc.sh)
  image_ports='{"8080/tcp":{},"9000/tcp":{}}'
  image_folder=/opt/keycloak
  finish_image "$version"
}

openbao_version=2.7.2

build_openbao() {
  local program folder=$work/openbao
  program=$("$root/scripts/vaults" openbao)
  rm -rf "$folder"
  mkdir -p "$folder/bin"
  cp "$program" "$folder/bin/bao"
  readable "$folder"
  base "$work/openbao-base" "$program"
  shell "$work/openbao-base"

  image bothy-trial-openbao "OpenBao for a trial of Bothy"
  layer "$work/openbao-base" "busybox"
  layer "$folder" "OpenBao $openbao_version"
  image_environment=(PATH=/bin HOME=/tmp)
  image_entrypoint=()
  image_ports='{"8200/tcp":{}}'
  finish_image "$openbao_version"
}

build_trial() {
  find_busybox
  build_postgresql
  build_keycloak
  build_openbao
}

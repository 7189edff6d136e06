# Sourced by scripts/cluster: makes the programs and the pause image, unless they are there.

sources=$here/programs

# What was built from these sources lies under a name of its own, so that a checkout of another version
# does not find it.
build_id() {
  (cd "$sources" && cat go.mod go.sum main.go coredns/main.go pause/main.go) | sha256sum | cut -c1-12
}

built_mark() { echo "$CLUSTER_HOME/built-$(build_id)"; }

is_built() { [ -e "$(built_mark)" ]; }

require_go() {
  local version
  version=$(cd "$sources" && go env GOVERSION 2>/dev/null | sed -n 's/^go1\.\([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 25 ] ||
    fail "The cluster's programs are built from Go modules, and there is no Go 1.25 or newer on PATH or in" \
      "/usr/local/go. Install it (https://go.dev/dl), or set KUBECONFIG to a cluster that you have."
}

# Two that build at once would do everything twice.
one_at_a_time() {
  mkdir -p "$CLUSTER_HOME"
  exec 9>"$CLUSTER_HOME/build.lock"
  flock 9
}

build() {
  ! is_built || return 0
  one_at_a_time
  ! is_built || return 0
  require_go
  say "Building Kubernetes for the test cluster, once: 5 to 20 minutes on 2 cores."
  mkdir -p "$bin"
  local version=v1.35.8 stamp="" package
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    stamp="$stamp -X $package.gitVersion=$version -X $package.gitMajor=1 -X $package.gitMinor=35"
    stamp="$stamp -X $package.gitTreeState=clean -X $package.buildDate=2026-01-01T00:00:00Z"
  done
  # Unoptimized: it compiles in three quarters of the time, and tests see no difference.
  (cd "$sources" &&
    GOFLAGS="-buildvcs=false -trimpath" CGO_ENABLED=0 GOGC=400 nice -n 10 \
      go build -gcflags='all=-N -l' -tags selinux,notest,grpcnotrace -ldflags "-s -w $stamp" \
      -o "$bin/" . ./coredns ./pause)
  local name
  for name in kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy kubectl etcd; do
    ln -sf bothy-cluster "$bin/$name"
  done
  touch "$(built_mark)"
  exec 9>&-
}

build_helms() {
  one_at_a_time
  build_helm 3 v3.22.0
  build_helm 4 v4.0.0
  exec 9>&-
}

# build_helm MAJOR VERSION: as bin/helm MAJOR.
build_helm() {
  local folder=$CLUSTER_HOME/helm-$2
  if [ ! -x "$folder/helm" ]; then
    say "Building Helm $2, once."
    require_go
    GOFLAGS=-buildvcs=false CGO_ENABLED=0 GOBIN=$folder.part nice -n 10 go install \
      -ldflags="-s -w -X helm.sh/helm/v$1/internal/version.version=$2" "helm.sh/helm/v$1/cmd/helm@$2"
    mv "$folder.part" "$folder"
  fi
  mkdir -p "$bin"
  ln -sf "$folder/helm" "$bin/helm$1"
}

# An image of one file, as an archive that containerd imports: no image tool is needed for it.
pause_archive() {
  local work layer config
  work=$(mktemp -d)
  tar -C "$bin" --owner=0 --group=0 --mtime=@0 -cf "$work/layer.tar" pause
  layer=$(sha256sum "$work/layer.tar" | cut -d' ' -f1)
  cat >"$work/config.json" <<J
{"architecture":"$(go env GOARCH 2>/dev/null || echo amd64)","os":"linux","config":{"Entrypoint":["/pause"]},"rootfs":{"type":"layers","diff_ids":["sha256:$layer"]}}
J
  config=$(sha256sum "$work/config.json" | cut -d' ' -f1).json
  mv "$work/config.json" "$work/$config"
  cat >"$work/manifest.json" <<J
[{"Config":"$config","RepoTags":["localhost/bothy-pause:1"],"Layers":["layer.tar"]}]
J
  tar -C "$work" -cf "$1" manifest.json "$config" layer.tar
  rm -rf "$work"
}

# Sourced by the scripts beside it: finds a JDK 25 and Maven, and says what to install if one is missing.

say() { printf '%s\n' "$*"; }
fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -Eq '^JAVA_VERSION="25[".]' "$1/release"
}

# Sets JAVA_HOME.
find_jdk() {
  compiler=$(command -v javac || true)
  [ -z "$compiler" ] || compiler=$(readlink -f "$compiler" || true)
  for candidate in "${JAVA_HOME:-}" "${compiler%/bin/javac}" /usr/lib/jvm/* \
    "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* /opt/* /opt/*/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_jdk_25 "$candidate"; then
      JAVA_HOME=$candidate
      export JAVA_HOME
      return
    fi
  done
  fail "No JDK 25 found: not in JAVA_HOME, on PATH, or in /usr/lib/jvm, ~/.sdkman, ~/.jdks, /opt." \
    "Install one, e.g. Temurin 25 from https://adoptium.net (the package temurin-25-jdk), or unpack it" \
    "anywhere and set JAVA_HOME to its folder."
}

# Sets maven to the command. Debian 12 and Ubuntu 24.04 bring 3.8.7.
find_maven() {
  maven=mvn
  [ -z "${MAVEN_HOME:-}" ] || [ ! -x "$MAVEN_HOME/bin/mvn" ] || maven=$MAVEN_HOME/bin/mvn
  command -v "$maven" >/dev/null ||
    fail "No Maven found: not in MAVEN_HOME, nor as mvn on PATH." \
      "Install 3.8.7 or newer: apt-get install maven, or unpack https://maven.apache.org/download.cgi"
  version=$("$maven" --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p')
  printf '%s\n' "$version" | awk -F. '{ exit !($1 * 10000 + $2 * 100 + $3 >= 30807) }' ||
    fail "Maven 3.8.7 or newer is needed, but $maven is ${version:-of an unknown version}."
}

# Builds the executable jar, the tests' classes and their class path, if a source has changed. Needs
# find_jdk, and root to be set. Sets test_classpath and s3proxy, a jar that is a program of its own.
build_for_drivers() {
  target=$root/server/target
  built=$target/drivers.classpath
  if [ ! -f "$built" ] || [ ! -d "$target/test-classes" ] ||
    [ -n "$(find "$root/pom.xml" "$root/server/pom.xml" "$root/server/src" -newer "$built" | head -n 1)" ]; then
    find_maven
    say "Building."
    mkdir -p "$target"
    rm -f "$built"
    "$maven" -B -ntp -q -Dquick -DskipTests -f "$root/pom.xml" -pl server package spring-boot:repackage \
      dependency:build-classpath -Dmdep.includeScope=test "-Dmdep.outputFile=$built.part" >&2
    tr ':' '\n' <"$built.part" | grep '/s3proxy-[^/]*$' >"$target/drivers.s3proxy"
    tr ':' '\n' <"$built.part" | grep -v '/s3proxy-[^/]*$' | paste -sd : - >"$built"
    rm "$built.part"
  fi
  test_classpath=$target/test-classes:$target/classes:$(cat "$built")
  s3proxy=$(cat "$target/drivers.s3proxy")
}

# Runs a class of the tests' in the server's folder, with driver_heap or 1g: drive CLASS [argument ...]
drive() {
  cd "$root/server"
  exec "$JAVA_HOME/bin/java" -Xmx"${driver_heap:-1g}" --enable-native-access=ALL-UNNAMED \
    "-Dbothy.s3proxy.jar=$s3proxy" -cp "$test_classpath" "$@"
}

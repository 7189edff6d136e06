# Sourced by scripts/build-images: Java runtimes cut to what a program needs, and AOT caches.

# All of Java SE, of which the libraries use two thirds; beside it Flight Recorder, memory and processor use of
# the container, sun.misc.Unsafe, the small HTTP server, DNS through JNDI, zip files as file systems, and jcmd for
# whoever looks into a running pod. One runtime for all images: a node keeps its layer once.
java_modules=java.se,jdk.jfr,jdk.management,jdk.management.agent,jdk.net,jdk.unsupported,jdk.httpserver
java_modules=$java_modules,jdk.naming.dns,jdk.zipfs,jdk.jcmd,jdk.crypto.cryptoki

# Cuts it, once for each JDK, and sets runtime to its folder.
java_runtime() {
  local id
  id=$( (echo "$java_modules 2" && cat "$JAVA_HOME/release") | sha256sum | cut -c1-12)
  runtime=$cache/java-$id
  [ ! -d "$runtime" ] || return 0
  say "Cutting a Java runtime."
  rm -rf "$runtime.part"
  "$JAVA_HOME/bin/jlink" --add-modules "$java_modules" --strip-debug --no-header-files --no-man-pages \
    --compress zip-6 --output "$runtime.part/opt/java" >&2
  grep -E '^(IMPLEMENTOR|JAVA_RUNTIME_VERSION)=' "$JAVA_HOME/release" >>"$runtime.part/opt/java/release"
  # They draw on screens and play sounds, with libraries that no server has.
  rm -f "$runtime.part"/opt/java/lib/lib{awt_xawt,jawt,splashscreen,jsound}.so
  if [ -L "$runtime.part/opt/java/lib/security/cacerts" ]; then
    cp --remove-destination -L "$JAVA_HOME/lib/security/cacerts" "$runtime.part/opt/java/lib/security/cacerts"
  fi
  readable "$runtime.part"
  mv "$runtime.part" "$runtime"
}

java_files() { find "$1/opt/java" \( -name '*.so' -o -path '*/bin/*' -o -name jspawnhelper \) -type f; }

# dated FOLDER...: everything in it gets the time that it has in the image. The virtual machine compares it
# with what it saw in the training.
dated() { find "$@" -exec touch -h -d "@$epoch" {} +; }

# whole_root FOLDER...: what the image's file system will be, as links to the folders of its layers.
whole_root() {
  rm -rf "$work/root"
  mkdir "$work/root"
  local each
  for each in "$@"; do cp -al "$each/." "$work/root/"; done
}

# What decides whether a cache fits: the layers so far and the options.
training_id() { printf '%s\n' "${image_layers[@]}" "$@" | sha256sum | cut -c1-12; }

# bill MODULE LIBRARIES BASE: the image's bill of materials, beside its archive. Maven's part is made once for the
# same poms, and read with the server's JSON library.
bill() {
  local module=$1 libraries=$2 base=$3 id mavens
  id=$(cat "$root/pom.xml" "$root/$module/pom.xml" | sha256sum | cut -c1-12)
  mavens=$cache/bothy-$module-$id.cdx.json
  if [ ! -f "$mavens" ]; then
    say "Writing Maven's bill of materials of the $module."
    find_maven
    "$maven" -B -ntp -q -Dquick -f "$root/pom.xml" -pl "$module" org.cyclonedx:cyclonedx-maven-plugin:makeBom \
      "-DoutputDirectory=$work" "-DoutputName=$module" >&2
    mv "$work/$module.json" "$mavens"
  fi
  [ -f "$root/server/target/drivers.classpath" ] || build_for_drivers
  "$JAVA_HOME/bin/java" -cp "$(cat "$root/server/target/drivers.classpath")" "$here/Sbom.java" "$mavens" \
    "$libraries/app/lib" "$base" "$runtime/opt/java" "$image_name" "$tag" >"$output/$image_name.cdx.json.part"
  mv "$output/$image_name.cdx.json.part" "$output/$image_name.cdx.json"
}

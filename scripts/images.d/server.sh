# Sourced by scripts/build-images: the image of the server, of the migration and of its other tools.

server_options=(-XX:+UseSerialGC -Xms64m -XX:MaxRAMPercentage=60 -XX:+UseCompactObjectHeaders -XX:-UsePerfData
  -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8)

build_server() {
  build_for_drivers
  local boot extracted=$work/extracted libraries=$work/libraries application=$work/application
  boot=$root/server/target/bothy-server-$product_version-boot.jar
  "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$boot" extract --destination "$extracted" >/dev/null
  mkdir -p "$libraries/app" "$application/app"
  mv "$extracted/lib" "$libraries/app/lib"
  # What unpacked it.
  rm "$libraries"/app/lib/spring-boot-jarmode-tools-*.jar
  mv "$extracted"/bothy-server-*.jar "$application/app/bothy-server.jar"
  readable "$libraries" "$application"

  java_runtime
  # shellcheck disable=SC2046
  base "$work/server-base" $(java_files "$runtime")
  dated "$work/server-base" "$runtime" "$libraries" "$application"

  image bothy-server "Bothy server"
  layer "$work/server-base" "C library, names, time zones"
  layer "$runtime" "Java runtime"
  layer "$libraries" "Libraries"
  layer "$application" "Bothy"
  train_server
  layer "$work/server-aot" "AOT cache"
  image_environment=(PATH=/opt/java/bin JAVA_HOME=/opt/java LANG=C.UTF-8)
  image_entrypoint=(/opt/java/bin/java "${server_options[@]}" -XX:AOTCache=/app/bothy-server.aot
    -jar /app/bothy-server.jar)
  image_ports='{"8080/tcp":{},"8081/tcp":{}}'
  image_folder=/app
  finish_image
  bill server "$libraries" "$work/server-base"
}

# Once for the same layers: a run in the image's own file system, and one that must start with the cache
# which the first has left.
train_server() {
  local id cached exchange
  id=$(training_id "${server_options[@]}")
  cached=$cache/bothy-server-$id.aot
  if [ ! -f "$cached" ]; then
    say "Training the server's AOT cache."
    whole_root "$work/server-base" "$runtime" "$work/libraries" "$work/application"
    exchange=$(mktemp -d /tmp/bothy-training.XXXXXX)
    cat >"$exchange/java" <<J
#!/bin/sh
exec "$here/in-root" "$work/root" "$exchange" /opt/java/bin/java ${server_options[*]} "\$@"
J
    chmod +x "$exchange/java"
    (drive dev.bothy.bench.Training --java "$exchange/java" --jar /app/bothy-server.jar \
      --folder "$exchange" --database "$work/postgresql") >"$output/training.log" 2>&1 ||
      { rm -rf "$exchange"; fail "The server could not be trained; see $output/training.log"; }
    mv "$exchange/server.aot" "$cached.part"
    mv "$cached.part" "$cached"
    rm -rf "$exchange"
    find "$cache" -maxdepth 1 -name '*.aot' -mtime +2 -delete
  fi
  mkdir -p "$work/server-aot/app"
  cp "$cached" "$work/server-aot/app/bothy-server.aot"
  readable "$work/server-aot"
}

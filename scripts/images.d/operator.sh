# Sourced by scripts/build-images: the image of the operator.

operator_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -Xss512k -XX:+UseCompactObjectHeaders
  -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8)

build_operator() {
  local libraries=$work/operator-libraries application=$work/operator-application jar classpath
  find_maven
  mkdir -p "$libraries/app/lib" "$application/app"
  "$maven" -B -ntp -q -Dquick -DskipTests -f "$root/pom.xml" -pl operator package \
    dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$libraries/app/lib" >&2
  jar=$root/operator/target/bothy-operator-$product_version.jar
  cp "$jar" "$application/app/bothy-operator.jar"
  # In an order of its own: a cache fits one order of the class path.
  classpath=/app/bothy-operator.jar$(cd "$libraries/app/lib" && printf '%s\n' *.jar | LC_ALL=C sort | sed 's:^:\:/app/lib/:' | tr -d '\n')
  printf '%s\n' "-cp $classpath" >"$application/app/class-path"
  readable "$libraries" "$application"

  java_runtime
  # shellcheck disable=SC2046
  base "$work/operator-base" $(java_files "$runtime")
  dated "$work/operator-base" "$runtime" "$libraries" "$application"

  image bothy-operator "Bothy operator"
  layer "$work/operator-base" "C library, names, time zones"
  layer "$runtime" "Java runtime"
  layer "$libraries" "Libraries"
  layer "$application" "Bothy operator"
  train_operator
  layer "$work/operator-aot" "AOT cache"
  image_environment=(PATH=/opt/java/bin JAVA_HOME=/opt/java LANG=C.UTF-8)
  image_entrypoint=(/opt/java/bin/java "${operator_options[@]}" -XX:AOTCache=/app/bothy-operator.aot @/app/class-path dev.bothy.operator.BothyOperator)
  image_ports='{"8081/tcp":{}}'
  image_folder=/app
  finish_image
  bill operator "$libraries" "$work/operator-base"
}

# An operator that finds no API server loads most of what it needs; it is told to end after a while. The second run
# fails unless the cache fits.
train_operator() {
  local id cached exchange status=0
  id=$(training_id "${operator_options[@]}")
  cached=$cache/bothy-operator-$id.aot
  if [ ! -f "$cached" ]; then
    say "Training the operator's AOT cache."
    whole_root "$work/operator-base" "$runtime" "$libraries" "$application"
    exchange=$(mktemp -d /tmp/bothy-training.XXXXXX)
    local java=("$here/in-root" "$work/root" "$exchange" /opt/java/bin/java "${operator_options[@]}")
    # Whatever else has its port, or an API server's.
    IN_ROOT_NETWORK=none timeout --signal=TERM 25 "${java[@]}" -XX:AOTCacheOutput="$exchange/operator.aot" -Dkubernetes.master=http://127.0.0.1:1 \
      @/app/class-path dev.bothy.operator.BothyOperator >"$output/operator-training.log" 2>&1 || true
    # An argument that it does not know ends it as wrong use, once it runs.
    "${java[@]}" -XX:AOTCache="$exchange/operator.aot" -XX:AOTMode=on @/app/class-path \
      dev.bothy.operator.BothyOperator unknown >>"$output/operator-training.log" 2>&1 || status=$?
    [ "$status" = 2 ] ||
      { rm -rf "$exchange"; fail "The operator could not be trained; see $output/operator-training.log"; }
    mv "$exchange/operator.aot" "$cached.part"
    mv "$cached.part" "$cached"
    rm -rf "$exchange"
  fi
  mkdir -p "$work/operator-aot/app"
  cp "$cached" "$work/operator-aot/app/bothy-operator.aot"
  readable "$work/operator-aot"
}

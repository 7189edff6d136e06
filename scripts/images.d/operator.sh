# Sourced by scripts/build-images: the image of the operator.

operator_modules=java.base,java.logging,java.naming,java.net.http,java.management,java.security.jgss,java.sql,java.xml,java.desktop,java.instrument,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs,jdk.jcmd

operator_options=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx96m -Xss512k -XX:+UseCompactObjectHeaders
  -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8)

build_operator() {
  local libraries=$work/operator-libraries application=$work/operator-application jar classpath
  find_maven
  mkdir -p "$libraries/app/lib" "$application/app"
  "$maven" -B -ntp -q -Dquick -DskipTests -f "$root/pom.xml" -pl operator package \
    dependency:copy-dependencies -DincludeScope=runtime "-DoutputDirectory=$libraries/app/lib" >&2
  jar=$(find "$root/operator/target" -maxdepth 1 -name 'bothy-operator-*.jar' ! -name '*-sources.jar')
  cp "$jar" "$application/app/bothy-operator.jar"
  # In an order of its own: a cache fits one order of the class path.
  classpath=/app/bothy-operator.jar$(cd "$libraries/app/lib" && printf '%s\n' *.jar | LC_ALL=C sort | sed 's:^:\:/app/lib/:' | tr -d '\n')
  printf '%s\n' "-cp $classpath" >"$application/app/class-path"
  readable "$libraries" "$application"

  java_runtime "$operator_modules"
  # shellcheck disable=SC2046
  base "$work/operator-base" $(java_files "$runtime")
  dated "$work/operator-base" "$runtime" "$libraries" "$application"

  image bothy-operator "Bothy operator"
  layer "$work/operator-base" "C library, names, time zones"
  layer "$runtime" "Java runtime"
  layer "$libraries" "Libraries"
  layer "$application" "Bothy operator"
  image_environment=(PATH=/opt/java/bin JAVA_HOME=/opt/java LANG=C.UTF-8)
  image_entrypoint=(/opt/java/bin/java "${operator_options[@]}" @/app/class-path dev.bothy.operator.BothyOperator)
  image_ports='{"8081/tcp":{}}'
  image_folder=/app
  finish_image
}

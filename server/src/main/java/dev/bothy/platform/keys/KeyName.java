package dev.bothy.platform.keys;

import java.nio.charset.StandardCharsets;

/// Names one data key. A provider binds the wrapped key to this name, so that a wrapped key moved
/// to another row does not unwrap.
///
/// @param version 1 for the first
record KeyName(KeyOwner owner, int version) {
  byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    String scope = owner.workspace() == null ? "installation" : owner.workspace().toString();
    return scope + "/" + owner.name() + "/" + version;
  }
}

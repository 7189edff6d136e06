package dev.bothy.platform.keys;

import java.util.Optional;

/// A provider that does what another one does.
class ForwardingProvider implements KeyProvider {
  private final KeyProvider real;

  ForwardingProvider(KeyProvider real) {
    this.real = real;
  }

  @Override
  public String id() {
    return real.id();
  }

  @Override
  public byte[] wrap(KeyName name, byte[] key) {
    return real.wrap(name, key);
  }

  @Override
  public byte[] unwrap(KeyName name, byte[] wrapped) {
    return real.unwrap(name, wrapped);
  }

  @Override
  public int wrappingVersion(byte[] wrapped) {
    return real.wrappingVersion(wrapped);
  }

  @Override
  public Optional<WrappingKey> wrappingKey(KeyOwner owner) {
    return real.wrappingKey(owner);
  }

  @Override
  public Optional<String> ownName(KeyOwner owner) {
    return real.ownName(owner);
  }

  @Override
  public void rotate(KeyOwner owner) {
    real.rotate(owner);
  }

  @Override
  public void refuseOlder(KeyOwner owner, int version) {
    real.refuseOlder(owner, version);
  }

  @Override
  public void destroy(KeyOwner owner) {
    real.destroy(owner);
  }
}

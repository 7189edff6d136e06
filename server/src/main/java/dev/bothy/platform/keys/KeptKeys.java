package dev.bothy.platform.keys;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Wraps and unwraps by another provider, whose keys stay as they are: they are in use elsewhere.
final class KeptKeys implements KeyProvider {
  private static final Logger LOG = LoggerFactory.getLogger(KeptKeys.class);

  private final KeyProvider provider;

  KeptKeys(KeyProvider provider) {
    this.provider = provider;
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public byte[] wrap(KeyName name, byte[] key) {
    return provider.wrap(name, key);
  }

  @Override
  public byte[] unwrap(KeyName name, byte[] wrapped) {
    return provider.unwrap(name, wrapped);
  }

  @Override
  public int wrappingVersion(byte[] wrapped) {
    return provider.wrappingVersion(wrapped);
  }

  @Override
  public Optional<WrappingKey> wrappingKey(KeyOwner owner) {
    return provider.wrappingKey(owner);
  }

  @Override
  public Optional<String> ownName(KeyOwner owner) {
    return provider.ownName(owner);
  }

  @Override
  public void rotate(KeyOwner owner) {
    LOG.info("A rehearsal rotates no key of {}", owner);
  }

  @Override
  public void refuseOlder(KeyOwner owner, int version) {
    LOG.info("A rehearsal lets older versions of the key of {} be", owner);
  }

  @Override
  public void destroy(KeyOwner owner) {
    LOG.info("A rehearsal destroys no key of {}", owner);
  }
}

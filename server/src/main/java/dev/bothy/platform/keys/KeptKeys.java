package dev.bothy.platform.keys;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Unwraps by another provider, whose keys stay as they are: they are in use elsewhere. What it
/// wraps itself nobody else ever unwraps, so a rehearsal needs no right but to decrypt.
final class KeptKeys implements KeyProvider {
  private static final Logger LOG = LoggerFactory.getLogger(KeptKeys.class);

  /// Before what a rehearsal has wrapped; no provider begins so.
  private static final byte[] MARK = "rehearsal:".getBytes(StandardCharsets.US_ASCII);

  private final KeyProvider provider;
  private final SecretKey own;

  KeptKeys(KeyProvider provider) {
    this.provider = provider;
    this.own = Envelope.toKey(Envelope.newKey());
  }

  @Override
  public String id() {
    return provider.id();
  }

  @Override
  public byte[] wrap(KeyName name, byte[] key) {
    byte[] sealed = Envelope.seal(own, 1, name.bytes(), key);
    byte[] wrapped = Arrays.copyOf(MARK, MARK.length + sealed.length);
    System.arraycopy(sealed, 0, wrapped, MARK.length, sealed.length);
    return wrapped;
  }

  @Override
  public byte[] unwrap(KeyName name, byte[] wrapped) {
    return isOwn(wrapped)
        ? Envelope.open(own, name.bytes(), Arrays.copyOfRange(wrapped, MARK.length, wrapped.length))
        : provider.unwrap(name, wrapped);
  }

  @Override
  public int wrappingVersion(byte[] wrapped) {
    return isOwn(wrapped) ? 1 : provider.wrappingVersion(wrapped);
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

  private static boolean isOwn(byte[] wrapped) {
    return wrapped.length > MARK.length
        && Arrays.equals(wrapped, 0, MARK.length, MARK, 0, MARK.length);
  }
}

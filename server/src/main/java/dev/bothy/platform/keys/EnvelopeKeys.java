package dev.bothy.platform.keys;

import dev.bothy.platform.kernel.WorkspaceId;
import dev.bothy.platform.operation.Metrics;
import dev.bothy.platform.workspace.Workspaces;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

@Service
class EnvelopeKeys implements Keys {
  private static final Logger LOG = LoggerFactory.getLogger(EnvelopeKeys.class);

  private final KeyCache cache;
  private final InstallationKeys installation;
  private final Workspaces workspaces;
  private final Metrics metrics;

  EnvelopeKeys(
      KeyCache cache, InstallationKeys installation, Workspaces workspaces, Metrics metrics) {
    this.cache = cache;
    this.installation = installation;
    this.workspaces = workspaces;
    this.metrics = metrics;
  }

  @Override
  public boolean isReady() {
    return installation.isLoaded();
  }

  @Override
  public Sealed seal(Purpose purpose, UUID row, byte[] plaintext) {
    return counted(
        Metrics.Cipher.ENCRYPT,
        () ->
            seal(cache.forSealing(purpose.owner()), workspaces.current(), purpose, row, plaintext));
  }

  @Override
  public byte[] open(Purpose purpose, UUID row, Sealed sealed) {
    return counted(
        Metrics.Cipher.DECRYPT,
        () ->
            named(
                purpose,
                row,
                () -> {
                  int version = Envelope.version(sealed.bytes());
                  KeyRing ring = cache.forOpening(purpose.owner(), version);
                  return open(ring, workspaces.current(), purpose, row, sealed);
                }));
  }

  @Override
  public Sealed sealForInstallation(Purpose purpose, UUID row, byte[] plaintext) {
    return counted(
        Metrics.Cipher.ENCRYPT,
        () -> seal(installation.forSealing(), null, purpose, row, plaintext));
  }

  @Override
  public byte[] openForInstallation(Purpose purpose, UUID row, Sealed sealed) {
    return counted(
        Metrics.Cipher.DECRYPT,
        () ->
            named(
                purpose,
                row,
                () -> {
                  KeyRing ring = installation.forOpening(Envelope.version(sealed.bytes()));
                  return open(ring, null, purpose, row, sealed);
                }));
  }

  /// Whoever reads of a ciphertext that does not open has to know which it was. The log says so
  /// here, whatever becomes of the page or the work; of what was destroyed nobody need be told.
  private static byte[] named(Purpose purpose, UUID row, Supplier<byte[]> work) {
    try {
      return work.get();
    } catch (CannotOpen e) {
      CannotOpen named = e.of(purpose.name() + " of " + row);
      if (!(named instanceof KeyDestroyed)) {
        LOG.warn("Does not open: {}", named.getMessage());
      }
      throw named;
    }
  }

  private <T> T counted(Metrics.Cipher operation, Supplier<T> work) {
    boolean succeeded = false;
    try {
      T result = work.get();
      succeeded = true;
      return result;
    } finally {
      metrics.cipher(operation, succeeded);
    }
  }

  private static Sealed seal(
      KeyRing ring, @Nullable WorkspaceId workspace, Purpose purpose, UUID row, byte[] plaintext) {
    return new Sealed(
        Envelope.seal(
            ring.currentKey(), ring.current(), additional(workspace, purpose, row), plaintext));
  }

  private static byte[] open(
      KeyRing ring, @Nullable WorkspaceId workspace, Purpose purpose, UUID row, Sealed sealed) {
    int version = Envelope.version(sealed.bytes());
    SecretKey key = ring.ofVersion(version);
    if (key == null) {
      throw new CannotOpen("There is no key of version " + version);
    }
    return Envelope.open(key, additional(workspace, purpose, row), sealed.bytes());
  }

  private static byte[] additional(@Nullable WorkspaceId workspace, Purpose purpose, UUID row) {
    return Envelope.lengthPrefixed(
        workspace == null ? new byte[0] : bytes(workspace.value()),
        purpose.name().getBytes(StandardCharsets.UTF_8),
        bytes(row));
  }

  private static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }
}

package dev.bothy.platform.keys;

import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.vault.VaultCall;
import dev.bothy.platform.vault.VaultRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;

/// Wraps data keys with Vault's Transit engine. Each owner in each workspace has a Transit key of
/// its own there, which cannot be exported: destroying it makes one app's data in one workspace
/// unreadable and nothing else. The name of the data key is the additional data, so that a wrapped
/// key moved to another row does not unwrap.
///
/// Source: developer.hashicorp.com/vault/api-docs/secret/transit; OpenBao has the same.
final class TransitKeys implements KeyProvider {
  private static final String PREFIX = "bothy-";
  private static final String ALL = PREFIX + "*";
  private static final int BAD_REQUEST = 400;
  private static final Pattern VERSION = Pattern.compile("vault:v([0-9]{1,9}):");

  private final Vault vault;
  private final String mount;

  /// @param mount the path that Transit is mounted at, e.g. `transit`
  TransitKeys(Vault vault, String mount) {
    this.vault = vault;
    this.mount = mount;
  }

  /// What its key is called in Transit: `bothy-<workspace>-<owner>`, or `bothy-installation`.
  static String nameOf(KeyOwner owner) {
    return owner.workspace() == null
        ? PREFIX + owner.name()
        : PREFIX + owner.workspace() + "-" + owner.name();
  }

  @Override
  public String id() {
    return KeysProperties.VAULT;
  }

  @Override
  public byte[] wrap(KeyName name, byte[] key) {
    String transit = nameOf(name.owner());
    // Made again it stays as it is.
    vault.call(
        call(HttpMethod.POST, "keys/", transit, List.of("create", "update")),
        Map.of("type", "aes256-gcm96", "exportable", false, "allow_plaintext_backup", false));
    return text(
            vault.call(
                call(HttpMethod.POST, "encrypt/", transit, List.of("update")),
                Map.of(
                    "plaintext", encoded(key),
                    "associated_data", encoded(name.bytes()))),
            "ciphertext")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public byte[] unwrap(KeyName name, byte[] wrapped) {
    try {
      return Base64.getDecoder()
          .decode(
              text(
                  vault.call(
                      call(HttpMethod.POST, "decrypt/", nameOf(name.owner()), List.of("update")),
                      Map.of(
                          "ciphertext",
                          new String(wrapped, StandardCharsets.US_ASCII),
                          "associated_data",
                          encoded(name.bytes()))),
                  "plaintext"));
    } catch (VaultRefused e) {
      // Vault answers a ciphertext that it cannot open, and a key that is gone, with 400.
      if (e.status() == BAD_REQUEST) {
        throw KeyUnusable.atTheProvider(
            "The data key " + name + " does not unwrap: " + e.getMessage());
      }
      throw e;
    }
  }

  /// Transit writes `vault:v<version>:` before each.
  @Override
  public int wrappingVersion(byte[] wrapped) {
    Matcher version = VERSION.matcher(new String(wrapped, StandardCharsets.US_ASCII));
    if (!version.lookingAt()) {
      throw new CannotOpen("What wraps a data key is not from Transit");
    }
    return Integer.parseInt(version.group(1));
  }

  @Override
  public Optional<WrappingKey> wrappingKey(KeyOwner owner) {
    return vault
        .call(call(HttpMethod.GET, "keys/", nameOf(owner), List.of("read")), null)
        .map(found ->
            new WrappingKey(
                id(),
                nameOf(owner),
                number(found, "latest_version"),
                number(found, "min_decryption_version"),
                true));
  }

  @Override
  public Optional<String> ownName(KeyOwner owner) {
    return Optional.of(nameOf(owner));
  }

  @Override
  public void rotate(KeyOwner owner) {
    vault.call(
        call(HttpMethod.POST, "keys/", nameOf(owner), "/rotate", List.of("update")), Map.of());
  }

  @Override
  public void refuseOlder(KeyOwner owner, int version) {
    configure(owner, Map.of("min_decryption_version", version));
  }

  /// That a key is not there says something only of the Vault that has this installation's keys.
  @Override
  public void destroy(KeyOwner owner) {
    if (wrappingKey(owner).isPresent()) {
      configure(owner, Map.of("deletion_allowed", true));
      vault.call(call(HttpMethod.DELETE, "keys/", nameOf(owner), List.of("delete")), null);
      if (wrappingKey(owner).isPresent()) {
        throw KeyUnusable.atTheProvider(
            "Vault was told to destroy " + nameOf(owner) + " and still has it");
      }
    } else if (wrappingKey(KeyOwner.INSTALLATION).isEmpty()) {
      throw KeyUnusable.atTheProvider(
          "Nothing was destroyed: %s has neither %s nor %s, so this is not the Vault that wrapped"
              .formatted(mount, nameOf(owner), nameOf(KeyOwner.INSTALLATION)));
    }
  }

  private void configure(KeyOwner owner, Map<String, Object> settings) {
    vault.call(
        call(HttpMethod.POST, "keys/", nameOf(owner), "/config", List.of("update")), settings);
  }

  private VaultCall call(
      HttpMethod method, String operation, String transit, List<String> capabilities) {
    return call(method, operation, transit, "", capabilities);
  }

  private VaultCall call(
      HttpMethod method,
      String operation,
      String transit,
      String below,
      List<String> capabilities) {
    String path = mount + "/" + operation;
    // In a policy a star stands at the end alone, for whatever follows, what is below included.
    return new VaultCall(method, path + transit + below, path + ALL, capabilities);
  }

  private static String text(Optional<Map<String, Object>> answer, String name) {
    return answer
        .map(data -> data.get(name))
        .map(String.class::cast)
        .orElseThrow(() -> new IllegalStateException("Transit answered without a " + name));
  }

  private static int number(Map<String, Object> data, String name) {
    if (!(data.get(name) instanceof Number number)) {
      throw new IllegalStateException("Transit answered without a " + name);
    }
    return number.intValue();
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

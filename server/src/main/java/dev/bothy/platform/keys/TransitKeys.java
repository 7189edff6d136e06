package dev.bothy.platform.keys;

import dev.bothy.platform.vault.Vault;
import dev.bothy.platform.vault.VaultCall;
import dev.bothy.platform.vault.VaultRefused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Vault vault;
  private final String mount;

  /// @param mount the path that Transit is mounted at, e.g. `transit`
  TransitKeys(Vault vault, String mount) {
    this.vault = vault;
    this.mount = mount;
  }

  /// What its key is called in Transit: `bothy-<workspace>-<owner>`, or `bothy-installation`.
  static String nameOf(KeyName name) {
    return name.workspace() == null
        ? PREFIX + name.owner()
        : PREFIX + name.workspace() + "-" + name.owner();
  }

  @Override
  public String id() {
    return KeysProperties.VAULT;
  }

  @Override
  public byte[] wrap(KeyName name, byte[] key) {
    String transit = nameOf(name);
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
                      call(HttpMethod.POST, "decrypt/", nameOf(name), List.of("update")),
                      Map.of(
                          "ciphertext",
                          new String(wrapped, StandardCharsets.US_ASCII),
                          "associated_data",
                          encoded(name.bytes()))),
                  "plaintext"));
    } catch (VaultRefused e) {
      // Vault answers a ciphertext that it cannot open, and a key that is gone, with 400.
      if (e.status() == BAD_REQUEST) {
        throw new CannotOpen("The data key " + name + " does not unwrap: " + e.getMessage());
      }
      throw e;
    }
  }

  private VaultCall call(
      HttpMethod method, String operation, String transit, List<String> capabilities) {
    String path = mount + "/" + operation;
    return new VaultCall(method, path + transit, path + ALL, capabilities);
  }

  private static String text(Optional<Map<String, Object>> answer, String name) {
    return answer
        .map(data -> data.get(name))
        .map(String.class::cast)
        .orElseThrow(() -> new IllegalStateException("Transit answered without a " + name));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

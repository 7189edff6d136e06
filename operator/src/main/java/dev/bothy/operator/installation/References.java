package dev.bothy.operator.installation;

import dev.bothy.operator.api.Bothy;
import dev.bothy.operator.api.BothySpec;
import dev.bothy.operator.api.BothySpec.KeyRef;
import dev.bothy.operator.jobs.Purpose;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The Secrets and ConfigMaps that the specification names, looked up.
///
/// @param values the content by setting; base64 as Kubernetes stores it, except of ConfigMaps
/// @param missing a sentence for each that is not there
record References(Map<String, String> values, List<String> missing) {
  private static final String LOCAL_KEY = "bothy.keys.local-file";

  static References of(KubernetesClient client, Bothy bothy) {
    BothySpec spec = bothy.getSpec();
    String namespace = bothy.getMetadata().getNamespace();
    Map<String, KeyRef> secrets = new LinkedHashMap<>(Purpose.PREFLIGHT.secrets(spec));
    secrets.putAll(Purpose.BACKUP.secrets(spec));
    KeyRef localKey = spec.keys().localKey();
    if (localKey != null) {
      secrets.put(LOCAL_KEY, localKey);
    }

    Map<String, String> values = new LinkedHashMap<>();
    List<String> missing = new ArrayList<>();
    Map<String, Optional<Secret>> found = new LinkedHashMap<>();
    secrets.forEach((setting, wanted) -> {
      Optional<Secret> secret =
          found.computeIfAbsent(
              wanted.name(),
              name ->
                  Optional.ofNullable(
                      client.secrets().inNamespace(namespace).withName(name).get()));
      String value = secret.map(Secret::getData).map(data -> data.get(wanted.key())).orElse(null);
      if (value == null || value.isEmpty()) {
        missing.add(sentence("Secret", wanted, secret.isPresent(), setting));
      } else {
        values.put(setting, value);
      }
    });
    KeyRef bundle = spec.caBundle();
    if (bundle != null) {
      ConfigMap map = client.configMaps().inNamespace(namespace).withName(bundle.name()).get();
      String value = map == null || map.getData() == null ? null : map.getData().get(bundle.key());
      if (value == null || value.isBlank()) {
        missing.add(sentence("ConfigMap", bundle, map != null, "spec.caBundle"));
      } else {
        values.put("spec.caBundle", value);
      }
    }
    return new References(values, missing);
  }

  private static String sentence(String kind, KeyRef wanted, boolean isThere, String use) {
    return isThere
        ? "%s %s has no value under the key %s (wanted for %s)"
            .formatted(kind, wanted.name(), wanted.key(), use)
        : "%s %s is missing (its key %s is wanted for %s)"
            .formatted(kind, wanted.name(), wanted.key(), use);
  }

  /// Names, not values.
  @Override
  public String toString() {
    return "References[" + values.keySet() + ", missing=" + missing + "]";
  }
}

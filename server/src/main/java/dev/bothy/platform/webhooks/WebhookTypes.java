package dev.bothy.platform.webhooks;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What webhooks can tell of.
@Component
public class WebhookTypes {
  /// What a trial of an endpoint sends; nobody asks for it.
  static final String TEST = "webhooks.test";

  private final List<WebhookType> all;
  private final Set<String> names;

  WebhookTypes(List<WebhookType> declared) {
    all = declared.stream().sorted(Comparator.comparing(WebhookType::name)).toList();
    names = all.stream().map(WebhookType::name).collect(Collectors.toUnmodifiableSet());
    if (names.size() < all.size()) {
      throw new IllegalStateException("Two modules declare a type of webhook by one name: " + all);
    }
  }

  /// All of them, by name.
  public List<WebhookType> all() {
    return all;
  }

  boolean knows(String name) {
    return names.contains(name);
  }
}

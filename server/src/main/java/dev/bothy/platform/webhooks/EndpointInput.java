package dev.bothy.platform.webhooks;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An endpoint as somebody asks for it, unchecked.
///
/// @param authorization null leaves what there is; empty is none
public record EndpointInput(
    String url, String description, Set<String> types, @Nullable String authorization) {
  public EndpointInput {
    types = Set.copyOf(types);
    url = url.strip();
    description = description.strip();
  }

  @Override
  public String toString() {
    return "EndpointInput(…)";
  }
}

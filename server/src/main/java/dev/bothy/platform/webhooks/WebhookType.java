package dev.bothy.platform.webhooks;

/// A kind of event that webhooks can tell of, declared as a bean by the module that publishes it.
///
/// @param name stable for ever, `module.what`, e.g. `rotations.handed-over`
/// @param description when it happens, one sentence for people
public record WebhookType(String name, String description) {
  public WebhookType {
    if (!name.matches("[a-z]+\\.[a-z-]{2,60}")) {
      throw new IllegalArgumentException("A type is 'module.what': " + name);
    }
  }
}

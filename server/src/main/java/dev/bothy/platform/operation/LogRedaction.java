package dev.bothy.platform.operation;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.MemberPath;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/// Redacts every value of every log line: the message, the stack trace, what the thread carries
/// along (MDC) and what the call adds. The logging system makes it, before there is a context.
public final class LogRedaction implements StructuredLoggingJsonMembersCustomizer<Object> {
  /// Called by the logging system.
  public LogRedaction() {}

  @Override
  public void customize(JsonWriter.Members<Object> members) {
    members.applyingValueProcessor(LogRedaction::redact);
  }

  private static @Nullable Object redact(MemberPath path, @Nullable Object value) {
    if (value == null) {
      return null;
    }
    if (path.name() != null && Redaction.isSecretName(path.name())) {
      return Redaction.REDACTED;
    }
    return value instanceof CharSequence text ? Redaction.of(text.toString()) : value;
  }
}

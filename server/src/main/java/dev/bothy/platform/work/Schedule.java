package dev.bothy.platform.work;

import java.time.Instant;
import java.util.UUID;

/// Keeps what is to happen at a time. Called within a transaction of the workspace.
public interface Schedule {
  /// Sets when this subject's work of this kind is due; replaces an earlier time.
  ///
  /// @param kind which [ScheduleHandler] it is for
  /// @param subject what it is about, e.g. a rotation's id; one due time for each kind and subject
  void set(String kind, UUID subject, Instant dueAt);

  /// Sets when this subject's work of this kind is due, unless that is set already.
  void setIfNone(String kind, UUID subject, Instant dueAt);

  /// Forgets this subject's work of this kind, if there is any.
  void clear(String kind, UUID subject);

  /// Lets what rested and rests no more be done as soon as it is due.
  void wake();
}

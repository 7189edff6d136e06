package dev.bothy.platform.chatlinks;

import java.util.Locale;

/// On whose word an account was linked.
public enum LinkedBy {
  /// The address that the network has is the address of one member.
  EMAIL,
  /// The person confirmed a link that their account was sent.
  MESSAGE,
  /// An admin said so.
  ADMIN;

  /// As the audit log has it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// As pages have it.
  public String words() {
    return switch (this) {
      case EMAIL -> "by e-mail address";
      case MESSAGE -> "by a link in chat";
      case ADMIN -> "by an admin";
    };
  }
}

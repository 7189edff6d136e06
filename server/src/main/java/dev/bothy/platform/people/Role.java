package dev.bothy.platform.people;

/// What somebody may do in a workspace. A person may have several roles; each stands for itself,
/// except that an [#OWNER] may do what any other role may.
public enum Role {
  /// Decides about the workspace itself: its owners, its keys, its erasure.
  OWNER("owner"),
  /// Runs the workspace: connections, settings, people's roles below owner, the audit log.
  ADMIN("admin"),
  /// Sees another person's own data where an app offers that; each such view is audited.
  MANAGER("manager"),
  /// Answers other people's requests.
  AGENT("agent"),
  /// Takes part: sees what belongs to teams, and their own data.
  MEMBER("member"),
  /// Reads the audit log and the evidence of controls, and changes nothing.
  AUDITOR("auditor");

  private final String label;

  Role(String label) {
    this.label = label;
  }

  /// The word that people read.
  public String label() {
    return label;
  }
}

package dev.bothy.platform.people;

import java.util.List;

/// Some of the members that fit a filter, by name.
///
/// @param total how many fit, on this page and on the others
public record MemberPage(List<Member> members, long total) {
  public MemberPage {
    members = List.copyOf(members);
  }
}

package dev.bothy.platform.peoplemanagement.web;

import dev.bothy.platform.people.Ended;
import dev.bothy.platform.people.Member;
import dev.bothy.platform.people.Members;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How somebody's place stands, and why something could not be done about it, as pages say it.
final class PlaceWords {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private PlaceWords() {}

  /// One sentence; empty for a place that is just active.
  static String state(Member member) {
    Instant ended = member.deactivatedAt();
    Instant until = member.graceEndsAt();
    Ended by = member.endedBy();
    if (ended == null || until == null || by == null) {
      return member.signedIn() ? "" : "Never signed in.";
    }
    return "Ended on %s %s. %s until %s."
        .formatted(
            DAY.format(ended),
            by.words(),
            switch (by) {
              case DIRECTORY -> "Your directory can give it back";
              case ADMIN -> "Can be given back";
              case SIGN_ON -> "Can be given back, by their next sign-in too,";
            },
            DAY.format(until));
  }

  /// Why it was not done, and what to do next.
  ///
  /// @param owners who could; may be empty
  /// @return null if it was done, or was so already
  static @Nullable String refusal(Members.Outcome outcome, Member member, List<Member> owners) {
    String name = member.name();
    return switch (outcome) {
      case Members.Outcome.Done _, Members.Outcome.Unchanged _ -> null;
      case Members.Outcome.Unknown _ ->
          "Nothing was changed: the place of %s has ended. Give it back first.".formatted(name);
      case Members.Outcome.OwnersOnly _ ->
          "Nothing was changed: only an owner makes owners, ends their place or gives it back. Ask "
              + names(owners)
              + ".";
      case Members.Outcome.LastOwner _ ->
          ("Nothing was changed: %s is the only owner of this workspace, and it keeps one. Make"
                  + " somebody else an owner first.")
              .formatted(name);
      case Members.Outcome.NoRole _ ->
          ("Nothing was changed: somebody without any role has no place. Leave %s one role, or end"
                  + " their place.")
              .formatted(name);
      case Members.Outcome.NotHere _ ->
          ("Nothing was changed: your directory ended the place of %s. Assign them to Bothy there"
                  + " again, and it is back with the directory's next request.")
              .formatted(name);
    };
  }

  private static String names(List<Member> owners) {
    return owners.isEmpty()
        ? "an owner"
        : owners.stream().map(Member::name).collect(Collectors.joining(" or "));
  }
}

package dev.bothy.platform.retention;

import java.util.List;

/// What is held of people elsewhere than in the tables.
///
/// @param place where
/// @param what is there
/// @param howLong until when
public record Outside(String place, String what, String howLong) {
  /// Every such place.
  public static final List<Outside> ALL =
      List.of(
          new Outside(
              "Log lines",
              "Ids of rows, workspaces and people. No name, no address, no text of a message:"
                  + " secrets and addresses are blanked before a line is written.",
              "As long as your log store keeps them."),
          new Outside(
              "Metrics",
              "Counts and times. No label is an id, a name or a text of people.",
              "As long as your metrics store keeps them."),
          new Outside(
              "Keycloak",
              "The sign-on's own record of its users, their sessions and their sign-ins, as your"
                  + " directory has it. Users that Bothy made there are named in the table"
                  + " provisioned_user.",
              "As you set it there."),
          new Outside(
              "Key provider",
              "Keys, and no data about people.",
              "Until a key is destroyed; what it sealed can then be read nowhere, in backups"
                  + " neither."),
          new Outside(
              "Backups",
              "The tables as they were. What is sealed needs its key; a restore replays the erasure"
                  + " ledger.",
              "As long as you keep backups."),
          new Outside(
              "Erasure ledger",
              "That a person, an app or a workspace was erased, and when: ids and nothing else, so"
                  + " that a restore can do it again.",
              "As long as a backup from before the erasure may be restored."),
          new Outside(
              "Chat networks",
              "What was posted there, by people and by Bothy.",
              "By the network's own rules; an erasure here takes nothing away there."),
          new Outside(
              "Browsers",
              "The cookie of a session, which names nobody.",
              "Until sign-out, or until the session ends."));
}

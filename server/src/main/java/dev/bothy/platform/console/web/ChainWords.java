package dev.bothy.platform.console.web;

import dev.bothy.platform.audit.Verification.Fault;
import java.util.Locale;

/// What a look at the audit chain found, in words.
final class ChainWords {
  private ChainWords() {}

  /// `entry-changed`, as it stands in the log and the API.
  static String word(Fault fault) {
    return fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// A sentence for people.
  static String sentence(Fault fault) {
    return switch (fault) {
      case ENTRY_CHANGED -> "An entry was changed after it was written.";
      case ENTRY_MISSING -> "An entry is missing: it was deleted.";
      case LINK_MISSING -> "A link is missing: an entry was taken out of the chain.";
      case REORDERED -> "Entries were moved: this one stood at another place.";
      case NOT_LINKED ->
          "An entry is in no chain: it was put in past Bothy, or its link was taken away.";
      case START_CUT -> "The beginning is missing, and Bothy's own sweep did not take it.";
      case END_CUT -> "The end is missing: the head kept outside of the database lies after it.";
      case HEAD_DIFFERS ->
          "The chain was made anew: it does not have the head kept outside of the database.";
      case EMPTIED ->
          "The whole log was taken away as if the workspace had been erased, and it lives.";
    };
  }
}

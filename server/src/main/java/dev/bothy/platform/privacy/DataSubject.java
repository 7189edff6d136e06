package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.PersonId;
import java.util.List;

/// Whose data is meant: a person with all the chat accounts that are or were linked to them in the
/// workspace.
public record DataSubject(PersonId person, List<ChatAccount> accounts) {
  public DataSubject {
    accounts = List.copyOf(accounts);
  }
}

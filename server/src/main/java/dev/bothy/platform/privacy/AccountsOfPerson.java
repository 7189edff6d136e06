package dev.bothy.platform.privacy;

import dev.bothy.platform.kernel.PersonId;
import java.util.List;

/// Knows the chat accounts of a person; the module that keeps the links is the one bean of it.
public interface AccountsOfPerson {
  /// The accounts that are linked to the person, and those that were when their place ended. Called
  /// within a transaction of the workspace.
  List<ChatAccount> everyAccountOf(PersonId person);
}

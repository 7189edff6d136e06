package dev.bothy.operator.restore;

import dev.bothy.operator.api.Bothy;

/// What servers say of the pause after a restore.
public interface Hold {
  /// False also where no server answers, or what it says is not understood: then nobody knows.
  boolean isReleased(Bothy bothy);
}

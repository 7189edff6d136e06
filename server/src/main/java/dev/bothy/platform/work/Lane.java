package dev.bothy.platform.work;

import dev.bothy.platform.kernel.WorkspaceId;
import java.util.Comparator;

/// What must stay in order, and what a worker claims.
///
/// @param name a conversation, or a subject of the schedule
record Lane(WorkspaceId workspace, Queue queue, String kind, String name)
    implements Comparable<Lane> {
  private static final Comparator<Lane> ORDER =
      Comparator.comparing((Lane lane) -> lane.workspace().toString())
          .thenComparing(Lane::queue)
          .thenComparing(Lane::kind)
          .thenComparing(Lane::name);

  @Override
  public int compareTo(Lane other) {
    return ORDER.compare(this, other);
  }
}

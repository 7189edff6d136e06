package dev.bothy.platform.work;

/// The lane was claimed by somebody else meanwhile: this worker's transaction must leave no trace.
final class LeaseLost extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseLost(Queue queue) {
    super("The lease on a lane of the " + queue.id() + " was lost");
  }
}

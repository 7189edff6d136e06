package dev.bothy.platform.work;

/// Whether what runs now is done for something that a chat network delivered.
public final class InboxTurn {
  private static final ScopedValue<Boolean> RUNNING = ScopedValue.newInstance();

  private InboxTurn() {}

  /// True within the handling of an inbox item, on the thread that handles it.
  public static boolean isRunning() {
    return RUNNING.isBound();
  }

  static void run(Runnable handling) {
    ScopedValue.where(RUNNING, true).run(handling);
  }
}

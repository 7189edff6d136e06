package dev.bothy.bench;

/// Runs a measurement to its end, or says why it ended, and leaves nothing running.
final class Program {
  private Program() {}

  interface Body {
    void run() throws Exception;
  }

  static void run(Body body) {
    int status = 1;
    try {
      body.run();
      status = 0;
    } catch (Exception e) {
      e.printStackTrace();
    }
    System.exit(status);
  }
}

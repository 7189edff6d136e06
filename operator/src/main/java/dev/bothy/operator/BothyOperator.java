package dev.bothy.operator;

/// The operator's entry point. It reconciles nothing yet and says so with exit code 1, so that
/// nobody takes a running container for a working operator.
public final class BothyOperator {
  private BothyOperator() {}

  public static void main(String[] args) {
    System.err.println("bothy-operator: no reconciler is part of this version.");
    System.exit(1);
  }
}

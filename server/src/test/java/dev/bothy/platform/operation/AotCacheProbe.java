package dev.bothy.platform.operation;

/// Says whether its own JVM runs on an AOT cache.
final class AotCacheProbe {
  private AotCacheProbe() {}

  public static void main(String[] arguments) {
    System.out.println("in use: " + AotCache.isInUse());
  }
}

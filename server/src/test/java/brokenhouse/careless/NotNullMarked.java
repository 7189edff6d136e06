package brokenhouse.careless;

final class NotNullMarked {
  private NotNullMarked() {}
}

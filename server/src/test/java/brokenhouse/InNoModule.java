package brokenhouse;

final class InNoModule {
  private InNoModule() {}
}

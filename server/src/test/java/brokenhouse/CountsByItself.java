package brokenhouse;

import io.prometheus.client.Counter;

final class CountsByItself {
  private CountsByItself() {}

  static final Counter COUNTER = Counter.build("broken_total", "Never registered.").create();
}

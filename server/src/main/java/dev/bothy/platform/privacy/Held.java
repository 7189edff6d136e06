package dev.bothy.platform.privacy;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Service;
import org.springframework.util.function.SingletonSupplier;

/// What the modules hold.
@Service
public class Held {
  private final SingletonSupplier<List<Holdings>> holdings;

  Held(ObjectProvider<Holdings> holdings) {
    this.holdings =
        SingletonSupplier.of(
            () -> holdings.stream().sorted(Comparator.comparing(Holdings::module)).toList());
  }

  /// By module.
  public List<Holdings> all() {
    return holdings.obtain();
  }

  /// Every table, by module.
  public Stream<HeldTable> tables() {
    return all().stream().flatMap(module -> module.tables().stream());
  }
}

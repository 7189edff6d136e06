package dev.bothy.platform.privacy;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        SingletonSupplier.of(() ->
            onePerModule(holdings.stream())
                .sorted(Comparator.comparing(Holdings::module))
                .toList());
  }

  /// Erasures count what is done by module: a second list of one would keep them from ending.
  private static Stream<Holdings> onePerModule(Stream<Holdings> all) {
    Set<String> modules = new HashSet<>();
    return all.peek(each -> {
      if (!modules.add(each.module())) {
        throw new IllegalStateException("Two holdings of the module " + each.module());
      }
    });
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

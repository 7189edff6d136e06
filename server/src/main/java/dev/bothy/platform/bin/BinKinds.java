package dev.bothy.platform.bin;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// The kinds of things that there are.
@Component
class BinKinds {
  /// Whoever owns things puts them in, and so is built after the bin.
  private final SingletonSupplier<Map<String, BinKind>> kinds;

  BinKinds(ObjectProvider<BinKind> kinds) {
    this.kinds =
        SingletonSupplier.of(() ->
            kinds.orderedStream().collect(Collectors.toMap(BinKind::kind, Function.identity())));
  }

  /// Empty for one of a module that this server does not have.
  Optional<BinKind> find(String kind) {
    return Optional.ofNullable(kinds.obtain().get(kind));
  }

  /// Whether only owners delete anything for which this app's choice counts.
  boolean isOnlyOwners(String app) {
    List<BinKind> counting =
        kinds.obtain().values().stream().filter(kind -> kind.apps().contains(app)).toList();
    return !counting.isEmpty() && counting.stream().allMatch(BinKind::onlyOwners);
  }

  /// Whose choices count, by name.
  List<String> apps() {
    return kinds.obtain().values().stream()
        .flatMap(kind -> kind.apps().stream())
        .distinct()
        .sorted()
        .toList();
  }
}

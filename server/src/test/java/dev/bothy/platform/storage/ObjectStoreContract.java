package dev.bothy.platform.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bothy.platform.storage.StorageException.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// What every store does.
interface ObjectStoreContract {
  /// Empty, or with a prefix that nobody else uses.
  ObjectStore store();

  @Test
  default void whatWasPutIsThere() {
    store().put("backups/one/key.json", text("{}"));
    assertThat(store().get("backups/one/key.json")).isEqualTo(text("{}"));
    assertThat(store().exists("backups/one/key.json")).isTrue();
  }

  @Test
  default void puttingAgainReplacesTheWhole() {
    store().put("a", text("something long"));
    store().put("a", text("short"));
    assertThat(store().get("a")).isEqualTo(text("short"));
    assertThat(store().list("")).extracting(StoredObject::bytes).containsExactly(5L);
  }

  @Test
  default void anEmptyObjectIsOne() {
    store().put("empty", new byte[0]);
    assertThat(store().get("empty")).isEmpty();
    assertThat(store().list("")).extracting(StoredObject::bytes).containsExactly(0L);
  }

  @Test
  default void theLargestObjectComesBackAsItWas() {
    byte[] large = new byte[ObjectStore.MOST_BYTES];
    new Random(1).nextBytes(large);
    store().put("large", large);
    assertThat(Arrays.equals(store().get("large"), large)).isTrue();
    assertThatThrownBy(() -> store().put("larger", new byte[ObjectStore.MOST_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  default void whatIsNotThereIsMissing() {
    assertThat(store().exists("no/such")).isFalse();
    assertThat(store().list("no/")).isEmpty();
    assertThatThrownBy(() -> store().get("no/such"))
        .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
        .extracting(StorageException::reason)
        .isEqualTo(Reason.MISSING);
  }

  @Test
  default void aListHasWhatIsBelowItsPrefixByKey() {
    for (String key : List.of("b/2/x", "b/1/y", "b/1/x", "b/10/x", "c/1", "b-1", "b.1")) {
      store().put(key, text(key));
    }
    assertThat(store().list("b/"))
        .extracting(StoredObject::key)
        .containsExactly("b/1/x", "b/1/y", "b/10/x", "b/2/x");
    assertThat(store().list("b/1"))
        .extracting(StoredObject::key)
        .containsExactly("b/1/x", "b/1/y", "b/10/x");
    assertThat(store().list("b"))
        .extracting(StoredObject::key)
        .containsExactly("b-1", "b.1", "b/1/x", "b/1/y", "b/10/x", "b/2/x");
    assertThat(store().list("")).hasSize(7);
    assertThat(store().list("c/1"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.bytes()).isEqualTo(3);
          assertThat(each.modifiedAt())
              .isCloseTo(
                  Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(2)));
        });
  }

  @Test
  default void aListHasMoreThanAPageOfAServer() {
    parallel(
        IntStream.range(0, 1050).mapToObj("many/%05d"::formatted).toList(),
        key -> store().put(key, text("x")));
    List<StoredObject> all = store().list("many/");
    assertThat(all)
        .hasSize(1050)
        .isSortedAccordingTo(java.util.Comparator.comparing(StoredObject::key));
    store().delete(all.stream().map(StoredObject::key).toList());
    assertThat(store().list("many/")).isEmpty();
  }

  @Test
  default void whatWasDeletedIsGoneAndOthersStay() {
    store().put("d/1", text("x"));
    store().put("d/2", text("x"));
    store().put("d/sub/3", text("x"));
    store().delete(List.of("d/1", "d/sub/3", "d/never"));
    store().delete(List.of());
    assertThat(store().list("")).extracting(StoredObject::key).containsExactly("d/2");
    store().delete(List.of("d/1"));
  }

  @Test
  default void severalPutAndDeleteSideBySide() {
    parallel(
        IntStream.range(0, 200).mapToObj(Integer::toString).toList(),
        number -> {
          String key = "p/" + Integer.parseInt(number) % 7 + "/" + number;
          store().put(key, text(number));
          assertThat(store().get(key)).isEqualTo(text(number));
          store().delete(List.of(key));
        });
    assertThat(store().list("p/")).isEmpty();
  }

  @Test
  default void foldersAreThoseDirectlyBelowAPrefix() {
    ObjectStore store = store();
    store.put("rows/b/deep/er", text("x"));
    store.put("rows/a/one", text("x"));
    store.put("rows/a/two", text("x"));
    store.put("rows/file", text("x"));

    assertThat(store.folders("rows/")).containsExactly("a", "b");
    assertThat(store.folders("none/")).isEmpty();
  }

  @Test
  default void whatIsNoKeyIsRefused() {
    for (String key :
        List.of("", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "A", "a b", "ä", "a\\b")) {
      assertThatThrownBy(() -> store().put(key, text("x")))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().get(key)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().delete(List.of(key)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store().list("../")).isInstanceOf(IllegalArgumentException.class);
  }

  /// Does it with eight at once.
  static void parallel(List<String> all, java.util.function.Consumer<String> each) {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<? extends Future<?>> running =
          all.stream().map(one -> threads.submit(() -> each.accept(one))).toList();
      for (Future<?> one : running) {
        one.get();
      }
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

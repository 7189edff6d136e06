package dev.bothy.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/// The most of the heap that was still in use after a collection, while it is watched.
final class HeapInUse implements AutoCloseable {
  private static final Set<String> HEAP =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getName)
          .collect(Collectors.toUnmodifiableSet());

  private final AtomicLong most = new AtomicLong();
  private final NotificationListener listener =
      (notification, _) -> {
        if (notification
            .getType()
            .equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
          note(
              GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
                  .getGcInfo()
                  .getMemoryUsageAfterGc()
                  .entrySet()
                  .stream()
                  .filter(pool -> HEAP.contains(pool.getKey()))
                  .mapToLong(pool -> pool.getValue().getUsed())
                  .sum());
        }
      };

  private HeapInUse() {}

  /// Begins after a full collection.
  static HeapInUse watch() {
    HeapInUse heap = new HeapInUse();
    System.gc();
    collectors().forEach(each -> each.addNotificationListener(heap.listener, null, null));
    return heap;
  }

  private void note(long bytes) {
    most.accumulateAndGet(bytes, Math::max);
  }

  /// In bytes.
  long most() {
    return most.get();
  }

  private static List<NotificationEmitter> collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(NotificationEmitter.class::cast)
        .toList();
  }

  @Override
  public void close() throws ListenerNotFoundException {
    for (NotificationEmitter each : collectors()) {
      each.removeNotificationListener(listener);
    }
  }
}

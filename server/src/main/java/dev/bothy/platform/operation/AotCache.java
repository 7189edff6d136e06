package dev.bothy.platform.operation;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.springframework.stereotype.Component;

/// Whether this process runs on the cache of classes that its image carries. A cache that does not
/// fit (another option of the JVM, an agent) is left aside, and the start takes several times as
/// long.
@Component
final class AotCache {
  AotCache(Metrics metrics) {
    metrics.aotCacheInUse(isInUse());
  }

  /// The option says which file to use, also when it was left aside; the JVM's own line says
  /// "sharing" while it uses that file or, without the option, its own small one.
  static boolean isInUse() {
    return !ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("AOTCache")
            .getValue()
            .isEmpty()
        && System.getProperty("java.vm.info", "").contains("sharing");
  }
}

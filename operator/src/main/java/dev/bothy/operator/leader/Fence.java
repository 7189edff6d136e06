package dev.bothy.operator.leader;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Set;
import java.util.function.BooleanSupplier;

/// Lets no change out of this process while it does not lead. It looks at every request, so no
/// reconciler can forget it; a process that was paused and wakes up as a former leader is held
/// here.
public final class Fence implements Interceptor {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final BooleanSupplier leads;

  public Fence(BooleanSupplier leads) {
    this.leads = leads;
  }

  /// @throws NotLeading for a changing request
  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (!READING.contains(request.method()) && !leads.getAsBoolean()) {
      throw new NotLeading();
    }
  }

  /// This operator does not lead, so it changes nothing.
  public static final class NotLeading extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotLeading() {
      super("This operator does not lead");
    }
  }
}

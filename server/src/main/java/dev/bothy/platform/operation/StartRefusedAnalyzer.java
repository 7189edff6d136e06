package dev.bothy.platform.operation;

import dev.bothy.platform.kernel.StartRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Says a refusal in its own words instead of a stack trace. `META-INF/spring.factories` names it.
public final class StartRefusedAnalyzer extends AbstractFailureAnalyzer<StartRefused> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, StartRefused cause) {
    return new FailureAnalysis(cause.why(), cause.fix(), cause);
  }
}

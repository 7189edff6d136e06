package dev.bothy.platform.audit;

import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of the audit log is held about people.
@Configuration(proxyBeanMethods = false)
class AuditHoldings {
  @Bean
  Holdings auditHeld() {
    return new Holdings(
        "audit",
        List.of(
            HeldTable.of("audit_entry", "Answers who did what to what, from where.")
                .person("actor = cast(:person as text)")
                .aboutPerson("subject_id = cast(:person as text)", "address")
                .account("actor = cast(:connection as text) || '/' || :account")
                .onErasure(
                    new OnErasure.Kept(
                        "an audit log that could be changed would prove nothing; it has ids, and no name or content;"
                            + " from which address somebody came is forgotten at once",
                        "the clock of the audit log"))));
  }
}

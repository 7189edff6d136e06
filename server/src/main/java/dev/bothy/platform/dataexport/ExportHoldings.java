package dev.bothy.platform.dataexport;

import dev.bothy.platform.keys.SealedColumn;
import dev.bothy.platform.privacy.Change;
import dev.bothy.platform.privacy.Expiry;
import dev.bothy.platform.privacy.HeldTable;
import dev.bothy.platform.privacy.Holdings;
import dev.bothy.platform.privacy.OnErasure;
import dev.bothy.platform.privacy.RetentionClock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What of exports is held about people.
@Configuration(proxyBeanMethods = false)
class ExportHoldings {
  @Bean
  Holdings exportHeld() {
    return new Holdings(
        "dataexport",
        List.of(
            HeldTable.of("data_export_part", "Is what somebody asked to have.")
                .onErasure(new OnErasure.ByItself("an export with the person in it is withdrawn"))
                .notExported(),
            HeldTable.of("data_export_file", "Lists what is in an export.").notExported(),
            HeldTable.of("data_export", "Says who asked for an export, and about whom.")
                .person("requested_by = :person or person_id = :person")
                .onErasure(new OnErasure.AtOnce(new Change.Delete()))
                .kept(Expiry.after(RetentionClock.EXPORTS, "requested_at"))));
  }

  @Bean
  SealedColumn exportPart() {
    return new SealedColumn("data_export_part", "content", ExportTable.PART);
  }
}

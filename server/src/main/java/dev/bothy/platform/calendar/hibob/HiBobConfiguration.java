package dev.bothy.platform.calendar.hibob;

import dev.bothy.platform.egress.Destination;
import dev.bothy.platform.egress.Egress;
import dev.bothy.platform.keys.SealedColumn;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/// What HiBob's part tells the others of itself.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HiBobSettings.class)
class HiBobConfiguration {
  static final String OWNER = "HiBob";

  /// HiBob keeps its customers' data in the European Union unless a contract says otherwise; then
  /// IT lists the address with the other region.
  private static final String REGION = "eu";

  /// A company of 10,000 with two fields each is 1 MB.
  private static final DataSize LARGEST_ANSWER = DataSize.ofMegabytes(20);

  @Bean
  Destination hiBobDestination() {
    return Destination.builtIn(
        "https://api.hibob.com", OWNER, "Reading who is away, where that is connected", REGION);
  }

  @Bean
  HiBobClient hiBobClient(Egress egress, HiBobSettings settings, JsonMapper json, Clock clock) {
    return new HiBobClient(
        egress.requestFactory(OWNER, settings.patience(), LARGEST_ANSWER),
        settings.address(),
        json,
        clock);
  }

  @Bean
  SealedColumn hiBobCredentials() {
    return new SealedColumn("hibob_connection", "credentials", HiBobTable.CREDENTIALS);
  }
}

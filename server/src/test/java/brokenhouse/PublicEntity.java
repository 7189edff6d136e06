package brokenhouse;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/// Never mapped: the test context scans entities only where the product keeps them.
@Entity
public class PublicEntity {
  @Id private long id;

  public long id() {
    return id;
  }
}

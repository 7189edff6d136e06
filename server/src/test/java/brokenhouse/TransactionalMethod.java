package brokenhouse;

import org.springframework.transaction.annotation.Transactional;

class TransactionalMethod {
  @Transactional
  void work() {}
}

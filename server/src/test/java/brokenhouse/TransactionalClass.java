package brokenhouse;

import org.springframework.transaction.annotation.Transactional;

@Transactional
class TransactionalClass {}

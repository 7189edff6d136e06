/// Who did what to what. An entry is written in the transaction of what it tells of, and is never
/// changed afterwards; it carries ids, never content.
///
/// Within seconds it is linked into its workspace's chain ([Linker]), in which each hash is over
/// the one before. [AuditChain] verifies it, [ChainCare] does so daily, keeps the chain's head
/// outside of the database ([AuditHeads]) and takes away what is older than the log's clock.
@NullMarked
@ApplicationModule(
    id = "audit",
    allowedDependencies = {"kernel", "operation", "privacy", "storage", "work", "workspace"})
package dev.bothy.platform.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

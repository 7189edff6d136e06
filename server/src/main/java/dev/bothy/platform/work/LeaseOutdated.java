package dev.bothy.platform.work;

/// This process acted on a lease that it does not hold any more: the transaction must leave no
/// trace.
public final class LeaseOutdated extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LeaseOutdated(Leases.Lease lease) {
    super("The lease " + lease.name() + " is not held any more under the fence " + lease.fence());
  }
}

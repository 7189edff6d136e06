package dev.bothy.platform.keycloak;

import dev.bothy.platform.keycloak.PlanLine.Mark;
import java.util.ArrayList;
import java.util.List;

/// What a realm lacks of what is wanted of it. It follows from the two alone.
public final class RealmPlan {
  private final List<PlanLine> lines;
  private final List<Deed> deeds;

  private RealmPlan(Draft draft) {
    this.lines = List.copyOf(draft.lines);
    this.deeds = List.copyOf(draft.deeds);
  }

  /// What the parts of a plan are added to.
  static final class Draft {
    private final List<PlanLine> lines = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();

    void say(PlanLine line) {
      lines.add(line);
    }

    void add(Deed deed) {
      deeds.add(deed);
    }
  }

  static RealmPlan of(WantedRealm wanted, FoundRealm found) {
    Draft draft = new Draft();
    SignOnClientPlan.plan(wanted.client(), found, draft);
    RealmWidePlan.groups(wanted, found.groups(), draft);
    RealmWidePlan.events(wanted, found, draft);
    RealmWidePlan.guard(wanted, found.realm(), draft);
    if (wanted.provisioning() != null) {
      ProvisioningPlan.plan(wanted.provisioning(), found, draft);
    }
    return new RealmPlan(draft);
  }

  /// Everything that was looked at.
  public List<PlanLine> lines() {
    return lines;
  }

  /// Whether nothing is to be done, as far as could be seen.
  public boolean isFulfilled() {
    return deeds.isEmpty();
  }

  /// What the login may not see of what is wanted.
  public List<PlanLine> unseen() {
    return lines.stream().filter(line -> line.mark() == Mark.UNSEEN).toList();
  }

  List<Deed> deeds() {
    return deeds;
  }
}

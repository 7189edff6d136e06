package dev.bothy.platform.calendar.web;

import dev.bothy.platform.calendar.SourceTrouble;
import dev.bothy.platform.calendar.feeds.AbsenceFeeds;
import dev.bothy.platform.calendar.hibob.HiBob;
import dev.bothy.platform.console.FirstSteps;
import dev.bothy.platform.people.Role;
import dev.bothy.platform.people.Viewer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Component;

/// Tells on the home page which sources of absences fail for days, to whoever may mend them.
@Component
class SourceTroubleHome implements FirstSteps {
  private static final int FIRST = 4;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH);

  private final AbsenceFeeds feeds;
  private final HiBob hiBob;

  SourceTroubleHome(AbsenceFeeds feeds, HiBob hiBob) {
    this.feeds = feeds;
    this.hiBob = hiBob;
  }

  @Override
  public List<Step> steps(Viewer viewer) {
    List<Step> steps = new ArrayList<>();
    if (viewer.may(Role.ADMIN)) {
      hiBob.trouble(viewer).ifPresent(trouble -> steps.add(step("HiBob is not read", trouble, "")));
    }
    List<SourceTrouble> troubles = feeds.troubles(viewer);
    if (!troubles.isEmpty()) {
      int others = troubles.size() - 1;
      steps.add(
          step(
              "A calendar of absences is not read",
              troubles.getFirst(),
              others == 0 ? "" : " " + others + " more, too."));
    }
    return steps;
  }

  private static Step step(String title, SourceTrouble trouble, String more) {
    return new Step(
        FIRST,
        title,
        "%s could not be read since %s. %s%s"
            .formatted(
                trouble.name(),
                DAY.format(trouble.since().atOffset(ZoneOffset.UTC)),
                trouble.problem(),
                more),
        "Look after it",
        trouble.path());
  }
}

package dev.bothy.platform.people;

import dev.bothy.platform.workspace.Workspaces;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/// Makes the installation's first workspace at start, so that the first person who signs in finds
/// one.
@Component
class FirstWorkspace implements ApplicationRunner {
  private final Workspaces workspaces;
  private final InstallationSettings settings;

  FirstWorkspace(Workspaces workspaces, InstallationSettings settings) {
    this.workspaces = workspaces;
    this.settings = settings;
  }

  @Override
  public void run(ApplicationArguments arguments) {
    workspaces.create(settings.workspaceSlug(), settings.workspaceName());
  }
}

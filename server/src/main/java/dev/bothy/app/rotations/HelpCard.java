package dev.bothy.app.rotations;

import dev.bothy.platform.chat.Content;
import dev.bothy.platform.chat.Content.Button;
import dev.bothy.platform.chat.Content.Button.Style;
import dev.bothy.platform.chat.RichText;

/// What can be typed.
final class HelpCard {
  private HelpCard() {}

  static Content card() {
    RichText text =
        RichText.of("People take turns, and the turn passes by itself.\n")
            .code("/rotation new")
            .plain(" opens a form. On one line:\n")
            .code("/rotation new \"Support desk\" daily 09:00 Europe/Berlin @ada @grace")
            .plain("\n")
            .code("/rotation new \"Support desk\" weekly mon,thu 09:00 Europe/Berlin @ada @grace")
            .plain("\n")
            .code(
                "/rotation new \"Support desk\" every 2 weeks mon 09:00 Europe/Berlin @ada @grace")
            .plain("\nBefore the people may stand ")
            .code("weekdays")
            .plain(" or ")
            .code("on mon-thu")
            .plain(", ")
            .code("hours 09:00-17:00")
            .plain(" and ")
            .code("balanced")
            .plain(". More is set in the console.\n")
            .code("/rotation list")
            .plain(" shows all, ")
            .code("/rotation show <name>")
            .plain(" one. ")
            .code("pause <name>")
            .plain(", ")
            .code("resume <name>")
            .plain(" and ")
            .code("delete <name>")
            .plain(" do what they say. ")
            .code("/rotation note <name> <text>")
            .plain(" leaves a note for whoever takes over next, ")
            .code("notes <name>")
            .plain(" shows them to whoever may read them.\nWho serves when: ")
            .code("override <name> @who from tomorrow 14:00 to 18:00")
            .plain(", ")
            .code("take <name>")
            .plain(", ")
            .code("move <name> @who")
            .plain(", ")
            .code("swap <name>")
            .plain(", ")
            .code("cover <name> tuesday")
            .plain(". Your absences: ")
            .code("away 2026-12-24 to 2026-12-26")
            .plain(", ")
            .code("back")
            .plain(".");
    return Content.of(text).withActions(new Button(Cards.NEW, "New rotation", "", Style.PRIMARY));
  }
}

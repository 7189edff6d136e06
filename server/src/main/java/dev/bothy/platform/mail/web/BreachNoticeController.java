package dev.bothy.platform.mail.web;

import dev.bothy.platform.mail.BreachNotices;
import dev.bothy.platform.mail.BreachNotices.Outcome;
import dev.bothy.platform.mail.Mail;
import dev.bothy.platform.people.Viewer;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// An owner writes a notice, sees whom it reaches, says once more that it is meant, and watches it
/// go out.
@Controller
@RequestMapping("/w/{workspace}/breach-notice")
class BreachNoticeController {
  private final BreachNotices notices;
  private final Mail mail;

  BreachNoticeController(BreachNotices notices, Mail mail) {
    this.notices = notices;
    this.mail = mail;
  }

  @GetMapping
  String write(Viewer viewer, Model model) {
    return form(viewer, "", null, model);
  }

  /// Back to the text, from where it was looked at.
  @PostMapping("/edit")
  String edit(Viewer viewer, @RequestParam(defaultValue = "") String text, Model model) {
    return form(viewer, text, null, model);
  }

  @PostMapping("/preview")
  String preview(
      Viewer viewer,
      @RequestParam(defaultValue = "") String text,
      Model model,
      HttpServletResponse response) {
    BreachNotices.Audience audience = notices.audience(viewer);
    if (!BreachNotices.isText(text)) {
      return refused(viewer, text, model, response);
    }
    return preview(viewer, audience, text, null, model);
  }

  @PostMapping("/send")
  String send(
      Viewer viewer,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "") String confirm,
      Model model,
      HttpServletResponse response,
      RedirectAttributes flash) {
    BreachNotices.Audience audience = notices.audience(viewer);
    if (!confirm.strip().equals(viewer.slug())) {
      response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
      return preview(
          viewer, audience, text, "Type \"%s\" to send it.".formatted(viewer.slug()), model);
    }
    switch (notices.send(viewer, text)) {
      case Outcome.Sending(UUID _, int recipients) ->
          flash.addFlashAttribute(
              "notice",
              recipients == 1 ? "1 mail is on its way." : recipients + " mails are on their way.");
      case Outcome.NotConfigured _ ->
          flash.addFlashAttribute("problem", "Nothing was sent: there is no mail relay.");
      case Outcome.Nobody _ ->
          flash.addFlashAttribute("problem", "Nothing was sent: nobody here has an address.");
      case Outcome.WrongText _ -> {
        return refused(viewer, text, model, response);
      }
    }
    return "redirect:/w/" + viewer.slug() + "/breach-notice";
  }

  private String refused(Viewer viewer, String text, Model model, HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(
        viewer,
        text,
        "text: 1 to %d characters; these are %d".formatted(BreachNotices.LONGEST, text.length()),
        model);
  }

  private String preview(
      Viewer viewer,
      BreachNotices.Audience audience,
      String text,
      @Nullable String wrong,
      Model model) {
    model.addAttribute("configured", mail.isConfigured());
    model.addAttribute("audience", audience);
    model.addAttribute("text", text);
    model.addAttribute("words", notices.words(viewer, text));
    model.addAttribute("slug", viewer.slug());
    model.addAttribute("wrong", wrong);
    return "mail/preview";
  }

  private String form(Viewer viewer, String text, @Nullable String wrong, Model model) {
    model.addAttribute("notices", notices.list(viewer));
    model.addAttribute("configured", mail.isConfigured());
    model.addAttribute("text", text);
    model.addAttribute("longest", BreachNotices.LONGEST);
    model.addAttribute("wrong", wrong);
    return "mail/breach-notice";
  }
}

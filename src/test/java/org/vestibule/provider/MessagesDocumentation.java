package org.vestibule.provider;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vestibule.doctor.Finding;
import org.vestibule.doctor.Symptom;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.LoginException;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** What is written about the numbered messages, made from their enums: a list, and a page each. */
final class MessagesDocumentation {

  private static final String MADE_BY =
      "mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true";

  /** Messages of one kind. */
  enum Group {
    VIOLATIONS(
        "Rules that were broken",
        """
        Something that a specification forbids was tried, by a browser or by the provider. Each
        message names the section that has the rule.
        """),
    TROUBLES(
        "Trouble with the provider",
        """
        The provider, or the way to it, does not work.
        """),
    MISTAKES(
        "Problems of the configuration",
        """
        They are found at the start, all at once, each with the key and the source of the setting.
        With an error nobody can sign in; a warning leaves everything working, and a note is only
        worth knowing.
        """),
    REFUSALS(
        "Refusals",
        """
        Somebody said no, or something is not set up for what was asked.
        """),
    SYMPTOMS(
        "Findings of the doctor",
        """
        What the [diagnosis](doctor.md) finds, beside the messages above that it tells before
        anybody meets them. With an error nobody can sign in, or not safely; a warning is a risk, or
        going to be an error; advice is for what could be better or cannot be judged; and what is in
        order is said, too.
        """);

    private final String title;
    private final String introduction;

    Group(String title, String introduction) {
      this.title = title;
      this.introduction = introduction;
    }

    List<Message> messages() {
      return switch (this) {
        case VIOLATIONS -> violations();
        case TROUBLES -> troubles();
        case MISTAKES -> mistakes();
        case REFUSALS -> refusals();
        case SYMPTOMS -> symptoms();
      };
    }
  }

  /**
   * @param note what else there is to know; may be empty
   * @param example as it may stand in a log
   */
  record Message(String code, String note, String cause, String remedy, String example) {

    private static Message of(Failure failure, String note) {
      return new Message(
          failure.code(),
          note,
          failure.cause(),
          failure.remedy(),
          new LoginException(failure).getMessage() + " [correlation id 4Xk2PqVt9b]");
    }

    private static Message of(Mistake mistake) {
      String note = "A warning.";
      if (!mistake.isWarning()) {
        note = "An error.";
      } else if (mistake.isNote()) {
        note = "A note.";
      }
      return new Message(
          mistake.code(),
          note,
          mistake.cause(),
          mistake.remedy(),
          new ConfigurationProblem(
                  mistake, "oauth.provider.corp.<setting>", "microprofile-config.properties", "")
              .toString());
    }

    private static Message of(Symptom symptom) {
      String note =
          switch (symptom.severity()) {
            case ERROR -> "An error.";
            case WARNING -> "A warning.";
            case ADVICE -> "Advice.";
            case OK -> "In order.";
          };
      return new Message(
          symptom.code(),
          note,
          symptom.cause(),
          symptom.remedy(),
          new Finding(
                  symptom.code(),
                  symptom.severity(),
                  Optional.of("corp"),
                  symptom.cause(),
                  "",
                  symptom.remedy())
              .toString());
    }

    private String row() {
      return "| [%s](messages/%s.md) | %s |\n".formatted(code, code, Markdown.sentence(cause));
    }

    /** The page of the manual about this message. */
    String page(Group group) {
      return """
      # %s

      <!-- Made from the enums of messages, not by hand:
           %s -->

      **%s**%s

      %s

      A line of it in the log:

          %s

      One of the [messages](../messages.md): %s.
      """
          .formatted(
              code,
              MADE_BY,
              Markdown.sentence(cause),
              note.isEmpty() ? "" : " " + note,
              Markdown.sentence(remedy),
              example,
              group.title.toLowerCase(Locale.ROOT));
    }
  }

  private MessagesDocumentation() {}

  static List<Message> violations() {
    return Arrays.stream(Violation.values())
        .map(violation -> Message.of(violation, violation.specification() + "."))
        .toList();
  }

  static List<Message> troubles() {
    return Arrays.stream(ProviderTrouble.values()).map(trouble -> Message.of(trouble, "")).toList();
  }

  static List<Message> mistakes() {
    return Arrays.stream(Mistake.values()).map(Message::of).toList();
  }

  static List<Message> refusals() {
    return Arrays.stream(Refusal.values()).map(refusal -> Message.of(refusal, "")).toList();
  }

  static List<Message> symptoms() {
    return Arrays.stream(Symptom.values()).map(Message::of).toList();
  }

  static List<Message> all() {
    return Stream.of(Group.values()).flatMap(group -> group.messages().stream()).toList();
  }

  /** The list of all. */
  static String page() {
    return """
    # Messages

    <!-- Made from the enums Violation, ProviderTrouble, Mistake, Refusal and Symptom, not by hand:
         %s -->

    Whatever goes wrong has a number, which never changes its meaning, and is logged by the logger
    `org.vestibule`. Each number has a page with the cause, the remedy and a line of the log. A
    failed login also has a correlation id, which is on the page that the user sees and in the log.
    No message has a token, a code or a secret in it.
    """
            .formatted(MADE_BY)
        + Arrays.stream(Group.values())
            .map(MessagesDocumentation::section)
            .collect(Collectors.joining());
  }

  private static String section(Group group) {
    return "\n## "
        + group.title
        + "\n\n"
        + group.introduction
        + "\n| number | what is so |\n|---|---|\n"
        + group.messages().stream().map(Message::row).collect(Collectors.joining());
  }
}

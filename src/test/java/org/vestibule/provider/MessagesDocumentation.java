package org.vestibule.provider;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.vestibule.protocol.Failure;
import org.vestibule.protocol.ProviderTrouble;
import org.vestibule.protocol.Refusal;
import org.vestibule.protocol.Violation;
import org.vestibule.provider.ConfigurationProblem.Mistake;

/** What is written about the numbered messages, made from their enums. */
final class MessagesDocumentation {

  /**
   * @param note what else there is to know; may be empty
   */
  record Message(String code, String note, String cause, String remedy) {

    private static Message of(Failure failure, String note) {
      return new Message(failure.code(), note, failure.cause(), failure.remedy());
    }

    String paragraph() {
      return "\n### "
          + code
          + "\n\n**"
          + Markdown.sentence(cause)
          + "**"
          + (note.isEmpty() ? "" : " " + note)
          + "\n\n"
          + Markdown.sentence(remedy)
          + "\n";
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
    return Arrays.stream(Mistake.values())
        .map(
            mistake ->
                new Message(mistake.code(), note(mistake), mistake.cause(), mistake.remedy()))
        .toList();
  }

  private static String note(Mistake mistake) {
    if (mistake.isNote()) {
      return "A note.";
    }
    return mistake.isWarning() ? "A warning." : "An error.";
  }

  static List<Message> refusals() {
    return Arrays.stream(Refusal.values()).map(refusal -> Message.of(refusal, "")).toList();
  }

  static List<Message> all() {
    return Stream.of(violations(), troubles(), mistakes(), refusals())
        .flatMap(List::stream)
        .toList();
  }

  /** The page of the manual. */
  static String page() {
    List<String> parts = new ArrayList<>();
    parts.add(
        """
        # Messages

        <!-- Made from the enums Violation, ProviderTrouble, Mistake and Refusal, not by hand:
             mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true -->

        Whatever goes wrong has a number, which never changes its meaning, and is logged by the
        logger `org.vestibule`. A failed login also has a correlation id, which is on the page that
        the user sees and in the log. No message has a token, a code, a secret or a value of a
        setting in it.
        """);
    parts.add(
        """

        ## Rules that were broken

        Something that a specification forbids was tried, by a browser or by the provider. Each
        message names the section that has the rule.
        """);
    violations().forEach(message -> parts.add(message.paragraph()));
    parts.add(
        """

        ## Trouble with the provider

        The provider, or the way to it, does not work.
        """);
    troubles().forEach(message -> parts.add(message.paragraph()));
    parts.add(
        """

        ## Problems of the configuration

        They are found at the start, all at once, each with the key and the source of the setting.
        With an error nobody can sign in; a warning leaves everything working, and a note is only
        worth knowing.
        """);
    mistakes().forEach(message -> parts.add(message.paragraph()));
    parts.add(
        """

        ## Refusals

        Somebody said no, or something is not set up for what was asked.
        """);
    refusals().forEach(message -> parts.add(message.paragraph()));
    return String.join("", parts);
  }
}

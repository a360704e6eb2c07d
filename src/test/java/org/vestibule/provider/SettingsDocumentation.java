package org.vestibule.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.vestibule.provider.Setting.Group;
import org.vestibule.provider.Setting.Level;

/** What is written about the settings, made from their table. */
final class SettingsDocumentation {

  private static final int WIDTH = 100;
  private static final String RULES = "What callers of some paths need beside being signed in";

  private SettingsDocumentation() {}

  /** {@code microprofile-config.properties}, in which every setting is commented out. */
  static String properties() {
    StringBuilder file =
        new StringBuilder(
            """
            # The settings of Vestibule, each with its default. Take what you change into a
            # microprofile-config.properties of your own or into any other source of MicroProfile
            # Config; in the environment oauth.client-id is OAUTH_CLIENT_ID. All are explained in
            # the manual.
            #
            # Made from org.vestibule.provider.Setting, not by hand:
            # mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true
            """);
    for (Group group : Group.values()) {
      file.append("\n\n# ==== ").append(group.title()).append(" ====\n");
      if (group.level() == Level.PROVIDER) {
        file.append("# oauth.X for all providers, oauth.provider.<id>.X for one\n");
      }
      for (Setting setting : group.settings()) {
        file.append('\n');
        wrapped(setting.description()).forEach(line -> file.append("# ").append(line).append('\n'));
        file.append('#').append(Setting.PREFIX).append(setting.key());
        file.append('=').append(setting.defaultValue()).append('\n');
      }
    }
    file.append("\n\n# ==== ").append(RULES).append(" ====\n");
    file.append("# with a number n from 1 to ").append(AccessSetting.MOST).append('\n');
    for (AccessSetting setting : AccessSetting.values()) {
      file.append('\n');
      wrapped(setting.description()).forEach(line -> file.append("# ").append(line).append('\n'));
      file.append("#    ").append(AccessSetting.PREFIX).append("<n>.").append(setting.key());
      file.append("=\n");
    }
    return file.toString();
  }

  /** The page of the manual. */
  static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Settings

            <!-- Made from org.vestibule.provider.Setting, not by hand:
                 mvn test -Dtest=GeneratedDocumentationTest -Dvestibule.write-documentation=true -->

            Every source of [MicroProfile Config](https://microprofile.io/specifications/config/)
            serves: the environment, system properties, `META-INF/microprofile-config.properties`,
            the variables of Open Liberty, the directories of Payara. Three settings are enough for
            a provider of OpenID Connect:

            ```properties
            oauth.issuer=https://login.corp.example/realms/main
            oauth.client-id=portal
            oauth.client-secret-file=/run/secrets/portal
            ```

            or, in the environment, `OAUTH_ISSUER`, `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`. A
            well-known provider is a preset: `OAUTH_PRESET=github` in place of `OAUTH_ISSUER`.
            Several providers are listed, and what is not the same for all of them is set below
            their ids:

            ```properties
            oauth.providers=corp,github
            oauth.provider.corp.issuer=https://login.corp.example/realms/main
            oauth.provider.corp.client-id=portal
            oauth.provider.corp.client-secret-file=/run/secrets/portal-at-corp
            oauth.provider.github.client-id=s6BhdRkqt3
            oauth.provider.github.client-secret-file=/run/secrets/portal-at-github
            ```

            ## How a setting is found

            1. A setting X of the provider P is looked up as `oauth.provider.P.X`, then as
               `oauth.X`, then in P's preset, then, where it is an address, in what the provider
               publishes; then it has its default. Settings of the application are looked up as
               `oauth.X` alone. An application with one provider may have kept the
               [file of another client](moving-in.md), which is looked into before the preset.
            2. In the environment everything but letters and digits becomes an underscore, and
               letters become capitals: `OAUTH_PROVIDER_CORP_CLIENT_ID`.
            3. An empty value is no value, and blanks around a value do not count.
            4. `${name}` in a value is an expression of MicroProfile Config; one that cannot be
               resolved is an error. In a preset `${name}` and `${name:default}` mean the same.
            5. A secret is taken as it stands, from a setting or from a file: blanks, commas,
               percent signs, backslashes and dollar signs are part of it. Only `${` begins an
               expression, in a setting and not in a file. For a secret, value and file are looked
               up together: whatever is nearest counts, and both at the same place are an error. An
               empty secret is an error too, unless the client is a public one.

            ## How a setting is written

            Durations are those of ISO 8601: `PT30S`, `PT10M`, `P1D`. Lists are separated by commas.
            Words are written exactly as here. What is not understood is an error and never silently
            the default; all problems are logged together at the start, each with its
            [number](messages.md), its key, its source and what to do, and never with the value.
            As long as there is an error nobody can sign in, protected paths answer 503, and public
            ones go on. A key below `oauth.` that is not known is a warning with the key that was
            probably meant.

            ## Presets

            A preset is a file `META-INF/vestibule/presets/<name>.properties` on the class path with
            settings of one provider, without prefix. Those that come along are listed with
            [the providers](providers.md); an application can bring its own. A preset with an address
            is about one provider only. Where another one is set (another `issuer`, or
            `authorization-endpoint` and `token-endpoint` in place of the preset's issuer), nothing
            of the preset is used, so that no address and no secret of one provider is mixed with
            those of another. A preset without an address is about a product that many run, such as
            `keycloak`, and wants your `issuer`.
            """);
    for (Group group : Group.values()) {
      page.append("\n## ").append(group.title()).append("\n\n");
      page.append("| key | level | default | meaning |\n|---|---|---|---|\n");
      group.settings().forEach(setting -> page.append(row(setting)).append('\n'));
    }
    page.append("\n## ").append(RULES).append("\n\n");
    page.append(
        """
        `oauth.paths.<n>.X` with a number n from 1 to %d, see
        [access rules](access-rules.md). A key that is misspelt here is an error.

        | X | meaning |
        |---|---|
        """
            .formatted(AccessSetting.MOST));
    for (AccessSetting setting : AccessSetting.values()) {
      page.append("| `").append(setting.key()).append("` | ");
      page.append(Markdown.escape(setting.description())).append(" |\n");
    }
    return page.toString();
  }

  private static String row(Setting setting) {
    StringJoiner row = new StringJoiner(" | ", "| ", " |");
    row.add("`" + setting.key() + "`");
    row.add(setting.level() == Level.PROVIDER ? "provider" : "application");
    row.add(setting.defaultValue().isEmpty() ? "" : "`" + setting.defaultValue() + "`");
    row.add(Markdown.escape(setting.description()));
    return row.toString();
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH - "# ".length()) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}

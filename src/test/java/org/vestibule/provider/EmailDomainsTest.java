package org.vestibule.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.provider.Configurations.least;
import static org.vestibule.provider.Configurations.read;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailDomainsTest {

  private static final EmailDomains DOMAINS =
      EmailDomains.of(
          List.copyOf(
              read(least(
                      "oauth.providers", "corp,partner,school",
                      "oauth.choose-by", "email-domain",
                      "oauth.provider.corp.email-domains", "Corp.example, special.school.example",
                      "oauth.provider.partner.email-domains", "partner.example,b\u00fccher.example",
                      "oauth.provider.school.email-domains", "*.school.example"))
                  .providers()
                  .values()));

  @ParameterizedTest
  @CsvSource({
    "jane@corp.example, corp",
    "' JANE@CORP.EXAMPLE ', corp",
    "\"a@b\"@corp.example, corp",
    "jane@partner.example, partner",
    "jane@b\u00fccher.example, partner",
    "jane@xn--bcher-kva.example, partner",
    "jane@cor\u24df.example, corp",
    "jane@school.example, school",
    "jane@math.school.example, school",
    "jane@a.b.school.example, school",
    "jane@special.school.example, corp"
  })
  void the_domain_of_an_address_decides(String address, String provider) {
    assertThat(DOMAINS.provider(address)).contains(provider);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "jane",
        "@corp.example",
        "jane@",
        "jane@sub.corp.example",
        "jane@corp.example.evil.example",
        "jane@evilcorp.example",
        "jane@myschool.example",
        "jane@example",
        "jane@corp.example@evil.example",
        "jane@corp.example.",
        "jane@\u0000corp.example",
        "jane@corp.example\u0000",
        "jane@evil.example\n@corp.example\nx",
        "jane@corp\u3002example@evil.example"
      })
  void others_are_nobodys(@Nullable String address) {
    assertThat(DOMAINS.provider(String.valueOf(address))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {255, 70_000})
  void an_address_that_is_too_long_is_none(int length) {
    String address = "j".repeat(length - "@corp.example".length()) + "@corp.example";

    assertThat(DOMAINS.provider(address)).isEmpty();
  }
}

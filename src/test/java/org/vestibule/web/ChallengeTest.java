package org.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;

class ChallengeTest {

  private static final String PAGE = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8";

  /** Each header is {@code name: value}; the last column is what the request is taken for. */
  private static Challenge of(String... headers) {
    MockHttpServletRequest request = Requests.request("GET", "/orders");
    for (String header : headers) {
      if (header != null) {
        request.addHeader(header.split(": ", 2)[0], header.split(": ", 2)[1]);
      }
    }
    return Challenge.of(request);
  }

  @ParameterizedTest
  @CsvSource({
    "navigate,    document, NAVIGATION",
    "navigate,    '',       NAVIGATION",
    "navigate,    empty,    NAVIGATION",
    "NAVIGATE,    Document, NAVIGATION",
    "navigate,    iframe,   SILENT",
    "navigate,    frame,    SILENT",
    "navigate,    embed,    SILENT",
    "navigate,    object,   SILENT",
    "cors,        empty,    FETCH",
    "same-origin, empty,    FETCH",
    "no-cors,     empty,    FETCH",
    "cors,        '',       FETCH",
    "no-cors,     image,    SILENT",
    "no-cors,     script,   SILENT",
    "no-cors,     style,    SILENT",
    "cors,        font,     SILENT",
    "cors,        script,   SILENT",
    "no-cors,     video,    SILENT",
    "same-origin, worker,   SILENT",
    "cors,        manifest, SILENT",
    "websocket,   empty,    FETCH",
    "websocket,   websocket, SILENT",
    "unheard-of,  empty,    FETCH",
  })
  void the_browser_says_who_asks(String mode, String destination, Challenge expected) {
    String dest = destination.isEmpty() ? null : "Sec-Fetch-Dest: " + destination;

    assertThat(of("Sec-Fetch-Mode: " + mode, dest)).isEqualTo(expected);
    assertThat(of("Sec-Fetch-Mode: " + mode, dest, "Accept: " + PAGE)).isEqualTo(expected);
    assertThat(of("Sec-Fetch-Mode: " + mode, dest, "Accept: application/json")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Faces-Request: partial/ajax,    FACES",
    "Faces-Request: partial/process, FACES",
    "faces-request: PARTIAL/AJAX,    FACES",
    "Faces-Request: full,            FETCH",
    "HX-Request: true,               HTMX",
    "hx-request: TRUE,               HTMX",
    "HX-Request: false,              FETCH",
    "X-Requested-With: XMLHttpRequest, FETCH",
  })
  void a_script_says_for_whom_it_asks(String header, Challenge expected) {
    assertThat(of("Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty", header)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Faces-Request: partial/ajax",
    "HX-Request: true",
    "X-Requested-With: XMLHttpRequest",
  })
  void a_navigation_is_one_whatever_else_is_said(String header) {
    assertThat(of("Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", header))
        .isEqualTo(Challenge.NAVIGATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Faces-Request: partial/ajax                  | text/xml                | FACES",
        "Faces-Request: partial/ajax                  | text/html               | FACES",
        "HX-Request: true                             | text/html               | HTMX",
        "X-Requested-With: XMLHttpRequest             | text/html               | FETCH",
        "X-Requested-With: com.example.app            | */*                     | FETCH",
        "X-Other: x                                   | text/html               | NAVIGATION",
        "X-Other: x                                   | TEXT/HTML               | NAVIGATION",
        "X-Other: x                                   | application/xhtml+xml   | NAVIGATION",
        "X-Other: x                                   | image/png,text/html     | NAVIGATION",
        "X-Other: x                                   | */*                     | NAVIGATION",
        "X-Other: x                                   | application/json        | FETCH",
        "X-Other: x                                   | application/json, */*   | FETCH",
        "X-Other: x                                   | application/xml         | FETCH",
        "X-Other: x                                   | text/event-stream       | FETCH",
        "X-Other: x                                   | image/png,image/*       | FETCH",
      })
  void an_old_browser_is_judged_by_what_else_there_is(
      String header, String accept, Challenge expected) {
    assertThat(of(header, "Accept: " + accept)).isEqualTo(expected);
  }

  @Test
  void a_client_that_says_nothing_is_sent_on() {
    assertThat(of()).isEqualTo(Challenge.NAVIGATION);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Purpose: prefetch",
    "Sec-Purpose: prefetch;prerender",
    "'Sec-Purpose: prefetch;anonymous-client-ip'",
    "Purpose: prefetch",
    "Purpose: Prefetch",
  })
  void a_prefetch_begins_no_login(String header) {
    assertThat(of("Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document", header))
        .isEqualTo(Challenge.SILENT);
    assertThat(of(header)).isEqualTo(Challenge.SILENT);
  }
}

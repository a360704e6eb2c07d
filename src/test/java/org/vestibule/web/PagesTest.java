package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.vestibule.Provoked.assertReported;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.vestibule.Provokes;
import org.vestibule.api.PageAttributes;
import org.vestibule.protocol.Refusal;
import org.vestibule.provider.Setting;
import org.vestibule.testing.MovableClock;

class PagesTest {

  private final Pages pages =
      new Pages(Map.of(Setting.ERROR_PAGE, "/sorry"), new WarningLimit(new MovableClock()));
  private final Logs logs = new Logs();
  private int shown;

  @AfterEach
  void stopListening() {
    logs.close();
  }

  /** A page of the application. */
  private interface OwnPage {
    void show(HttpServletRequest request, HttpServletResponse response)
        throws IOException, ServletException;
  }

  /** What may go wrong in one. */
  enum Mishap implements OwnPage {
    NOT_FOUND {
      @Override
      public void show(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.sendError(404);
      }
    },
    ERROR_WITH_A_REASON {
      @Override
      public void show(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.sendError(500, "<b>reason</b>");
      }
    },
    REDIRECTS {
      @Override
      public void show(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.sendRedirect("https://evil.example/");
      }
    },
    FAILS_HALFWAY {
      @Override
      public void show(HttpServletRequest request, HttpServletResponse response)
          throws IOException {
        response.setContentType("text/plain;charset=ISO-8859-1");
        response.getWriter().println("half a page");
        response.getWriter().flush();
        response.flushBuffer();
        throw new IllegalStateException("its secret");
      }
    },
    FAILS_HALFWAY_IN_BYTES {
      @Override
      public void show(HttpServletRequest request, HttpServletResponse response)
          throws IOException, ServletException {
        response.getOutputStream().write("half a page".getBytes(UTF_8));
        response.getOutputStream().flush();
        throw new ServletException("its secret");
      }
    }
  }

  private MockHttpServletRequest request(OwnPage page) {
    MockHttpServletRequest request =
        new MockHttpServletRequest("POST", "/app/oauth/callback") {
          @Override
          public RequestDispatcher getRequestDispatcher(String path) {
            assertThat(path).isEqualTo("/sorry");
            return new RequestDispatcher() {
              @Override
              public void forward(ServletRequest request, ServletResponse response)
                  throws ServletException, IOException {
                shown++;
                page.show((HttpServletRequest) request, (HttpServletResponse) response);
              }

              @Override
              public void include(ServletRequest request, ServletResponse response) {
                throw new AssertionError("a page is forwarded to");
              }
            };
          }
        };
    request.setQueryString("code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj");
    request.addParameter("code", "SplxlOBeZQQYbYS6WxSbIA");
    request.addHeader("If-None-Match", "\"1\"");
    request.addHeader("If-Modified-Since", "Thu, 01 Jan 2026 00:00:00 GMT");
    request.addHeader("Range", "bytes=0-3");
    request.addHeader("Accept", "text/html");
    request.setAttribute(
        RequestDispatcher.FORWARD_QUERY_STRING, "code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj");
    return request;
  }

  private MockHttpServletResponse shown(Setting setting, MockHttpServletRequest request)
      throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    pages.write(
        setting,
        Page.of("failed", request).withAttribute(PageAttributes.CORRELATION_ID, "k9Zt4"),
        request,
        response,
        400);
    return response;
  }

  private MockHttpServletResponse shown(OwnPage page) throws IOException {
    return shown(Setting.ERROR_PAGE, request(page));
  }

  private static String body(MockHttpServletResponse response) {
    return new String(response.getContentAsByteArray(), UTF_8);
  }

  @Test
  void a_page_of_the_application_takes_the_place_of_ours() throws IOException {
    MockHttpServletResponse response =
        shown((request, own) -> own.getWriter().print("sorry for that, ä and サ"));

    assertThat(body(response)).isEqualTo("sorry for that, ä and サ");
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(logs.text()).isEmpty();
  }

  @Test
  void where_none_is_named_the_page_is_ours() throws IOException {
    MockHttpServletResponse response =
        shown(Setting.LOGOUT_PAGE, request((request, own) -> own.getWriter().print("sorry")));

    assertThat(body(response)).startsWith("<!DOCTYPE html>");
    assertThat(shown).isZero();
  }

  @Test
  void it_is_told_what_there_is_to_say() throws IOException {
    MockHttpServletRequest request =
        request(
            (own, response) -> {
              assertThat(own.getAttribute(PageAttributes.NAME)).isEqualTo("failed");
              assertThat(own.getAttribute(PageAttributes.STATUS)).isEqualTo(400);
              assertThat(own.getAttribute(PageAttributes.TITLE))
                  .isEqualTo("Die Anmeldung hat nicht geklappt");
              assertThat(own.getAttribute(PageAttributes.TEXT)).asString().contains("Cookies");
              assertThat(own.getAttribute(PageAttributes.LANGUAGE)).isEqualTo("de");
              assertThat(own.getAttribute(PageAttributes.DIRECTION)).isEqualTo("ltr");
              assertThat(own.getAttribute(PageAttributes.CORRELATION_ID)).isEqualTo("k9Zt4");
              response.getWriter().print("done");
            });
    request.addPreferredLocale(Locale.GERMAN);

    assertThat(body(shown(Setting.ERROR_PAGE, request))).isEqualTo("done");
  }

  @Test
  void it_sees_a_plain_GET_and_nothing_of_what_the_provider_sent() throws IOException {
    MockHttpServletResponse response =
        shown(
            (request, own) -> {
              assertThat(request.getMethod()).isEqualTo("GET");
              assertThat(request.getQueryString()).isNull();
              assertThat(request.getParameter("code")).isNull();
              assertThat(request.getParameterValues("code")).isNull();
              assertThat(request.getParameterMap()).isEmpty();
              assertThat(request.getParameterNames().hasMoreElements()).isFalse();
              assertThat(request.getAttribute(RequestDispatcher.FORWARD_QUERY_STRING)).isNull();
              assertThat(request.getHeader("If-None-Match")).isNull();
              assertThat(request.getHeaders("Range").hasMoreElements()).isFalse();
              assertThat(request.getDateHeader("If-Modified-Since")).isEqualTo(-1);
              assertThat(request.getHeader("Accept")).isEqualTo("text/html");
              own.getWriter().print("done");
            });

    assertThat(body(response)).isEqualTo("done");
  }

  @Test
  void status_and_protective_headers_are_not_its_to_change() throws IOException {
    MockHttpServletResponse response =
        shown(
            (request, own) -> {
              own.setStatus(200);
              own.setHeader("Cache-Control", "public, max-age=3600");
              own.addHeader("cache-control", "public");
              own.setDateHeader("Expires", 1_800_000_000_000L);
              own.addDateHeader("Last-Modified", 1_800_000_000_000L);
              own.setIntHeader("Retry-After", 1);
              own.addIntHeader("Content-Length", 1);
              own.setContentLength(1);
              own.setContentLengthLong(1);
              own.setHeader("ETag", "\"1\"");
              own.setHeader("X-Own", "1");
              own.addHeader("X-Own", "2");
              own.setContentType("text/plain;charset=UTF-8");
              own.getWriter().print("all of it");
            });

    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getHeaders("Cache-Control")).containsExactly("no-store");
    assertThat(response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.getHeaderNames())
        .doesNotContain("Expires", "Last-Modified", "Retry-After", "Content-Length", "ETag");
    assertThat(response.getHeaders("X-Own")).containsExactly("1", "2");
    assertThat(response.getContentType()).isEqualTo("text/plain;charset=UTF-8");
    assertThat(body(response)).isEqualTo("all of it");
  }

  @Test
  void it_may_have_styles_of_its_own_and_is_not_framed_all_the_same() throws IOException {
    assertThat(shown((request, own) -> {}).getHeader("Content-Security-Policy"))
        .isEqualTo("base-uri 'none'; frame-ancestors 'none'");
    assertThat(
            shown((r, own) -> own.setHeader("Content-Security-Policy", "default-src 'self'"))
                .getHeader("Content-Security-Policy"))
        .isEqualTo("default-src 'self'");
  }

  @ParameterizedTest
  @EnumSource(Mishap.class)
  @Provokes(refusal = Refusal.PAGE_FAILED)
  void where_it_fails_ours_is_shown_and_the_log_says_so(Mishap mishap) throws IOException {
    MockHttpServletRequest request = request(mishap);
    request.addPreferredLocale(Locale.JAPANESE);
    MockHttpServletResponse response = shown(Setting.ERROR_PAGE, request);

    assertThat(body(response))
        .startsWith("<!DOCTYPE html>")
        .contains("サインインに失敗しました")
        .doesNotContain("half a page", "secret", "Exception", "reason");
    assertThat(response.getStatus()).isEqualTo(400);
    assertThat(response.getContentType()).isEqualTo("text/html;charset=UTF-8");
    assertThat(response.getHeader("Location")).isNull();
    assertThat(response.getHeader("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(logs.at(Level.WARNING)).hasSize(1);
    assertReported(Refusal.PAGE_FAILED, logs.at(Level.WARNING).get(0));
    assertThat(logs.at(Level.WARNING).get(0))
        .contains("oauth.error-page=/sorry")
        .doesNotContain("secret");
    assertThat(shown).isOne();
  }

  @Test
  void a_page_that_was_sent_already_is_not_followed_by_another() throws IOException {
    MockHttpServletRequest request =
        request(
            (r, own) -> {
              own.getOutputStream().write(new byte[100_000]);
              throw new IOException("the rest cannot be read");
            });

    MockHttpServletResponse response = shown(Setting.ERROR_PAGE, request);

    assertThat(response.getContentAsByteArray()).hasSize(100_000);
    assertThat(logs.at(Level.WARNING)).hasSize(1);
  }

  /** Anybody can call a page that fails for everybody. */
  @Test
  void a_page_that_fails_again_and_again_does_not_fill_the_log() throws IOException {
    for (int i = 0; i < 100; i++) {
      MockHttpServletResponse unused =
          shown(
              (request, own) -> {
                throw new IOException("it cannot be read");
              });
    }

    assertThat(logs.at(Level.WARNING)).hasSize(WarningLimit.MOST);
  }

  @Test
  void a_page_within_a_page_is_ours() throws IOException {
    MockHttpServletResponse response =
        shown(
            (request, own) ->
                pages.write(Setting.ERROR_PAGE, Page.of("error", request), request, own, 500));

    assertThat(body(response)).startsWith("<!DOCTYPE html>").contains("Something went wrong");
    assertThat(shown).isOne();
  }

  @Test
  void where_the_container_knows_no_such_page_ours_is_shown() throws IOException {
    MockHttpServletRequest request =
        new MockHttpServletRequest("GET", "/app/oauth/callback") {
          @Override
          @SuppressWarnings("NullAway") // as the specification has it
          public RequestDispatcher getRequestDispatcher(String path) {
            return null;
          }
        };

    assertThat(body(shown(Setting.ERROR_PAGE, request))).startsWith("<!DOCTYPE html>");
    assertThat(logs.at(Level.WARNING)).hasSize(1);
  }

  @Test
  void nothing_of_a_page_is_lost_in_a_writer() throws IOException {
    MockHttpServletResponse response =
        shown(
            (request, own) -> {
              own.setContentType("text/html; charset=UTF-16LE");
              own.getWriter().print("ä");
              own.getWriter().flush();
              own.reset();
              own.getWriter().print("サ");
            });

    assertThat(response.getContentAsByteArray()).isEqualTo("サ".getBytes("UTF-16LE"));
    assertThat(response.getStatus()).isEqualTo(400);
  }
}

package org.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ResumedRequestTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String MULTIPART = "multipart/form-data; boundary=x";

  private static ResumedRequest resumed(String target, String contentType, String body) {
    int mark = target.indexOf('?');
    String query = mark < 0 ? "" : target.substring(mark + 1) + "&";
    MockHttpServletRequest second =
        Requests.navigation("POST", "/orders?" + query + PostPreservation.MARKER);
    second.setContentType(FORM);
    second.addHeader("Content-Length", "4711");
    second.addHeader("Transfer-Encoding", "chunked");
    return new ResumedRequest(second, target, contentType, body.getBytes(UTF_8));
  }

  @Test
  void the_body_is_that_of_the_first() throws IOException {
    ResumedRequest request = resumed("/app/orders", FORM, "a=1&b=%C3%A4");

    assertThat(request.getContentType()).isEqualTo(FORM);
    assertThat(request.getContentLength()).isEqualTo(12);
    assertThat(request.getContentLengthLong()).isEqualTo(12);
    assertThat(new String(request.getInputStream().readAllBytes(), UTF_8))
        .isEqualTo("a=1&b=%C3%A4");
    assertThat(request.getInputStream().isFinished()).isTrue();
    assertThatThrownBy(request::getReader).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_can_be_read_as_text() throws IOException {
    ResumedRequest request = resumed("/app/orders", FORM, "a=ä");

    assertThat(request.getReader().readLine()).isEqualTo("a=ä");
    assertThat(request.getReader().readLine()).isNull();
    assertThatThrownBy(request::getInputStream).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void it_can_be_read_asynchronously() {
    List<String> heard = new ArrayList<>();
    ResumedRequest request = resumed("/app/orders", FORM, "a=1");
    request
        .getInputStream()
        .setReadListener(
            new ReadListener() {
              @Override
              public void onDataAvailable() throws IOException {
                heard.add(new String(request.getInputStream().readAllBytes(), UTF_8));
              }

              @Override
              public void onAllDataRead() {
                heard.add("all");
              }

              @Override
              public void onError(Throwable problem) {
                heard.add("error");
              }
            });

    assertThat(heard).containsExactly("a=1", "all");
    assertThat(request.getInputStream().isReady()).isTrue();
  }

  @Test
  void the_headers_are_those_of_the_first_body() {
    ResumedRequest request = resumed("/app/orders", MULTIPART, "--x--");

    assertThat(request.getHeader("content-type")).isEqualTo(MULTIPART);
    assertThat(request.getHeader("Content-Length")).isEqualTo("5");
    assertThat(request.getIntHeader("content-length")).isEqualTo(5);
    assertThat(request.getHeader("Transfer-Encoding")).isNull();
    assertThat(request.getHeader("Sec-Fetch-Mode")).isEqualTo("navigate");
    assertThat(Collections.list(request.getHeaderNames()))
        .contains("Content-Type", "Content-Length", "Accept")
        .doesNotContain("Transfer-Encoding");
  }

  @Test
  void parameters_are_those_of_the_query_and_then_of_the_body() {
    ResumedRequest request =
        resumed("/app/orders?a=0&q=x", FORM, "a=1&a=2&b=%C3%A4+b&c&=d&bad=%zz&&e=f=g");

    assertThat(request.getQueryString()).isEqualTo("a=0&q=x");
    assertThat(request.getParameterValues("a")).containsExactly("0", "1", "2");
    assertThat(request.getParameter("q")).isEqualTo("x");
    assertThat(request.getParameter("b")).isEqualTo("ä b");
    assertThat(request.getParameter("c")).isEmpty();
    assertThat(request.getParameter("bad")).isEqualTo("%zz");
    assertThat(request.getParameter("e")).isEqualTo("f=g");
    assertThat(request.getParameter("nothing")).isNull();
    assertThat(Collections.list(request.getParameterNames()))
        .containsExactly("a", "q", "b", "c", "", "bad", "e");
  }

  @Test
  void nothing_of_ours_is_left() {
    ResumedRequest request = resumed("/app/orders", FORM, "a=1");

    assertThat(request.getQueryString()).isNull();
    assertThat(request.getParameterMap()).containsOnlyKeys("a");
  }

  @Test
  void the_encoding_is_what_the_form_the_application_or_its_deployment_says()
      throws UnsupportedEncodingException {
    ResumedRequest form = resumed("/app/orders", FORM + "; charset=ISO-8859-1", "a=%E4");
    ResumedRequest application = resumed("/app/orders", FORM, "a=%E4");
    application.setCharacterEncoding("iso-8859-1");
    ResumedRequest deployment = resumed("/app/orders", FORM, "a=%E4");
    deployment.getServletContext().setRequestCharacterEncoding("ISO-8859-1");

    assertThat(List.of(form, application, deployment))
        .extracting(request -> request.getParameter("a"))
        .containsOnly("ä");
    assertThat(form.getCharacterEncoding()).isEqualTo("ISO-8859-1");
    assertThat(deployment.getCharacterEncoding()).isNull();
  }

  @Test
  void an_encoding_that_nobody_knows_is_as_good_as_none() {
    assertThat(resumed("/app/orders", FORM + "; charset=none", "a=%C3%A4").getParameter("a"))
        .isEqualTo("ä");
  }

  @Test
  void a_multipart_form_has_parts_and_its_fields_are_parameters()
      throws ServletException, IOException {
    ResumedRequest request =
        resumed(
            "/app/orders?q=1",
            MULTIPART,
            """
            --x
            Content-Disposition: form-data; name="a"

            ä
            --x
            Content-Disposition: form-data; name="f"; filename="f.txt"

            file
            --x--
            """
                .replace("\n", "\r\n"));

    assertThat(request.getParts()).extracting(Part::getName).containsExactly("a", "f");
    assertThat(request.getPart("f").getInputStream().readAllBytes()).asString().isEqualTo("file");
    assertThat(request.getPart("nothing")).isNull();
    assertThat(request.getParameterMap()).containsOnlyKeys("q", "a");
    assertThat(request.getParameter("a")).isEqualTo("ä");
  }

  @Test
  void any_other_form_has_none() {
    assertThatThrownBy(() -> resumed("/app/orders", FORM, "a=1").getParts())
        .isInstanceOf(ServletException.class);
  }
}

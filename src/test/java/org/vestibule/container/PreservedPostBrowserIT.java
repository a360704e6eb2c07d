package org.vestibule.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.vestibule.showcase.Chromium;
import org.vestibule.testing.AuthorizationServer;

/** Somebody with a real browser fills in a form and sends it without being signed in. */
@Tag("browser")
@ExtendWith(ArquillianExtension.class)
class PreservedPostBrowserIT {

  private static final String WAITING = "Your form has not been sent yet";
  private static final String SEND = "2. Send the form now";

  private static final AuthorizationServer PROVIDER =
      AuthorizationServer.start(c -> c.client(Application.CLIENT_ID, Application.CLIENT_SECRET));

  @ArquillianResource private URL deployment;

  private Chromium chromium;

  @Deployment(testable = false)
  static WebArchive application() {
    return Application.at(PROVIDER).war("formsbrowser");
  }

  @AfterAll
  static void stop() {
    PROVIDER.close();
  }

  @BeforeEach
  void a_browser_that_has_never_been_here() {
    chromium = Chromium.start();
    chromium.resize(1000, 800, false);
  }

  @AfterEach
  void close() {
    chromium.close();
  }

  private String url(String path) {
    return deployment.toString().replaceFirst("/$", "") + path;
  }

  private void signInInAnotherTab() {
    String formTab = chromium.currentTab();
    chromium.press("1. Sign in, in a new tab");
    chromium.goToOtherTab(formTab);
    chromium.seePage("You are signed in");
    assertThat(chromium.url()).isEqualTo(url("/oauth/signed-in"));
    chromium.goToTab(formTab);
    chromium.seePage(WAITING);
  }

  @Test
  void what_was_typed_arrives_after_the_login() {
    chromium.open(url("/public/forms.html"));
    chromium.type(By.name("text"), "Zwölf Boxkämpfer & \"Co\"");
    chromium.press("Send the text");
    chromium.seePage(WAITING);
    assertThat(chromium.complaints()).singleElement().asString().contains("401");
    chromium.picture("form-preserved");

    chromium.press(SEND);
    chromium.seePage(WAITING);
    signInInAnotherTab();
    chromium.press(SEND);
    chromium.await(() -> chromium.text().contains("parameter text="));

    assertThat(chromium.text())
        .contains(
            "remoteUser=j.doe",
            "parameter text=[Zwölf Boxkämpfer & \"Co\"]",
            "parameter a=[1]",
            "origin=" + deployment.getProtocol() + "://" + deployment.getAuthority())
        .doesNotContain("preserved");
  }

  @Test
  void a_file_arrives_after_the_login(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("größe.txt"), "what the file says\n");
    chromium.open(url("/public/forms.html"));
    chromium.type(By.name("subject"), "Zwölf Boxkämpfer");
    chromium.see(By.name("file")).sendKeys(file.toString());
    chromium.press("Send the file");
    chromium.seePage(WAITING);
    signInInAnotherTab();
    chromium.press(SEND);
    chromium.await(() -> chromium.text().contains("part file="));

    assertThat(chromium.text())
        .contains(
            "part subject=null,null,Zwölf Boxkämpfer",
            "part file=größe.txt,text/plain,what the file says",
            "parameter subject=[Zwölf Boxkämpfer]");
  }

  @Test
  void it_is_sent_once() {
    chromium.open(url("/public/forms.html"));
    chromium.type(By.name("text"), "one");
    chromium.press("Send the text");
    chromium.seePage(WAITING);
    signInInAnotherTab();
    chromium.press(SEND);
    chromium.await(() -> chromium.text().contains("parameter text=[one]"));

    chromium.reload();
    chromium.seePage("The form was sent already");
    chromium.press("Go to the page");
    chromium.await(() -> chromium.text().equals("the page of the form"));
  }
}

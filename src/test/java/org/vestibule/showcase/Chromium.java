package org.vestibule.showcase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The machine's Chromium without a window, with a new profile, driven as a person would. */
public final class Chromium implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration GLANCE = Duration.ofMillis(50);

  /** Would say at each start that it does not know this Chromium; what is used here it knows. */
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium.devtools");

  static {
    SELENIUM.setLevel(Level.SEVERE);
  }

  private final ChromeDriver driver;
  private final Path profile;

  private Chromium(ChromeDriver driver, Path profile) {
    this.driver = driver;
    this.profile = profile;
  }

  public static Chromium start() {
    try {
      Path profile = Files.createTempDirectory("chromium");
      return new Chromium(new ChromeDriver(options(profile)), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes any certificate, and keeps cookies from the frames of other sites unless they are {@code
   * Partitioned}.
   */
  public static Chromium startBlockingThirdParties() {
    try {
      Path profile = Files.createTempDirectory("chromium");
      ChromeOptions options = options(profile);
      options.setAcceptInsecureCerts(true);
      options.addArguments("--test-third-party-cookie-phaseout");
      return new Chromium(new ChromeDriver(options), profile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives pages so many CSS pixels; a phone's screen has no scroll bars and heeds the viewport. */
  public void resize(int width, int height, boolean phone) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
  }

  /** Prefers dark pages from now on. */
  public void preferDark() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
  }

  /** Has the colours of the operating system in place of those of the pages from now on. */
  public void preferForcedColours() {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "forced-colors", "value", "active"))));
  }

  /** Asks for pages in that language from now on. */
  public void preferLanguage(String tag) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand(
        "Network.setExtraHTTPHeaders", Map.of("headers", Map.of("Accept-Language", tag)));
  }

  /** Runs no scripts of pages from now on. */
  public void refuseScripts() {
    driver.executeCdpCommand("Emulation.setScriptExecutionDisabled", Map.of("value", true));
  }

  /** Does not load what such a pattern matches, as if the network or an extension kept it away. */
  public void keepAway(String pattern) {
    driver.executeCdpCommand("Network.enable", Map.of());
    driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(pattern)));
  }

  /** Loses a cookie, as browsers do. */
  public void forgetCookie(String name) {
    driver.manage().deleteCookieNamed(name);
  }

  /** When a cookie is gone that is sent to an address; the name has that part. */
  public Instant expiry(String url, String part) {
    double seconds = ((Number) cookie(url, part).get("expires")).doubleValue();
    return Instant.ofEpochSecond((long) Math.ceil(seconds));
  }

  /**
   * Keeps such a cookie for as long as the browser runs, as some do that are never closed.
   *
   * @return when it would have gone
   */
  public Instant keepCookie(String url, String part) {
    Instant expiry = expiry(url, part);
    Map<String, Object> cookie = cookie(url, part);
    driver.executeCdpCommand(
        "Network.setCookie",
        Map.of(
            "url",
            url,
            "name",
            cookie.get("name"),
            "value",
            cookie.get("value"),
            "path",
            cookie.get("path"),
            "httpOnly",
            true,
            "sameSite",
            "Lax"));
    return expiry;
  }

  @SuppressWarnings("unchecked") // that is how the protocol answers
  private Map<String, Object> cookie(String url, String part) {
    Map<String, Object> answer =
        driver.executeCdpCommand("Network.getCookies", Map.of("urls", List.of(url)));
    return ((List<Map<String, Object>>) answer.get("cookies"))
        .stream()
            .filter(cookie -> String.valueOf(cookie.get("name")).contains(part))
            .findFirst()
            .orElseThrow();
  }

  /** Looks into a frame from now on, and at nothing else. */
  public void goIntoFrame(By frame) {
    waiting().until(ExpectedConditions.frameToBeAvailableAndSwitchToIt(frame));
  }

  /** Goes to the next thing that can be used without a mouse. */
  public void tab() {
    driver.switchTo().activeElement().sendKeys(Keys.TAB);
  }

  public void open(String url) {
    driver.get(url);
  }

  /** Loads the page again, the form that led to it included. */
  public void reload() {
    driver.navigate().refresh();
  }

  public void back() {
    driver.navigate().back();
  }

  public void forward() {
    driver.navigate().forward();
  }

  /** Opens a tab and goes there; the answer identifies the tab that was there before. */
  public String openTab(String url) {
    String before = driver.getWindowHandle();
    driver.switchTo().newWindow(WindowType.TAB);
    open(url);
    return before;
  }

  public void goToTab(String tab) {
    driver.switchTo().window(tab);
  }

  /** Goes to the only other tab there is, as soon as it is there. */
  public void goToOtherTab(String tab) {
    waiting().until(ExpectedConditions.numberOfWindowsToBe(2));
    driver.getWindowHandles().stream().filter(other -> !other.equals(tab)).forEach(this::goToTab);
  }

  public String currentTab() {
    return driver.getWindowHandle();
  }

  public String url() {
    return driver.getCurrentUrl();
  }

  /** The element, as soon as it can be seen. */
  public WebElement see(By element) {
    return waiting().until(ExpectedConditions.visibilityOfElementLocated(element));
  }

  /** Waits for the page with that heading. */
  public void seePage(String heading) {
    waiting()
        .withMessage(() -> "\"" + heading + "\" at " + url() + ":\n" + text())
        .until(anything -> headings().contains(heading));
  }

  /** Waits for a text in an element. */
  public void seeText(By element, String text) {
    waiting().until(ExpectedConditions.textToBePresentInElementLocated(element, text));
  }

  public void await(BooleanSupplier condition) {
    waiting().until(anything -> condition.getAsBoolean());
  }

  public boolean isSeen(By element) {
    return driver.findElements(element).stream().anyMatch(WebElement::isDisplayed);
  }

  /** Presses the button or the link with that text. */
  public void press(String text) {
    By element = By.xpath("//*[self::a or self::button][normalize-space()='%s']".formatted(text));
    waiting().until(ExpectedConditions.elementToBeClickable(element)).click();
  }

  public void type(By field, String text) {
    WebElement input = see(field);
    input.clear();
    input.sendKeys(text);
  }

  /** Sends the form that a field is in, as the key Enter does. */
  public void submit(By field) {
    see(field).sendKeys(Keys.ENTER);
  }

  /** What can be read on the page. */
  public String text() {
    return driver.findElement(By.tagName("body")).getText();
  }

  public Object evaluate(String expression) {
    return driver.executeScript("return " + expression);
  }

  /**
   * Warnings and errors that the developer tools have shown since this was last asked: scripts that
   * failed, resources that were not there, violations of the Content-Security-Policy.
   */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Keeps a picture of what can be seen in {@code target/screenshots}. */
  public void picture(String name) {
    Path folder = Path.of(System.getProperty("project.basedir"), "target", "screenshots");
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name + ".png"), picture());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A PNG of what can be seen. */
  public byte[] picture() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
    try {
      ShowcaseServer.delete(profile);
    } catch (IOException e) {
      // The last process of Chromium still writes there; it is in the temporary directory.
    }
  }

  private List<String> headings() {
    return driver.findElements(By.tagName("h1")).stream().map(WebElement::getText).toList();
  }

  /** While a page gives way to the next, looking at it can fail in many ways. */
  private WebDriverWait waiting() {
    WebDriverWait wait = new WebDriverWait(driver, PATIENCE);
    wait.pollingEvery(GLANCE).ignoring(WebDriverException.class);
    return wait;
  }

  private static ChromeOptions options(Path profile) {
    LoggingPreferences logging = new LoggingPreferences();
    logging.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
    options.setExperimentalOption(
        "prefs",
        Map.of("credentials_enable_service", false, "profile.password_manager_enabled", false));
    options.addArguments(
        "--headless=new",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
        "--hide-scrollbars",
        "--force-color-profile=srgb",
        "--user-data-dir=" + profile);
    if (System.getProperty("user.name").equals("root")) {
      options.addArguments("--no-sandbox");
    }
    return options;
  }
}
